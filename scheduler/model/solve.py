"""Solves a roster model level by level, and says how far each level is from its bound."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random

from ortools.sat.python import cp_model

from scheduler.check import score
from scheduler.coverage import shortfalls
from scheduler.duties import Duty
from scheduler.model.bound import linear_bound
from scheduler.model.build import RosterModel, roster_of
from scheduler.model.neighbourhood import Ground, Neighbourhoods
from scheduler.outcome import Drafted, Incumbent, Infeasible, Level, Outcome, OutOfTime
from scheduler.problem import RosterProblem
from scheduler.roles import with_roles
from scheduler.roster import Roster
from scheduler.sheet import Sheet
from scheduler.statement import stated

SHARE_OF_FIRST = 0.85  # of the budget, for the first level: a minimum missed is a street empty
SHARE_OF_REST = 0.6  # of what is left, for every other level but the last
SHARE_OF_WHOLE = 0.1  # of a level's share, for the search on the whole model
ROUND_SECONDS = 0.5  # for a week of so many decisions; a larger one gets as much longer
ROUND_DECISIONS = 5000
BOUND_SECONDS = 10.0
SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
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


@dataclass(frozen=True, slots=True)
class Found:
    """What one call of the solver gave: `values` by variable, None where it found nothing."""

    status: int
    values: tuple[int, ...] | None
    objective: int
    bound: int
    effort: float


class Search:
    """One solve: a model, what is left of the budget, and the best solution so far."""

    def __init__(self, problem: RosterProblem, budget: Budget, tell: Tell) -> None:
        self.problem = problem
        self.budget = budget
        self.tell = tell
        self.began = time.monotonic()
        self.spent_effort = 0.0
        self.statement = stated(problem)
        self.built = RosterModel(self.statement)
        self.near = Neighbourhoods(Random(budget.seed))  # noqa: S311 - a search, no secret
        self.values: tuple[int, ...] | None = None
        self.best: dict[int, int] = {}
        self.bounds: dict[int, int] = {}

    def run(self) -> Outcome:
        levels = self.built.levels or (0,)
        for position, level in enumerate(levels):
            last = position == len(levels) - 1
            part = SHARE_OF_REST if position else SHARE_OF_FIRST
            share = self.left() * (1 if last else part)
            status = self._minimise(level, self.left() - share)
            if status == cp_model.INFEASIBLE:
                return Infeasible(self.elapsed())
            if self.values is None:
                return OutOfTime(None, (), self.elapsed())
            if self.left() <= 0 and not last:
                return OutOfTime(self._roster(), self._levels(), self.elapsed())
        return Drafted(self._roster(), self._levels(), self.elapsed())

    def _minimise(self, level: int, leave: float) -> int:
        """The whole model first, then its linear bound, then round after round near the best."""
        model, self.near.shares = self.built.model, {}
        model.minimize(self.built.objective(level))
        share = self.left() - leave
        found = self._call(model, level, share * SHARE_OF_WHOLE, self._threads())
        self.spent_effort += found.effort
        if found.values is None and self.values is None and found.status == cp_model.UNKNOWN:
            found = self._call(model, level, self.left(), self._threads(), any_will_do=True)
            self.spent_effort += found.effort
        self.bounds[level] = found.bound
        if found.values is None and self.values is None:
            return found.status
        self._keep(level, found)
        if not self._proven(level):
            self._bound(level)
        while not self._proven(level) and self.left() > leave:
            self._round(level, self.left() - leave)
        model.add(self.built.objective(level) <= self.best[level])
        return int(cp_model.FEASIBLE)

    def _bound(self, level: int) -> None:
        timed = self.budget.effort is None
        linear = linear_bound(self.built.model, BOUND_SECONDS if timed else None)
        if linear is not None and linear > self.bounds[level]:
            self.bounds[level] = linear
            self._say(level)

    def _round(self, level: int, left: float) -> None:
        """As many neighbourhoods as cores, at once, from the same best; the best one stays."""
        ground = Ground(self.statement.decisions, self._short(level))
        draws = [self.near.draw(ground) for _ in range(self.budget.cores)]
        models = [self._narrowed(free) for _, free in draws]
        seconds = min(ROUND_SECONDS * max(1.0, len(ground.decisions) / ROUND_DECISIONS), left)
        with ThreadPoolExecutor(self.budget.cores) as pool:
            results = list(pool.map(lambda m: self._call(m, level, seconds, 1), models))
        for (kind, _), found in zip(draws, results, strict=True):
            self.spent_effort += found.effort
            self.near.learn(kind, finished=found.status == cp_model.OPTIMAL)
            self._keep(level, found)

    def _short(self, level: int) -> tuple[Duty, ...]:
        """The duties at which a level of coverage still misses something."""
        sheet = Sheet(self.problem, roster_of(self.statement, self.values or ()))
        missing = shortfalls(self.problem, sheet)
        minimums = level == min(self.built.levels, default=level)
        return tuple(self.problem.duty(s.duty) for s in missing if s.below_minimum or not minimums)

    def _narrowed(self, free: set[int]) -> cp_model.CpModel:
        """A copy in which only the decisions in `free` may differ from the best."""
        model = self.built.model.clone()
        values = self.values or ()
        for index, decision in enumerate(self.statement.decisions):
            if index not in free:
                position = decision.taken
                fixed = model.proto.variables[position].domain
                fixed.clear()
                fixed.extend([values[position]] * 2)
        return model

    def _call(
        self,
        model: cp_model.CpModel,
        level: int,
        share: float,
        threads: int,
        *,
        any_will_do: bool = False,
    ) -> Found:
        solver = cp_model.CpSolver()
        solver.parameters.stop_after_first_solution = any_will_do
        solver.parameters.random_seed = self.budget.seed
        solver.parameters.num_workers = threads
        if self.budget.effort is not None:
            solver.parameters.interleave_search = threads > 1
            solver.parameters.max_deterministic_time = share
        else:
            solver.parameters.max_time_in_seconds = max(share, 0.1)
        _hint(model, self.values)
        watcher = _Watcher(self, level) if threads > 1 else None
        status = solver.solve(model, watcher)
        values = tuple(solver.response_proto.solution) if status in SOLVED else None
        return Found(
            int(status),
            values,
            round(solver.objective_value) if values else 0,
            _ceil(solver.best_objective_bound) if status in SOLVED else 0,
            solver.deterministic_time,
        )

    def _keep(self, level: int, found: Found) -> None:
        if found.values is None:
            self.best.setdefault(level, self._cost(level))
        elif level not in self.best or found.objective < self.best[level]:
            self.values, self.best[level] = found.values, found.objective
            self._say(level)

    def _cost(self, level: int) -> int:
        return dict(self._score())[level]

    def _score(self) -> tuple[tuple[int, int], ...]:
        return score(self.problem, Sheet(self.problem, self._roster())).levels

    def _proven(self, level: int) -> bool:
        return self.bounds[level] >= self.best[level]

    def _say(self, level: int) -> None:
        self.tell(Incumbent(level, self.best.get(level), self.bounds.get(level), self.elapsed()))

    def _threads(self) -> int:
        if self.budget.effort is not None:
            return 4
        return 2 if self.budget.cores > 1 else 1

    def elapsed(self) -> float:
        return round(time.monotonic() - self.began, 2)

    def left(self) -> float:
        if self.budget.effort is not None:
            return self.budget.effort - self.spent_effort
        return (self.budget.seconds or 0) - (time.monotonic() - self.began)

    def _roster(self) -> Roster:
        return with_roles(self.problem, roster_of(self.statement, self.values or ()))

    def _levels(self) -> tuple[Level, ...]:
        return tuple(Level(level, cost, self.bounds.get(level)) for level, cost in self._score())


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Tells of every better roster that the whole model finds."""

    def __init__(self, search: Search, level: int) -> None:
        super().__init__()
        self._search = search
        self._level = level

    def on_solution_callback(self) -> None:
        best, bound = round(self.objective_value), _ceil(self.best_objective_bound)
        self._search.tell(Incumbent(self._level, best, bound, self._search.elapsed()))


def solve(problem: RosterProblem, budget: Budget, tell: Tell) -> Outcome:
    """The best roster in the budget; levels in order, each bound proven."""
    return Search(problem, budget, tell).run()


def _hint(model: cp_model.CpModel, values: Sequence[int] | None) -> None:
    model.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in enumerate(values or ()):
        model.add_hint(model.get_int_var_from_proto_index(index), value)


def _ceil(bound: float) -> int:
    return math.ceil(bound - 1e-6) if math.isfinite(bound) else 0
