"""Solves a roster model level by level, and says how far each level is from its bound."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.check import score
from scheduler.model.build import RosterModel, roster_model, roster_of
from scheduler.outcome import Drafted, Incumbent, Infeasible, Level, Outcome, OutOfTime
from scheduler.problem import RosterProblem
from scheduler.roles import with_roles
from scheduler.roster import Roster
from scheduler.sheet import Sheet

SHARE_OF_REST = 0.6  # of the budget left, for every level but the last
Tell = Callable[[Incumbent], None]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to search: `seconds` on the wall, or `effort`, which repeats to the bit.

    `effort` counts the solver's own deterministic seconds. `cores` are threads' worth of
    machine, `seed` the random seed.
    """

    seconds: float | None = 60.0
    effort: float | None = None
    cores: int = 2
    seed: int = 1


class Search:
    """One solve: a model, what is left of the budget, and the best solution so far."""

    def __init__(self, problem: RosterProblem, budget: Budget, tell: Tell) -> None:
        self.problem = problem
        self.budget = budget
        self.tell = tell
        self.began = time.monotonic()
        self.spent_effort = 0.0
        self.built = roster_model(problem)
        self.values: list[int] | None = None
        self.bounds: dict[int, int] = {}

    def run(self) -> Outcome:
        levels = sorted(self.built.levels) or [0]
        for position, level in enumerate(levels):
            last = position == len(levels) - 1
            status = self._minimise(level, self._left() * (1 if last else SHARE_OF_REST))
            if status == cp_model.INFEASIBLE:
                return Infeasible(self.elapsed())
            if status == cp_model.UNKNOWN and self.values is None:
                return OutOfTime(None, (), self.elapsed())
            if self._left() <= 0 and not last:
                return OutOfTime(self._roster(), self._levels(), self.elapsed())
        return Drafted(self._roster(), self._levels(), self.elapsed())

    def _minimise(self, level: int, share: float) -> int:
        model, objective = self.built.model, self.built.objective(level)
        model.minimize(objective)
        if self.values is not None:
            self._hint()
        solver = self._solver(share)
        watcher = _Watcher(self, level)
        solver.best_bound_callback = watcher.bound
        status = solver.solve(model, watcher)
        self.spent_effort += solver.deterministic_time
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.values = [
                solver.value(model.get_int_var_from_proto_index(i))
                for i in range(len(model.proto.variables))
            ]
            self.bounds[level] = math.ceil(solver.best_objective_bound - 1e-6)
            model.add(objective <= round(solver.objective_value))
        return int(status)

    def _hint(self) -> None:
        model = self.built.model
        model.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(self.values or ()):
            model.add_hint(model.get_int_var_from_proto_index(index), value)

    def _solver(self, share: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.random_seed = self.budget.seed
        parameters.num_workers = 8 if self.budget.cores > 1 else 1
        if self.budget.effort is not None:
            parameters.interleave_search = True
            parameters.num_workers = 4
            parameters.max_deterministic_time = share
        else:
            parameters.max_time_in_seconds = max(share, 0.1)
        return solver

    def elapsed(self) -> float:
        return time.monotonic() - self.began

    def _left(self) -> float:
        if self.budget.effort is not None:
            return self.budget.effort - self.spent_effort
        return (self.budget.seconds or 0) - self.elapsed()

    def _roster(self) -> Roster:
        return with_roles(self.problem, roster_of(self.built, self.values or ()))

    def _levels(self) -> tuple[Level, ...]:
        reached = score(self.problem, Sheet(self.problem, self._roster())).levels
        return tuple(Level(level, cost, self.bounds.get(level)) for level, cost in reached)


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Tells of every better roster and every better bound."""

    def __init__(self, search: Search, level: int) -> None:
        super().__init__()
        self._search = search
        self._level = level
        self._best: int | None = None
        self._bound: int | None = None

    def on_solution_callback(self) -> None:
        self._best = round(self.objective_value)
        self._bound = math.ceil(self.best_objective_bound - 1e-6)
        self._tell()

    def bound(self, bound: float) -> None:
        if math.isfinite(bound):
            self._bound = math.ceil(bound - 1e-6)
            self._tell()

    def _tell(self) -> None:
        seconds = round(self._search.elapsed(), 2)
        self._search.tell(Incumbent(self._level, self._best, self._bound, seconds))


def solve(problem: RosterProblem, budget: Budget, tell: Tell) -> Outcome:
    """The best roster in the budget; levels in order, each bound proven."""
    return Search(problem, budget, tell).run()


__all__ = ["Budget", "RosterModel", "Tell", "solve"]
