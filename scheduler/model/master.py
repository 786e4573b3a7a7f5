"""The restricted master: lines of units in fractions, and what they have in common.

Columns are lines, generated as they are needed: at the duals of the rows that units share, each
unit's cheapest line is found in its diagram. The bound is the Lagrangian one at those duals, so
it holds whatever the tolerance of the simplex (Dantzig and Wolfe 1960; Wentges 1997 for the
smoothing of the duals).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from ortools.linear_solver import pywraplp

from scheduler.lines.lines import Line, Lines
from scheduler.model.closing import Limit
from scheduler.model.common import Common
from scheduler.network import Array

SMOOTHING = 0.5
NEGATIVE = 1e-6  # a reduced cost that is worth a column
CLOSE = 1e-6
MOST_PENALTY, DEARER = 1e6, 100.0
ARCS_PER_EFFORT = 30_000_000  # looked at while lines are priced
NOISE = 1e-6  # of a bound computed in floating point


class Master:
    """The program over some units' lines, while others keep theirs (`settled`)."""

    def __init__(
        self,
        common: Common,
        lines: Sequence[Lines],
        told: Sequence[Array],
        settled: Sequence[Line] = (),
    ) -> None:
        self.common, self.lines, self._told = common, lines, told
        self.levels = lines[0].levels
        self.arcs = sum(len(x.diagram.to) for x in lines)
        self.base, self.paid = np.zeros(len(common.least)), common.offset
        for line in settled:
            rows, times = self._entries(line)
            np.add.at(self.base, rows, times)
            self.paid += line.cost[common.level - 1]
        self.least, self.most = common.least - self.base, common.most - self.base
        self.bound, self.value = -math.inf, math.inf
        self.duals: Array | None = None
        self.columns: dict[tuple[int, tuple[int, ...]], tuple[Line, pywraplp.Variable]] = {}
        self.shares: dict[tuple[int, tuple[int, ...]], float] = {}
        self.lacking = 0.0
        self._program()

    def _program(self) -> None:
        common = self.common
        self._solver = solver = pywraplp.Solver.CreateSolver("GLOP")
        endless = solver.infinity()
        self._objective = solver.Objective()
        self._objective.SetMinimization()
        self._missing = self._penalty()
        self._rows = [
            solver.Constraint(
                -endless if math.isinf(a) else float(a), endless if math.isinf(b) else float(b)
            )
            for a, b in zip(self.least, self.most, strict=True)
        ]
        for k in range(len(common.price)):
            column = common.decisions + k
            entries = slice(int(common.first[column]), int(common.first[column + 1]))
            if entries.start < entries.stop or common.price[k]:
                self._column(
                    common.price[k],
                    common.row[entries],
                    common.times[entries],
                    common.low[k],
                    common.high[k],
                )
        low = self._at_low()
        self._spare = []
        for row in np.flatnonzero((low < self.least - CLOSE) | (low > self.most + CLOSE)):
            sign = 1.0 if low[row] < self.least[row] else -1.0
            self._spare.append(self._column(self._missing, [int(row)], [sign], 0.0, endless))
        self._one = {lines.unit: solver.Constraint(1.0, 1.0) for lines in self.lines}
        for one in self._one.values():
            self._spare.append(self._column(self._missing, [], [], 0.0, endless))
            one.SetCoefficient(self._spare[-1], 1.0)

    def _penalty(self) -> float:
        """At first, for what stands in for lines that are not there yet."""
        worth = float(np.abs(self.common.price).max(initial=1.0))
        return 50.0 * max(worth, 20.0)

    def _raise_penalty(self) -> bool:
        """Where lines seem dearer than having none; whether there is hope that it helps."""
        if self.lacking < CLOSE or self._missing > MOST_PENALTY:
            return False
        self._missing *= DEARER
        for column in self._spare:
            self._objective.SetCoefficient(column, self._missing)
        return True

    def _at_low(self) -> Array:
        """The rows' sums when nothing is taken and other columns are as low as can be."""
        common, sums = self.common, np.zeros(len(self.least))
        first = int(common.first[common.decisions])
        counts = np.diff(common.first[common.decisions :])
        np.add.at(sums, common.row[first:], common.times[first:] * np.repeat(common.low, counts))
        return sums

    def _column(
        self,
        price: float,
        rows: Sequence[int] | Array,
        times: Sequence[float] | Array,
        low: float,
        high: float,
    ) -> pywraplp.Variable:
        column: pywraplp.Variable = self._solver.NumVar(float(low), float(high), "")
        self._objective.SetCoefficient(column, float(price))
        sums: dict[int, float] = defaultdict(float)
        for row, count in zip(rows, times, strict=True):
            sums[int(row)] += float(count)
        for row, count in sums.items():
            self._rows[row].SetCoefficient(column, count)
        return column

    def _entries(self, line: Line) -> tuple[Array, Array]:
        common = self.common
        rows, times = common.entries(line.taken)
        more = [
            (common.told[int(x)][0], common.told[int(x)][1] * count)
            for x, count in zip(self._told[line.unit], line.cost[self.levels :], strict=True)
            if count
        ]
        held = [(row, line.cost[level - 1]) for level, row in common.held.items()]
        return (
            np.concatenate([rows, *(r for r, _ in more), [r for r, _ in held]]).astype(int),
            np.concatenate([times, *(t for _, t in more), [t for _, t in held]]),
        )

    def add(self, line: Line) -> bool:
        """Whether the line is new."""
        key = (line.unit, line.taken)
        if key in self.columns:
            return False
        rows, times = self._entries(line)
        sums = np.zeros(len(self.least))
        np.add.at(sums, rows, times)
        touched = np.flatnonzero(sums)
        price = line.cost[self.common.level - 1]
        column = self._column(price, touched, sums[touched], 0.0, self._solver.infinity())
        self._one[line.unit].SetCoefficient(column, 1.0)
        self.columns[key] = (line, column)
        return True

    def line(self, key: tuple[int, tuple[int, ...]]) -> Line:
        return self.columns[key][0]

    def solve(self) -> Array:
        """The duals of the rows, then of the units."""
        parameters = pywraplp.MPSolverParameters()
        parameters.SetIntegerParam(parameters.PRESOLVE, parameters.PRESOLVE_OFF)
        parameters.SetIntegerParam(parameters.INCREMENTALITY, parameters.INCREMENTALITY_ON)
        self._solver.Solve(parameters)
        self.value = self._objective.Value() + self.paid
        self.shares = {key: column.solution_value() for key, (_, column) in self.columns.items()}
        self.lacking = sum(spare.solution_value() for spare in self._spare)
        duals = [row.dual_value() for row in (*self._rows, *self._one.values())]
        return np.array(duals)

    @property
    def proven(self) -> int | None:
        """The bound as a whole number, rounded up with what floating point may have lost."""
        return whole(self.bound) if math.isfinite(self.bound) else None

    def generate(self, most: int, limit: Limit, enough: float = math.inf) -> None:
        """Adds lines until none is missing, `most` rounds are over, or the bound is `enough`."""
        for _ in range(most):
            duals = self.solve()
            rows, units = duals[: len(self._rows)], duals[len(self._rows) :]
            new = 0
            for at in self._smoothed(rows):
                new = self._price(at, rows, units)
                if new:
                    break
            limit.spend(self.arcs / ARCS_PER_EFFORT)
            if self.bound > enough or limit.left() <= 0:
                break
            done = not new or self.value - self.bound < CLOSE * max(1.0, abs(self.value))
            if done and not self._raise_penalty():
                break

    def _smoothed(self, duals: Array) -> Iterable[Array]:
        """Duals nearer to the best so far; then these themselves, in case that gives nothing."""
        if self.duals is not None:
            yield SMOOTHING * self.duals + (1 - SMOOTHING) * duals
        yield duals

    def _price(self, at: Array, rows: Array, units: Array) -> int:
        """Each unit's cheapest line at some duals; how many of them the program lacked."""
        at = np.where(np.isinf(self.least), np.minimum(at, 0), at)
        at = np.where(np.isinf(self.most), np.maximum(at, 0), at)
        prices, weights = self.common.prices(at), self._weights(at)
        reach = np.where(at > 0, self.least, self.most)
        bound = float(np.sum(at[at != 0] * reach[at != 0])) + self.paid
        reduced = self.common.price + prices[self.common.decisions :]
        bound += float(np.sum(np.where(reduced > 0, self.common.low, self.common.high) * reduced))
        new = 0
        for lines, dual in zip(self.lines, units, strict=True):
            value, line = lines.cheapest(self._all(weights, lines), prices)
            bound += value
            new += self._worth(line, rows) < dual - NEGATIVE and self.add(line)
        if bound > self.bound:
            self.bound, self.duals = bound, at
        return new

    def _weights(self, duals: Array) -> Array:
        weights = np.zeros(self.levels)
        weights[self.common.level - 1] = 1.0
        for level, row in self.common.held.items():
            weights[level - 1] -= duals[row]
        self._told_prices = {
            x: -float(times @ duals[rows]) for x, (rows, times) in self.common.told.items()
        }
        return weights

    def _all(self, weights: Array, lines: Lines) -> Array:
        told = self._told[lines.unit]
        if not len(told):
            return weights
        return np.concatenate((weights, [self._told_prices[int(x)] for x in told]))

    def _worth(self, line: Line, duals: Array) -> float:
        """The line's cost less what the rows give for it."""
        rows, times = self._entries(line)
        return float(line.cost[self.common.level - 1] - times @ duals[rows])


def whole(bound: float) -> int:
    """The bound on whole numbers, less what floating point may have lost."""
    return math.ceil(bound - NOISE * max(1.0, abs(bound)))
