"""Solves a problem level by level: anneals, searches near the best, and proves how good it is."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property

import numpy as np
from ortools.sat.python import cp_model

from scheduler.annealing.anneal import Annealing
from scheduler.check import score
from scheduler.cities import cities
from scheduler.found import Found
from scheduler.model.bound import LinearRelaxation, bound_of_parts
from scheduler.model.budget import Budget, Clockwork
from scheduler.model.build import roster_of
from scheduler.model.closing import Limit
from scheduler.model.diving import Diving
from scheduler.model.portions import Sweeps
from scheduler.model.rounds import Rounds
from scheduler.model.whole import search
from scheduler.network import network
from scheduler.outcome import Drafted, Incumbent, Infeasible, Level, Outcome, OutOfTime
from scheduler.problem import RosterProblem
from scheduler.roles import with_roles
from scheduler.roster import Roster
from scheduler.sheet import Sheet
from scheduler.statement import stated

SMALL = 1600  # decisions up to which the whole model is searched by all workers
SHARE_OF_PROOF = 0.9  # of a level's share, for the whole model of a small problem
SHARE_OF_ANNEALING = 0.12  # of the budget; a larger problem gets more, up to
MOST_ANNEALING = 0.5
ANNEALED_PER_SHARE = 20_000  # decisions for which the share of annealing doubles
FIRST_SECONDS, FIRST_LARGE_SECONDS = 0.25, 2.0  # of annealing before the first roster is told
SHARE_OF_WHOLE = 0.1  # of the budget, for the whole model where annealing found nothing lawful
SHARE_OF_LEVEL = 0.62  # of what is left, for every level but the last
LONGER_THAN_STATING = 12  # what is left must be so much longer, for the bounds of a large problem
SHARE_OF_LINES = 0.3  # of the budget, at most, to list the lines of all units
FIRST_WHOLE_SECONDS = 1.5  # for the whole model before the first dive
SHARE_OF_DIVES = 0.8  # of a level's share, in a small problem
WITHIN_REACH = 0.03  # a gap small enough to give half of the rest to closing it
BOUND_SECONDS = 20.0
LARGE = 20_000  # decisions from which each city is bounded by itself
WORKERS = 8
Tell = Callable[[Incumbent], None]


class Search:
    """One solve: what was stated, what is left of the budget, the best roster, the bounds."""

    def __init__(self, problem: RosterProblem, budget: Budget, tell: Tell) -> None:
        self.problem, self.budget, self.tell = problem, budget, tell
        self.clock = Clockwork(budget)
        self.statement = stated(problem)
        self.net = network(self.statement)
        self.stating_seconds = self.clock.elapsed()
        self.levels = sorted(self.statement.levels)
        self.best: Found | None = None
        self.bounds: dict[int, int] = {}
        self.decided = np.array([d.taken for d in self.statement.decisions], np.int64)
        duties = {duty.id: k for k, duty in enumerate(problem.duties)}
        self.duty = np.array([duties[d.duty.id] for d in self.statement.decisions], np.int64)
        prices = (self.net.linear, self.net.price, self.net.step_cost)
        if all((those >= 0).all() for those in prices):
            self.bounds = {column: int(self.net.constant[column]) for column in self._columns()}

    def run(self) -> Outcome:
        if self.clock.left() <= 0:
            return OutOfTime(None, (), self.clock.elapsed())
        ended = self._first()
        if ended is not None:
            return ended
        if self.large:
            self._sweep()
            return Drafted(self._roster(), self._levels(), self.clock.elapsed())
        for column in self._columns():
            if self.clock.left() <= 0 and column > 1 and not self._proven(column - 1):
                return OutOfTime(self._roster(), self._levels(), self.clock.elapsed())
            self._improve(column)
        return Drafted(self._roster(), self._levels(), self.clock.elapsed())

    @cached_property
    def annealing(self) -> Annealing:
        """Made when first asked for: its compiled code takes a second to load."""
        return Annealing(self.statement, self.net, self.budget.cores, self.budget.seed)

    @cached_property
    def diving(self) -> Diving | None:
        """Lines and dives, where units share plain sums alone and have few enough states."""
        limit = Limit(self.clock.left() * SHARE_OF_LINES, timed=self.clock.timed)
        made = Diving(self.statement, self.net, self.budget.seed, limit)
        return made if made.able else None

    @cached_property
    def rounds(self) -> Rounds:
        return Rounds(self.statement, self.net, self.annealing, self.budget.seed, self.diving)

    @property
    def small(self) -> bool:
        return len(self.statement.decisions) <= SMALL

    @property
    def large(self) -> bool:
        """Whether it is searched portion by portion, for which there has to be a clock."""
        return len(self.decided) > LARGE and self.clock.timed and not self.diving

    def _first(self) -> Outcome | None:
        """A good lawful roster by annealing; if none turns up, CP-SAT finds one or proves none."""
        if not self.small and not self.diving:
            self._anneal()
        status = int(cp_model.FEASIBLE)
        if self.best is None and not (self.diving and len(self.decided) > LARGE):
            status = self._whole(1 if self.levels else None, self._first_share())
        if self.best is None and status != cp_model.INFEASIBLE and self.diving and self.levels:
            self._seek()
        if self.best is None and status != cp_model.INFEASIBLE:
            status = self._whole(None, self.clock.left())
        if status == cp_model.INFEASIBLE:
            return Infeasible(self.clock.elapsed())
        return OutOfTime(None, (), self.clock.elapsed()) if self.best is None else None

    def _seek(self) -> None:
        """A dive from nobody on duty, and rounds, until there is a lawful roster."""

        def left(found: Found, effort: float) -> float:
            self.clock.spent += effort
            self._keep(found)
            return 0.0 if found.lawful else self.clock.left()

        nobody = self.annealing.settled(np.zeros(len(self.decided), np.int8))
        self.rounds.run(nobody, 1, self.budget.cores, left, timed=self.clock.timed)

    def _first_share(self) -> float:
        """For the whole model at the start: nearly all of the first level where it is small."""
        if self.diving:
            return min(FIRST_WHOLE_SECONDS, self.clock.left() * SHARE_OF_WHOLE)
        if not self.small:
            return self.clock.left() * SHARE_OF_WHOLE
        level = SHARE_OF_LEVEL if len(self.levels) > 1 else 1.0
        return self.clock.left() * level * SHARE_OF_PROOF

    def _anneal(self) -> None:
        """At first for a moment, so that there is a roster; then for its share."""
        size, left = len(self.statement.decisions), self.clock.left()
        share = left * min(SHARE_OF_ANNEALING * (1 + size / ANNEALED_PER_SHARE), MOST_ANNEALING)
        first = min(FIRST_LARGE_SECONDS if self.large else FIRST_SECONDS, share / 4)
        parts = (share,) if not self.clock.timed else (first,) if self.large else (first, share)
        for part in parts:
            seconds = part if self.clock.timed else None
            self._keep(self.annealing.run(None, seconds, part))
            self.clock.spent += part
            if self.best is None:
                return  # patterns too strict for moves of one or two duties: CP-SAT finds them

    def _sweep(self) -> None:
        """Sweeps over the portions of a large problem; bounds where there is time for them."""
        assert self.best is not None
        sweeps = Sweeps(self.statement, self.net, self.budget.cores, self.budget.seed)
        for _ in sweeps.over(self.best, self.clock.left, self._keep):
            if self.clock.left() > LONGER_THAN_STATING * self.stating_seconds:
                self.stating_seconds = math.inf  # once
                for column in self._columns():
                    self._bound(column)
            if all(map(self._proven, self._columns())):
                break

    def _columns(self) -> range:
        return range(1, len(self.levels) + 1)

    def _improve(self, column: int) -> None:
        """One level: its linear bound, then rounds near the best; a small one whole."""
        last = column == len(self.levels)
        ends = 0.0 if last else self.clock.left() * (1 - SHARE_OF_LEVEL)
        if self.diving:
            self._dive(column, ends)
            return
        if not self._proven(column):
            self._bound(column)
        if self.small and not self._proven(column) and column > 1:
            self._whole(column, (self.clock.left() - ends) * SHARE_OF_PROOF)
        half = ends + (self.clock.left() - ends) / 2
        self._rounds(column, lambda: half if self._near(column) else ends)
        if not self._proven(column) and self.clock.left() > ends:
            self._whole(column, self.clock.left() - ends)

    def _dive(self, column: int, ends: float) -> None:
        """Dives and rounds; the rest of a small problem's time is for all of it at once."""
        share = (self.clock.left() - ends) * (SHARE_OF_DIVES if self.small else 1.0)
        until = self.clock.left() - share
        self._rounds(column, lambda: until)
        if not self._proven(column) and self.clock.left() > ends:
            self._whole(column, self.clock.left() - ends)

    def _rounds(self, column: int, ends: Callable[[], float]) -> None:
        def left(best: Found, effort: float) -> float:
            self.clock.spent += effort
            self._keep(best, column)
            if self.diving and column in self.diving.bounds:
                self._raise(column, self.diving.bounds[column])
            return 0.0 if self._proven(column) else self.clock.left() - ends()

        if self.best is not None and not self._proven(column) and self.statement.decisions:
            timed = self.clock.timed
            self.rounds.run(self.best, column, self.budget.cores, left, timed=timed)

    def _near(self, column: int) -> bool:
        """Whether the bound is so near that a proof may be in reach."""
        gap = self._cost(column) - self.bounds.get(column, -(2**62))
        return gap <= WITHIN_REACH * abs(self._cost(column))

    def _bound(self, column: int) -> None:
        seconds = self.clock.left() / 4 if self.clock.timed else None
        if len(self.statement.decisions) > LARGE and seconds is not None:
            parts = cities(self.statement)
            share = seconds * self.budget.cores / len(parts)
            found = bound_of_parts(self.net, self.decided, self.duty, parts, column, share)
        else:
            relaxation = LinearRelaxation(self.net)
            relaxation.mix_crews(self.decided, self.duty, column)
            for before in range(1, column):
                relaxation.hold(before, self._cost(before))
            limit = None if seconds is None else min(BOUND_SECONDS, seconds)
            found = relaxation.solve(column, limit)
        if found is not None:
            self._raise(column, found)

    def _whole(self, column: int | None, share: float) -> int:
        """CP-SAT on the whole model; without a column any lawful roster will do."""
        ended = search(
            self.net,
            column,
            {before: self._cost(before) for before in range(1, column or 1)},
            hint=self.best,
            seed=self.budget.seed,
            workers=self._workers(),
            limit=Limit(share, timed=self.clock.timed),
            hear=lambda found: self._keep(found, column or 1),
        )
        self.clock.spent += ended.effort
        if column and ended.bound is not None:
            self._raise(column, ended.bound)
        return ended.status

    def _keep(self, found: Found, column: int = 1) -> None:
        if found.lawful and found.better_than(self.best):
            self.best = found
            self._say(column)

    def _raise(self, column: int, bound: int) -> None:
        if bound > self.bounds.get(column, -(2**62)):
            self.bounds[column] = bound
            self._say(column)

    def _cost(self, column: int) -> int:
        return int(self.best.cost[column]) if self.best is not None else 0

    def _proven(self, column: int) -> bool:
        return column in self.bounds and self.bounds[column] >= self._cost(column)

    def _say(self, column: int) -> None:
        if not self.levels:
            return
        objective = self._cost(column) if self.best is not None else None
        level = self.levels[column - 1]
        self.tell(Incumbent(level, objective, self.bounds.get(column), self.clock.elapsed()))

    def _workers(self) -> int:
        return (WORKERS if self.budget.cores > 1 else 1) if self.clock.timed else 4

    def _roster(self) -> Roster:
        taken = () if self.best is None else self.best.values[self.decided]
        return with_roles(self.problem, roster_of(self.statement, taken))

    def _levels(self) -> tuple[Level, ...]:
        costs = score(self.problem, Sheet(self.problem, self._roster())).levels
        bounds = {self.levels[column - 1]: bound for column, bound in self.bounds.items()}
        return tuple(Level(level, cost, bounds.get(level)) for level, cost in costs)


def solve(problem: RosterProblem, budget: Budget, tell: Tell) -> Outcome:
    """The best roster in the budget; levels in order, each bound proven."""
    return Search(problem, budget, tell).run()
