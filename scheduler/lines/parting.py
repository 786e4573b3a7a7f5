"""Which literals and rows of a network speak of one unit alone, and which of several."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.network import CONDITION, DEFINITION, EXCLUSIVE, HARD, Array, Network, totals
from scheduler.statement import Statement
from scheduler.terms import TRUE

NOBODY, SHARED, UNKNOWN = -1, -2, -3
MANY = 14  # decisions that a row counts


@dataclass(frozen=True, slots=True)
class Parting:
    """Owners by the unit's number; SHARED where several have a part in it, NOBODY where none."""

    literal: Array
    row: Array
    decisions: tuple[Array, ...]  # of each unit: the positions of its decisions
    told: tuple[Array, ...]  # of each unit: derived literals that shared rows speak of
    certain: Array  # of each literal of NOBODY: its value


def parted(statement: Statement, net: Network) -> Parting:
    """Derived literals belong to whoever owns all that decides them."""
    units = {unit.id: k for k, unit in enumerate(statement.problem.units)}
    whose = np.array([units[d.unit.id] for d in statement.decisions], np.int64)
    decides = np.isin(net.kind, (DEFINITION, EXCLUSIVE, CONDITION))
    rows = np.repeat(np.arange(len(net.kind)), np.diff(net.row_first))
    owner = np.full(len(net.first) - 1, NOBODY)
    owner[net.target[decides]] = UNKNOWN
    owner[TRUE] = NOBODY
    owner[[d.taken for d in statement.decisions]] = whose
    _derive(net, owner, rows, decides)
    ends = np.where(decides, owner[net.target], NOBODY)
    both = np.concatenate((owner[net.row_literal], ends))
    of_rows = _merged(both, np.concatenate((rows, np.arange(len(net.kind)))), len(net.kind))
    spoken_of = np.zeros(len(owner), bool)
    spoken_of[net.row_literal[of_rows[rows] == SHARED]] = True
    spoken_of[[d.taken for d in statement.decisions]] = False
    told = np.flatnonzero(spoken_of & (owner >= 0))
    every = np.arange(len(whose))
    return Parting(
        owner,
        of_rows,
        _by(every, whose, len(units)),
        _by(told, owner[told], len(units)),
        _certain(net, np.flatnonzero(decides & (owner[net.target] == NOBODY))),
    )


def _certain(net: Network, rows: Array) -> Array:
    """What nothing can change: true, as a choice without conditions, unless `rows` decide it."""
    values, kind = np.ones(len(net.first) - 1, np.int64), net.kind[rows]
    while True:
        before, over = values.copy(), totals(net, values)[rows] > net.bound[rows]
        values[net.target[rows]] = 1
        values[net.target[rows[np.where(kind == CONDITION, over, ~over)]]] = 0
        if (values == before).all():
            return values


def _by(things: Array, owners: Array, count: int) -> tuple[Array, ...]:
    order = np.argsort(owners, kind="stable")
    firsts = np.searchsorted(owners[order], np.arange(1, count))
    return tuple(np.split(things[order], firsts))


def _derive(net: Network, owner: Array, rows: Array, decides: Array) -> None:
    """Tells the owners of derived literals, until nothing more is known."""
    while True:
        of_rows = _merged(owner[net.row_literal], rows, len(net.kind))
        derived = _merged(of_rows[decides], net.target[decides], len(owner))
        news = (owner == UNKNOWN) & (derived != UNKNOWN)
        if not news.any():
            break
        owner[news] = derived[news]
    owner[owner == UNKNOWN] = SHARED


def _merged(owners: Array, groups: Array, count: int) -> Array:
    """One owner a group: UNKNOWN or SHARED if any is or two differ, NOBODY where nobody is."""
    lowest, highest = np.full(count, np.iinfo(np.int64).max), np.full(count, NOBODY)
    somebody = owners >= 0
    np.minimum.at(lowest, groups[somebody], owners[somebody])
    np.maximum.at(highest, groups[somebody], owners[somebody])
    merged = np.where((highest >= 0) & (lowest != highest), SHARED, highest)
    merged[groups[owners == SHARED]] = SHARED
    merged[groups[owners == UNKNOWN]] = UNKNOWN
    return merged


def leave_counts_out(net: Network, parting: Parting, unit: int) -> None:
    """Hands a unit's rows that only count many decisions, one each, to those that are shared.

    Diagrams without them are narrower; the rows hold all the same, beside the lines.
    """
    of_units = np.flatnonzero((parting.row == unit) & (net.kind == HARD))
    decisions = len(parting.decisions[unit])
    for row in of_units:
        entries = slice(int(net.row_first[row]), int(net.row_first[row + 1]))
        times, literals = net.row_times[entries], net.row_literal[entries]
        plain = not np.isin(literals, net.target[net.target > 0]).any()
        if plain and (times == 1).all() and MANY < len(times) < decisions:
            parting.row[row] = SHARED
