"""A proven lower bound for a level: the linear relaxation of a network, solved by PDLP.

Whatever the solver returns, the bound is computed anew from its dual values: any duals give a
valid bound when every variable lies between two ends, so no tolerance of the solver counts.
CP-SAT seldom gets its own relaxation solved on tight weeks; PDLP does in about a second.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from ortools.linear_solver.python import model_builder

from scheduler.model.build import dependents
from scheduler.model.crews import crews
from scheduler.network import CONDITION, DEFINITION, EXCLUSIVE, HARD, SHORT, STEPS, Array, Network
from scheduler.terms import TRUE

ACCURACY = "termination_criteria { simple_optimality_criteria { eps_optimal_relative: %g } %s }"
STEPS_ALONE = "iteration_limit: 20000"
COARSE = 1e-4  # the bound is proven all the same, only less sharp
PARTS_AT_ONCE = 2
NOISE = 1e-6  # of a bound computed in floating point


class LinearRelaxation:
    """The rows of a network over fractions; columns are the literals, then what prices need.

    With `among` (which literals), it holds the rows between these alone and leaves out what
    cannot change: such bounds of parts that share no priced literal add up to one of the whole.
    With `rows` it holds these alone, and prices no literal that is `priced` elsewhere.
    """

    def __init__(
        self,
        net: Network,
        among: Array | None = None,
        rows: Array | None = None,
        priced: Array | None = None,
    ) -> None:
        self.net = net
        size = len(net.first) - 1
        self.among = np.ones(size, bool) if among is None else among
        self.low = [0.0] * size
        self.high = [1.0] * size
        self.low[TRUE] = 1.0
        self.costs: list[dict[int, float]] = [defaultdict(float) for _ in net.constant]
        self.offsets = net.constant.astype(float) * (among is None)
        self.columns: list[int] = []
        self.times: list[float] = []
        self.firsts: list[int] = []
        self.least: list[float] = []
        self.most: list[float] = []
        self._slack: dict[int, int] = {}
        self._state(self._inside() if rows is None else self._inside() & rows)
        here = self.among if priced is None else self.among & ~priced
        for literal, level in zip(*np.nonzero(net.linear), strict=True):
            if here[literal]:
                self.costs[level][int(literal)] += float(net.linear[literal, level])

    def _state(self, rows: Array) -> None:
        net, state = (
            self.net,
            {
                HARD: self._hard,
                DEFINITION: self._definition,
                EXCLUSIVE: self._exclusive,
                CONDITION: self._condition,
                SHORT: self._short,
                STEPS: self._steps,
            },
        )
        for row in np.flatnonzero(rows).tolist():
            entries = slice(int(net.row_first[row]), int(net.row_first[row + 1]))
            columns = net.row_literal[entries].tolist()
            times = net.row_times[entries].tolist()
            left = int(net.bound[row] - net.sums[row])
            state[int(net.kind[row])](row, columns, times, left)

    def _inside(self) -> Array:
        """The rows that speak of nothing but the literals among which this is."""
        net = self.net
        strangers = np.concatenate(([0], np.cumsum(~self.among[net.row_literal])))
        alone: Array = strangers[net.row_first[1:]] == strangers[net.row_first[:-1]]
        inside: Array = alone & (self.among[net.target] | (net.target == TRUE))
        return inside

    def row(
        self, columns: Sequence[int], times: Sequence[float], least: float, most: float
    ) -> None:
        self.firsts.append(len(self.columns))
        self.columns += columns
        self.times += times
        self.least.append(least)
        self.most.append(most)

    def column(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def _hard(self, row: int, columns: list[int], times: list[int], left: int) -> None:
        self.row(columns, times, -math.inf, left)

    def _exclusive(self, row: int, columns: list[int], times: list[int], left: int) -> None:
        self.row([*columns, int(self.net.target[row])], [*times, -1], left, left)

    def _definition(self, row: int, columns: list[int], times: list[int], left: int) -> None:
        target = int(self.net.target[row])
        self.row([*columns, target], [*times, -1], left, math.inf)
        for column, sign in zip(columns, times, strict=True):
            self.row([column, target], [sign, -1], -math.inf, min(sign, 0) + (sign < 0))

    def _condition(self, row: int, columns: list[int], times: list[int], left: int) -> None:
        room = sum(t for t in times if t > 0) - left
        if room > 0:
            target = int(self.net.target[row])
            self.row([*columns, target], [*times, room], -math.inf, left + room)

    def _short(self, row: int, columns: list[int], times: list[int], left: int) -> None:
        most = sum(t for t in times if t > 0) - left
        if most > 0:
            step = int(self.net.scale[row])
            slack = self._slack[row] = self.column(0.0, -(-most // step))
            self.costs[self.net.level[row]][slack] = float(self.net.price[row])
            self.row([*columns, slack], [*times, -step], -math.inf, left)

    def _steps(self, row: int, columns: list[int], times: list[int], left: int) -> None:
        net, level, first = self.net, self.net.level[row], int(self.net.step_first[row])
        least = int(net.sums[row]) + sum(t for t in times if t < 0)
        cost = net.step_cost[first + least : first + int(net.step_count[row]) + 1].tolist()
        steps = [self.column(0.0, 1.0) for _ in cost[1:]]
        for k, step in enumerate(steps):
            self.costs[level][step] = cost[k + 1] - cost[k]
        self.offsets[level] += cost[0]
        shift = least - int(net.sums[row])
        self.row([*columns, *steps], [*times, *[-1] * len(steps)], shift, shift)

    def mix_crews(self, literals: Array, duty: Array, level: int) -> None:
        """Lets every duty be a mix of whole crews only; the k-th decision is on `duty[k]`."""
        for those in crews(self.net, literals, duty, level):
            mixed = [self.column(0.0, 1.0) for _ in those.crews]
            self.row(mixed, [1.0] * len(mixed), -math.inf, 1.0)
            for k, kind in enumerate(those.kinds):
                counts = [-float(crew[k]) for crew in those.crews]
                self.row([*kind, *mixed], [*[1.0] * len(kind), *counts], 0.0, 0.0)
            missed = zip(those.short, those.shortage, those.empty, strict=True)
            for row, shortage, empty in missed:
                if row in self._slack:
                    step = float(self.net.scale[row])
                    saved = [(empty - s) / step for s in shortage]
                    self.row([self._slack[row], *mixed], [1.0, *saved], empty / step, math.inf)

    def hold(self, level: int, at_most: int) -> None:
        """A level may cost no more than this."""
        costs = self.costs[level]
        self.row([*costs], [*costs.values()], -math.inf, at_most - self.offsets[level])

    def solve(self, level: int, seconds: float | None, accuracy: float = 1e-6) -> int | None:
        """The bound on a level; None when nothing was reached in time."""
        model = model_builder.Model()  # type: ignore[no-untyped-call]
        prices = np.zeros(len(self.low))
        prices[[*self.costs[level]]] = [*self.costs[level].values()]
        used = np.unique([*self.columns, *np.flatnonzero(prices).tolist()]).astype(int).tolist()
        columns = {c: model.new_num_var(self.low[c], self.high[c], "") for c in used}
        rows = [model.add_linear_constraint(e, a, b) for e, a, b in self._sums(columns)]
        those = list(columns.values())
        model.minimize(model_builder.LinearExpr.weighted_sum(those, prices[used].tolist()))
        solver = model_builder.Solver("PDLP")
        limit = STEPS_ALONE if seconds is None else ""
        solver.set_solver_specific_parameters(ACCURACY % (accuracy, limit))
        if seconds is not None:
            solver.set_time_limit_in_seconds(max(seconds, 0.1))
        if solver.solve(model) != model_builder.SolveStatus.OPTIMAL:
            return None
        bound = self._proven(prices, np.array(solver.dual_values(rows), float))
        bound += float(self.offsets[level])
        return math.ceil(bound - NOISE * max(1.0, abs(bound)))

    def _sums(
        self, columns: Mapping[int, model_builder.Variable]
    ) -> Iterator[tuple[model_builder.LinearExprT, float, float]]:
        ends = [*self.firsts, len(self.columns)][1:]
        for first, end, least, most in zip(self.firsts, ends, self.least, self.most, strict=True):
            those = [columns[c] for c in self.columns[first:end]]
            yield model_builder.LinearExpr.weighted_sum(those, self.times[first:end]), least, most

    def _proven(self, prices: Array, duals: Array) -> float:
        """The Lagrangian bound at these duals, each cut to the sign that its row allows."""
        least, most = np.array(self.least), np.array(self.most)
        duals = np.where(np.isinf(least), np.minimum(duals, 0), duals)
        duals = np.where(np.isinf(most), np.maximum(duals, 0), duals)
        reach = np.where(duals > 0, least, most)
        given = float(np.sum(duals[duals != 0] * reach[duals != 0]))
        owners = np.repeat(np.arange(len(least)), np.diff([*self.firsts, len(self.columns)]))
        pull = np.bincount(
            np.array(self.columns, np.int64),
            weights=np.array(self.times, float) * duals[owners],
            minlength=len(prices),
        )
        reduced = prices - pull
        return given + float(
            np.sum(np.where(reduced > 0, np.array(self.low), np.array(self.high)) * reduced)
        )


def bound_of_parts(
    net: Network, decided: Array, duty: Array, parts: Sequence[Array], level: int, share: float
) -> int | None:
    """The bounds of parts (positions of decisions), `share` seconds each, as one of the whole.

    None where the parts share something that has a price. A part that was not solved in time
    counts nothing: no cost is negative then.
    """
    inside = np.zeros((len(parts), len(net.first) - 1), bool)
    for k, part in enumerate(parts):
        among = np.zeros(len(net.first) - 1, bool)
        among[decided[part]] = True
        inside[k] = dependents(net, among)
    priced = net.linear[:, level] != 0
    if (inside[:, priced].sum(axis=0) != 1).any() or (net.linear[:, level] < 0).any():
        return None

    def one(k: int) -> int:
        relaxation = LinearRelaxation(net, inside[k])
        relaxation.mix_crews(decided[parts[k]], duty[parts[k]], level)
        return max(relaxation.solve(level, share, COARSE) or 0, 0)

    with ThreadPoolExecutor(PARTS_AT_ONCE) as pool:
        return int(net.constant[level]) + sum(pool.map(one, range(len(parts))))
