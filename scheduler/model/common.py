"""What units have in common: the rows that several of them share, over what each of them takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from scheduler.lines.parting import Parting
from scheduler.model.bound import LinearRelaxation
from scheduler.network import Array, Network


@dataclass(frozen=True, slots=True)
class Common:
    """The rows that units share, over decisions, channels of lines, and other columns.

    Entries stand as (row, times) behind each other; `first[k]:first[k + 1]` are those of the k-th
    decision, then of the other columns. `held` gives the row that holds a level.
    """

    least: Array
    most: Array
    first: Array
    row: Array
    times: Array
    decisions: int
    told: Mapping[int, tuple[Array, Array]]  # derived literal: its rows and times
    low: Array  # of the other columns
    high: Array
    price: Array
    level: int
    held: Mapping[int, int]
    offset: float

    def prices(self, duals: Array) -> Array:
        """What taking each decision adds to the rows, at these duals; then the other columns."""
        paid = self.times * duals[self.row]
        sums = np.concatenate(([0.0], np.cumsum(paid)))
        return -(sums[self.first[1:]] - sums[self.first[:-1]])

    def entries(self, columns: Iterable[int]) -> tuple[Array, Array]:
        """Rows and times of these columns together."""
        slices = [slice(int(self.first[c]), int(self.first[c + 1])) for c in columns]
        rows = [self.row[s] for s in slices]
        times = [self.times[s] for s in slices]
        return np.concatenate([[], *rows]).astype(int), np.concatenate([[], *times])


def shared_relaxation(net: Network, parting: Parting) -> LinearRelaxation:
    """The rows that several units share, without those that their diagrams keep."""
    return LinearRelaxation(net, rows=parting.row < 0, priced=parting.literal >= 0)


def common(
    parting: Parting,
    decided: Array,
    relaxation: LinearRelaxation,
    level: int,
    held: Mapping[int, int],
) -> Common:
    """From a relaxation of the shared rows; `held[level]` is what a level may cost at most."""
    rows_of_levels = {}
    for before, at_most in held.items():
        rows_of_levels[before] = len(relaxation.firsts)
        relaxation.hold(before, at_most)
    others = _others(parting, len(relaxation.low))
    place = np.full(len(relaxation.low), -1)
    place[[*decided, *others]] = np.arange(len(decided) + len(others))
    columns = np.array(relaxation.columns, np.int64)
    times = np.array(relaxation.times, float)
    counts = np.diff([*relaxation.firsts, len(columns)])
    rows = np.repeat(np.arange(len(counts)), counts)
    kept = place[columns] >= 0
    order = np.argsort(place[columns[kept]], kind="stable")
    of_columns = np.bincount(place[columns[kept]], minlength=len(decided) + len(others))
    prices = np.zeros(len(relaxation.low))
    prices[[*relaxation.costs[level]]] = [*relaxation.costs[level].values()]
    told = [int(x) for those in parting.told for x in those]
    return Common(
        least=np.array(relaxation.least, float),
        most=np.array(relaxation.most, float),
        first=np.concatenate(([0], np.cumsum(of_columns))),
        row=rows[kept][order],
        times=times[kept][order],
        decisions=len(decided),
        told={x: (rows[columns == x], times[columns == x]) for x in told},
        low=np.array(relaxation.low)[others],
        high=np.array(relaxation.high)[others],
        price=prices[others],
        level=level,
        held=rows_of_levels,
        offset=float(relaxation.offsets[level]),
    )


def _others(parting: Parting, size: int) -> Array:
    """The columns that no unit has to itself."""
    owned = np.zeros(size, bool)
    owned[: len(parting.literal)] = parting.literal >= 0
    return np.flatnonzero(~owned)
