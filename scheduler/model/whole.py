"""CP-SAT on a whole network at once: finds a first roster, and proves small ones best."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.found import Found
from scheduler.model.aggregate import totals_of
from scheduler.model.build import RosterModel
from scheduler.model.closing import Limit
from scheduler.network import Network, cost

SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
Hear = Callable[[Found], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a search ended: the solver's status, what was proven, how much effort it took."""

    status: int
    bound: int | None
    effort: float


def search(
    net: Network,
    level: int | None,
    held: Mapping[int, int],
    *,
    hint: Found | None,
    seed: int,
    workers: int,
    limit: Limit,
    hear: Hear,
) -> Ended:
    """The best at a level while others cost no more than is `held`; without one any roster.

    `hear` is told of every better roster, with a clock as soon as there is one.
    """
    built = RosterModel(net, totals=totals_of(net))
    for before, at_most in held.items():
        built.hold(before, at_most)
    if level:
        built.minimise(level)
    if hint is not None:
        built.hint(hint.values)
    solver = _solver(seed, workers, limit)

    def read(solution: Sequence[int]) -> None:
        values = built.values.copy()
        values[built.literals] = list(solution)[: len(built.literals)]
        hear(Found(values, cost(net, values)))

    status = solver.solve(built.model, _Watcher(read) if limit.timed else None)
    bound = None
    if status in SOLVED:
        read(solver.response_proto.solution)
        bound = _ceil(solver.best_objective_bound) if level else None
    return Ended(int(status), bound, min(solver.deterministic_time, limit.amount))


def _solver(seed: int, workers: int, limit: Limit) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = workers
    if limit.timed:
        solver.parameters.max_time_in_seconds = max(limit.left(), 0.05)
    else:
        solver.parameters.interleave_search = workers > 1
        solver.parameters.max_deterministic_time = limit.amount
    return solver


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Tells of every better roster on the way."""

    def __init__(self, read: Callable[[Sequence[int]], None]) -> None:
        super().__init__()
        self._read = read

    def on_solution_callback(self) -> None:
        self._read(self.response_proto.solution)


def _ceil(bound: float) -> int | None:
    return math.ceil(bound - 1e-6) if math.isfinite(bound) else None
