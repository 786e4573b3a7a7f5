"""What the rows of one unit say, as dense tables: which literal counts how often in which row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.lines.parting import NOBODY, Parting
from scheduler.network import CONDITION, DEFINITION, EXCLUSIVE, HARD, STEPS, Array, Network

NO_END = np.int64(2**40)


@dataclass(frozen=True, slots=True)
class Own:
    """Rows and literals of one unit; literals and rows are numbered from 0 within it.

    A literal is `known` at the layer in which the last of its parts is decided; `decided` lists
    the derived ones in an order in which each comes after its parts.
    """

    literals: Array
    rows: Array
    times: Array  # literal x row
    known: Array  # of each literal: the layer
    decided: tuple[tuple[int, Array], ...]  # derived literal, the rows that decide it
    base: Array  # of each row: its sum while nothing is decided
    kind: Array
    bound: Array
    first: Array  # of each row: the layer in which it is touched first
    last: Array
    most_left: Array  # layer x row: what is still to come after that layer, at most
    least_left: Array


def own(net: Network, parting: Parting, unit: int, layers: Sequence[Sequence[int]]) -> Own:
    """`layers` hold the literals of decisions."""
    rows = np.flatnonzero(parting.row == unit)
    literals = np.flatnonzero(parting.literal == unit)
    times, base = _table(net, parting, literals, rows)
    kind = net.kind[rows]
    place = {int(x): k for k, x in enumerate(literals)}
    known = np.full(len(literals), -1)
    for layer, those in enumerate(layers):
        known[[place[x] for x in those]] = layer
    decided = _derive(net, rows, times, known, place)
    first, last = _ends(times, known, decided)
    derived = np.zeros(len(literals), bool)
    derived[[x for x, _ in decided]] = True
    steps = [[place[x] for x in those] for those in layers]
    return Own(
        literals=literals,
        rows=rows,
        times=times,
        known=known,
        decided=decided,
        base=base,
        kind=kind,
        bound=np.where(np.isin(kind, (DEFINITION, EXCLUSIVE)), 0, net.bound[rows]),
        first=first,
        last=last,
        most_left=_left(times, known, derived, steps),
        least_left=-_left(-times, known, derived, steps),
    )


def _table(net: Network, parting: Parting, literals: Array, rows: Array) -> tuple[Array, Array]:
    place = np.full(len(net.first) - 1, -1)
    place[literals] = np.arange(len(literals))
    times = np.zeros((len(literals), len(rows)), np.int64)
    base = net.sums[rows].copy()
    for k, row in enumerate(rows.tolist()):
        entries = slice(int(net.row_first[row]), int(net.row_first[row + 1]))
        those, counts = net.row_literal[entries], net.row_times[entries]
        certain = parting.literal[those] == NOBODY
        base[k] += counts[certain] @ parting.certain[those[certain]]
        np.add.at(times[:, k], place[those[~certain]], counts[~certain])
    return times, base


def _derive(
    net: Network, rows: Array, times: Array, known: Array, place: dict[int, int]
) -> tuple[tuple[int, Array], ...]:
    """Fills `known` of derived literals, and says in which order to decide them."""
    by: dict[int, list[int]] = {}
    for k, row in enumerate(rows.tolist()):
        if net.kind[row] in (DEFINITION, EXCLUSIVE, CONDITION):
            by.setdefault(place[int(net.target[row])], []).append(k)
    found: list[tuple[int, Array]] = []
    while by:
        ready = [
            x
            for x, those in by.items()
            if (known[np.flatnonzero(times[:, those].any(axis=1))] >= 0).all()
        ]
        for x in ready:
            those = by.pop(x)
            known[x] = known[times[:, those].any(axis=1)].max(initial=0)
            found.append((x, np.array(those)))
    return tuple(found)


def _ends(times: Array, known: Array, decided: Sequence[tuple[int, Array]]) -> tuple[Array, Array]:
    """The layers in which each row is touched first and last; one that nothing touches, at once.

    Conditions of one choice stay open until all of them are known.
    """
    touched, end = times != 0, known.max(initial=0)
    last = np.where(touched, known[:, None], 0).max(axis=0, initial=0)
    first = np.where(touched, known[:, None], end).min(axis=0, initial=end)
    for literal, rows in decided:
        last[rows] = known[literal]
    return np.where(touched.any(axis=0), first, last), last


def _left(times: Array, known: Array, derived: Array, layers: Sequence[Sequence[int]]) -> Array:
    """The most that each row can still get after each layer: of a layer one decision at most."""
    gains = np.zeros((len(layers) + 1, times.shape[1]), np.int64)
    for layer, those in enumerate(layers):
        gains[layer] = np.maximum(times[those].max(axis=0, initial=0), 0)
    np.add.at(gains, known[derived], np.maximum(times[derived], 0))
    return gains[::-1].cumsum(axis=0)[::-1][1:]


def limits(own: Own, layer: int, rows: Array) -> tuple[Array, Array, Array]:
    """Of each row: from where less, and from where more, makes no difference; and what is lost."""
    most, least = own.most_left[layer, rows], own.least_left[layer, rows]
    bound, kind = own.bound[rows], own.kind[rows]
    counts = kind == STEPS
    decides = np.isin(kind, (DEFINITION, EXCLUSIVE, CONDITION))
    lower = np.where(counts, -NO_END, bound - most)
    upper = np.where(decides, bound + 1 - least, NO_END)
    lost = np.where(kind == HARD, bound - least, NO_END)
    return lower, upper, lost
