"""Redundant sums over whole groups of needs: those at work, what is missing, what is too much.

Where duties exclude each other for everybody (the shifts of one day), all who work that day plus
all that is missing minus all that is too much make up all that was asked for. CP-SAT finds good
rosters sooner with that one equation than without it; gain: docs/decisions/0006.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from scheduler.network import EXCLUSIVE, SHORT, Network


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of `at_work` + what `under` rows miss - what `over` rows have too much = `asked`."""

    at_work: tuple[int, ...]
    under: tuple[int, ...]
    over: tuple[int, ...]
    asked: int


def totals_of(net: Network) -> tuple[Total, ...]:
    """Every group of mirrored needs whose literals are all the parts of some literals, once each.

    Who works two of them would count once among those at work and twice among the needs.
    """
    under, over = _mirrored(net)
    parents: dict[int, int] = {}
    parts: dict[int, frozenset[int]] = {}
    for row in np.flatnonzero((net.kind == EXCLUSIVE) & (net.sums == 0)):  # no part negated
        literals = _literals(net, int(row))
        target = int(net.target[row])
        parts[target] = literals
        for literal in literals:
            if len(literals) > len(parts.get(parents.get(literal, -1), ())):
                parents[literal] = target
    groups: dict[frozenset[int], list[frozenset[int]]] = defaultdict(list)
    for literals in under:
        groups[frozenset(parents.get(x, x) for x in literals)].append(literals)
    found = []
    for at_work, needs in _joined(groups).items():
        covered = frozenset().union(*needs)
        members = [parts.get(w, frozenset((w,))) for w in at_work]
        once = sum(map(len, members)) == len(covered) == sum(map(len, needs))
        if len(needs) > 1 and once and covered == frozenset().union(*members):
            rows = [under[literals] for literals in needs]
            found.append(
                Total(
                    tuple(sorted(at_work)),
                    tuple(rows),
                    tuple(over[literals] for literals in needs),
                    -sum(int(net.bound[row] - net.sums[row]) for row in rows),
                )
            )
    return tuple(found)


def _joined(
    groups: dict[frozenset[int], list[frozenset[int]]],
) -> dict[frozenset[int], list[frozenset[int]]]:
    """Groups that share somebody at work become one."""
    joined: list[tuple[set[int], list[frozenset[int]]]] = []
    for at_work, needs in groups.items():
        together, all_needs = set(at_work), list(needs)
        for other in [pair for pair in joined if pair[0] & together]:
            joined.remove(other)
            together |= other[0]
            all_needs += other[1]
        joined.append((together, all_needs))
    return {frozenset(at_work): needs for at_work, needs in joined}


def _mirrored(net: Network) -> tuple[dict[frozenset[int], int], dict[frozenset[int], int]]:
    """Literals -> the row that prices too few, and the row that prices too many of them."""
    sides: dict[int, dict[frozenset[int], int]] = {-1: {}, 1: {}}
    for row in np.flatnonzero((net.kind == SHORT) & (net.scale == 1)):
        entries = slice(int(net.row_first[row]), int(net.row_first[row + 1]))
        times = set(net.row_times[entries].tolist())
        if len(times) == 1 and (sign := times.pop()) in sides:
            sides[sign][_literals(net, int(row))] = int(row)
    under = {
        literals: row
        for literals, row in sides[-1].items()
        if literals in sides[1] and _asked(net, row) == -_asked(net, sides[1][literals])
    }
    return under, sides[1]


def _asked(net: Network, row: int) -> int:
    return int(net.bound[row] - net.sums[row])


def _literals(net: Network, row: int) -> frozenset[int]:
    entries = slice(int(net.row_first[row]), int(net.row_first[row + 1]))
    return frozenset(net.row_literal[entries].tolist())
