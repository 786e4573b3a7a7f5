"""Mends a disturbed roster: the best close by, then further out, then clearly different ways.

Criteria are solved one after the other, each given the best of those before it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property

from ortools.sat.python import cp_model

from scheduler.disturbance import Disturbance
from scheduler.model.budget import Budget, Clockwork
from scheduler.model.build import RosterModel
from scheduler.model.reach import Floor, Mended, Reach, begin, cost, trivial
from scheduler.repair import MOST, Proof, Repair, Repairs, ranked
from scheduler.vicinity import LARGEST_REACH, Vicinity

Pair = tuple[str, str]
Tell = Callable[[Repair], None]
SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
SHARE_OF_REACHES = 0.5  # of the budget: after that no wider reach is begun
SHARE_OF_LEADING = 0.5  # of what is left, for one criterion that leads
SHARE_OF_SCORE = 0.1  # of what is left, for one level of the score
LEAST = 0.25  # of a second, for any of them
STEPS = 3  # units more than close by who may step in further out
TRIES = MOST + 3


class Mending:
    """One disturbance: what it touches, what is left of the budget, how far it has looked."""

    def __init__(self, disturbance: Disturbance, budget: Budget, tell: Tell) -> None:
        self.clock, self.budget, self.tell = Clockwork(budget), budget, tell
        self.repairs = Repairs(disturbance)
        self.vicinity = Vicinity(disturbance, self.repairs.leading)
        self.posts = len(self.repairs.leading.opened)
        self.leading = 1 + len(self.repairs.leading.all)  # columns: what stays broken comes first
        self._bounds: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._reaches: list[Reach] = []
        self._wider = enumerate(self.vicinity.reaches())
        self._at = 0  # the reach in which to look for other ways

    def run(self) -> tuple[Repair, ...]:
        """The best repairs, the first of them first; never none."""
        if (best := self._first()) is None:
            standing = self.vicinity.disturbance.standing.pairs
            unknown = [None] * (self.leading - 1)
            return (self.repairs.judged(standing, unknown, finished=False),)
        found = [best]
        repairs: tuple[Repair, ...] = (self._judged(best),)
        while len(repairs) < MOST and len(found) < TRIES and self.clock.left() > 0:
            if (other := self._another(found)) is None:
                break
            found.append(other)
            repairs = ranked((*repairs, self._judged(other)))
        return repairs

    def _first(self) -> Mended | None:
        """The best of the closest reach beyond which nothing better was found.

        While a post stays open that somebody may fill, it looks as far as it can.
        """
        best: Mended | None = None
        shown: Repair | None = None
        for position in range(LARGEST_REACH):
            if (reach := self._reach(position, best)) is None:
                break
            start = best.pairs if best else self.vicinity.disturbance.standing.pairs
            if (other := self._solved(reach, start=start)) is None:
                continue
            repair = self._judged(other)
            if shown is None or repair.leads < shown.leads:
                best, shown, self._at = other, repair, position
                self.tell(repair)
                if repair.lawful and repair.proof is Proof.MINIMAL:
                    break
            elif self._finished(other):
                best = other if repair.rank <= shown.rank else best
                if all(level.proven for level in repair.leading[: self.posts]):
                    break
        return best

    def _another(self, found: Sequence[Mended]) -> Mended | None:
        """A clearly different way; further out if none close by fills the posts as well."""
        other = self._solved(self._reaches[self._at], apart=found)
        if other is not None and self._posts(other) <= self._posts(found[0]):
            return other
        wider = self._reach(self._at + 1, found[0]) if self.vicinity.main else None
        start = other.pairs if other else None
        further = self._solved(wider, apart=found, start=start) if wider else None
        if further is None or (other and self._leads(other) <= self._leads(further)):
            return other
        self._at += 1
        return further

    def _reach(self, position: int, best: Mended | None) -> Reach | None:
        """The reaches in order; none when there is no wider one, or no time for it.

        In a wider one only some units more than close by may step in: without that limit it is
        far harder to see that nothing is better.
        """
        if position and self.clock.left() < SHARE_OF_REACHES * self.clock.whole:
            return None
        if position == len(self._reaches) and (found := next(self._wider, None)):
            whole = position > 0 and self.vicinity.small
            some = STEPS + (len(best.stepping_in) if best else 0)
            most = some if position and not whole else None
            self._reaches.append(Reach(self.vicinity, found[1], most=most, whole=whole))
        return self._reaches[position] if position < len(self._reaches) else None

    def _solved(
        self, reach: Reach, *, start: frozenset[Pair] | None = None, apart: Sequence[Mended] = ()
    ) -> Mended | None:
        """Criterion by criterion; None when nothing was found, or there is nothing.

        What was proven in this reach before holds as long as the costs are the same.
        """
        built, known = reach.model(apart), reach.last
        solution = None if start is None else self._completed(reach, start)
        costs: list[int] = []
        bounds: list[int] = []
        for column in reach.columns:
            same = known is not None and [*known.costs[: len(costs)]] == costs
            floor = known.bounds[len(costs)] if known is not None and same else None
            share = SHARE_OF_LEADING if column <= self.leading else SHARE_OF_SCORE
            solution, bound = self._least(built, column, solution, share, floor)
            if solution is None:
                return None
            costs.append(cost(built, column, solution))
            bounds.append(bound)
            built.hold(column, costs[-1])
        reach.last = reach.read(built, solution or (), bounds)
        return reach.last

    def _completed(self, reach: Reach, pairs: frozenset[Pair]) -> Sequence[int] | None:
        """What was found elsewhere, with all that follows from it."""
        return self._least(reach.fixed(pairs), 1, None, SHARE_OF_SCORE)[0]

    def _least(
        self,
        built: RosterModel,
        column: int,
        start: Sequence[int] | None,
        share: float,
        floor: int | None = None,
    ) -> tuple[Sequence[int] | None, int]:
        """The best solution found for a column, and a proven bound on it."""
        built.minimise(column)
        bound = trivial(built) if floor is None else floor
        if start is not None and cost(built, column, start) <= bound:
            return start, bound
        begin(built, start, bound)
        solver = self._solver(share)
        status = solver.solve(built.model)
        self.clock.spent += solver.deterministic_time
        if status not in SOLVED:
            return start, bound
        proven = math.ceil(solver.best_objective_bound - 1e-6)
        return [*solver.response_proto.solution], max(bound, proven)

    def _solver(self, share: float) -> cp_model.CpSolver:
        """One worker without a linear relaxation: measured the fastest on so small a model."""
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = self.budget.seed
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 0
        limit = max(share * self.clock.left(), LEAST)
        if self.clock.timed:
            solver.parameters.max_time_in_seconds = limit
        else:
            solver.parameters.max_deterministic_time = limit
        return solver

    def _posts(self, mended: Mended) -> tuple[int, ...]:
        return mended.costs[: 1 + self.posts]

    def _leads(self, mended: Mended) -> tuple[int, ...]:
        return mended.costs[: self.leading]

    def _finished(self, mended: Mended) -> bool:
        return self._leads(mended) == mended.bounds[: self.leading]

    def _judged(self, mended: Mended) -> Repair:
        bounds = self._floor(mended.costs[1 : self.leading])
        if mended.whole:
            bounds = tuple(map(max, bounds, mended.bounds[1 : self.leading]))
        return self.repairs.judged(mended.pairs, bounds, finished=self._finished(mended))

    @cached_property
    def _floored(self) -> Floor:
        return Floor(self.vicinity)

    def _floor(self, costs: tuple[int, ...]) -> tuple[int, ...]:
        """A bound on each criterion that leads, given what those before it cost."""
        if costs not in self._bounds:
            built, bounds = self._floored.model(), []
            for column, reached in zip(self._floored.columns, costs, strict=True):
                bounds.append(self._least(built, column, None, SHARE_OF_SCORE)[1])
                built.hold(column, reached)
            self._bounds[costs] = tuple(bounds)
        return self._bounds[costs]


def mend(disturbance: Disturbance, budget: Budget, tell: Tell) -> tuple[Repair, ...]:
    """Up to five clearly different repairs, the best first."""
    return Mending(disturbance, budget, tell).run()
