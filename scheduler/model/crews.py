"""Crews: which sums of people a duty can have at all, as columns of the linear relaxation.

With teams of three and four a target of five is never met exactly; the plain relaxation takes a
third of a team and knows nothing of it. Here each duty is a mix of whole crews, so that what is
short or too much is counted as it would be. Gain: docs/decisions/0006.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.network import HARD, SHORT, Array, Network

MOST_CREWS = 300  # of one duty; a duty with more is left as it is
MOST_TYPES = 14


@dataclass(frozen=True, slots=True)
class Crews:
    """Of one duty: its kinds of decisions, the crews as counts of each, and what is short.

    `shortage[k][c]` is what the SHORT row `short[k]` misses with crew c; `empty[k]` with nobody.
    """

    kinds: tuple[tuple[int, ...], ...]
    crews: tuple[tuple[int, ...], ...]
    short: tuple[int, ...]
    shortage: tuple[tuple[int, ...], ...]
    empty: tuple[int, ...]


def crews(net: Network, literals: Array, duty: Array, level: int) -> Iterator[Crews]:
    """Every duty with something to miss at this level, and few enough crews."""
    owner = np.full(len(net.first) - 1, -1)
    owner[literals] = duty
    rows_of: dict[int, list[int]] = defaultdict(list)
    rows = (net.kind == HARD) | ((net.kind == SHORT) & (net.level == level))
    for row in np.flatnonzero(rows):
        entries = slice(int(net.row_first[row]), int(net.row_first[row + 1]))
        owners = owner[net.row_literal[entries]]
        if len(owners) and owners[0] >= 0 and (owners == owners[0]).all():
            rows_of[int(owners[0])].append(int(row))
    for number in sorted(rows_of):
        found = _of_duty(net, literals[duty == number], rows_of[number])
        if found is not None:
            yield found


def _of_duty(net: Network, literals: Array, rows: Sequence[int]) -> Crews | None:
    times = np.zeros((len(rows), len(literals)), np.int64)
    position = {int(x): k for k, x in enumerate(literals)}
    for k, row in enumerate(rows):
        for entry in range(int(net.row_first[row]), int(net.row_first[row + 1])):
            times[k, position[int(net.row_literal[entry])]] += net.row_times[entry]
    bound = np.array([net.bound[r] - net.sums[r] for r in rows])
    short = np.array([net.kind[r] == SHORT for r in rows], bool)
    kinds: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for k, literal in enumerate(literals):
        kinds[tuple(times[:, k].tolist())].append(int(literal))
    if not short.any() or len(kinds) > MOST_TYPES or _even(net, rows, kinds):
        return None
    columns = np.array(list(kinds), np.int64)
    most = [len(those) for those in kinds.values()]
    counts = _lawful(columns[:, ~short], bound[~short], most)
    if counts is None:
        return None
    over = np.maximum(counts @ columns[:, short] - bound[short], 0)
    return Crews(
        kinds=tuple(tuple(those) for those in kinds.values()),
        crews=tuple(tuple(crew) for crew in counts.tolist()),
        short=tuple(row for row, is_short in zip(rows, short, strict=True) if is_short),
        shortage=tuple(tuple(column) for column in over.T.tolist()),
        empty=tuple(np.maximum(-bound[short], 0).tolist()),
    )


def _even(net: Network, rows: Sequence[int], kinds: Mapping[tuple[int, ...], list[int]]) -> bool:
    """Whether all count alike, one step each: then whole numbers of them lose nothing."""
    (first, *others) = kinds
    steps = [int(net.scale[row]) for row in rows]
    return not others and all(
        abs(times) in (0, step) for times, step in zip(first, steps, strict=True)
    )


def _lawful(columns: Array, bound: Array, most: Sequence[int]) -> Array | None:
    """Counts of each kind that keep every row; None when there are too many to list."""
    rising = (columns >= 0).all(axis=0)  # rows that only get fuller: they end the search
    found: list[tuple[int, ...]] = []
    tried = 0

    def extend(kind: int, crew: tuple[int, ...], sums: Array) -> bool:
        nonlocal tried
        tried += 1
        if tried > 50 * MOST_CREWS or len(found) > MOST_CREWS:
            return False
        if kind == len(most):
            if any(crew) and (sums <= bound).all():
                found.append(crew)
            return True
        for count in range(most[kind] + 1):
            total = sums + count * columns[kind]
            if (total > bound)[rising].any():
                break
            if not extend(kind + 1, (*crew, count), total):
                return False
        return True

    complete = extend(0, (), np.zeros(columns.shape[1], np.int64))
    return np.array(found, np.int64).reshape(-1, len(most)) if complete else None
