"""Help from nearby: an officer on a duty or in time from another, shared by rules that ask it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Force
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Violation
from scheduler.sheet import Placed, Sheet
from scheduler.terms import About, AnyOf, Decisions, Require
from scheduler.wording import Reach, Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerWithinReach(Rule):
    """While anyone in scope is on a duty, an officer with `qualification` is there or near.

    `reach_minutes` on the way at most; 0 means on the duty itself. The officer's own duty helps
    only while it lasts, and the qualification must be in date when that one starts.
    """

    qualification: str
    reach_minutes: int

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for duty in problem.duties:
            bound = [c.taken for c in on.at(duty) if self.scope.covers(c.unit, duty)]
            helped = stretches(problem, duty, self.reach_minutes) if bound else ()
            for moment, near in helped:
                officers = tuple(
                    choice.taken
                    for there in near
                    for choice in on.at(there)
                    if choice.unit.force is Force.POLICE
                    and problem.holders(choice.unit, there, self.qualification)
                )
                about = About(duty=duty.id, moment=moment)
                require(AnyOf(officers, when=(on.any_of(bound),)), about)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for duty in self._touched(problem, near):
            if not any(self.scope.covers(p.unit, duty) for p in sheet.on(duty)):
                continue
            helped = [
                there.cover
                for there in problem.within_reach(duty, self.reach_minutes)
                if any(self._helps(placed) for placed in sheet.on(there))
            ]
            gap = first_gap(duty.cover, helped)
            if gap is not None:
                yield self.broken(
                    duty=duty.id,
                    by=gap - duty.ends_at,
                    area=problem.where(duty),
                    moment=problem.moment(gap),
                    qualification=problem.named(Thing.QUALIFICATION, self.qualification),
                    reach=Reach(self.reach_minutes),
                )

    def _touched(self, problem: RosterProblem, near: Near | None) -> tuple[Duty, ...]:
        """The duties that somebody on `near` is on, or can help."""
        if near is None:
            return problem.duties
        return problem.within_reach(problem.duty(near.duty), self.reach_minutes)

    def _helps(self, placed: Placed) -> bool:
        duty = placed.duty
        return placed.unit.force is Force.POLICE and any(
            member.holds(self.qualification, duty.starts_at)
            for member in placed.unit.members
            if not member.away(duty.span)
        )


def stretches(
    problem: RosterProblem, duty: Duty, reach_minutes: int
) -> tuple[tuple[int, tuple[Duty, ...]], ...]:
    """(moment, duties in reach that cover it), for every stretch of the duty in which they
    stay the same; a reach of 0 means the duty itself alone.
    """
    near = problem.within_reach(duty, reach_minutes)
    edges = {moment for there in near for moment in (there.starts_at, there.ends_at)}
    return tuple(
        (moment, tuple(there for there in near if there.starts_at <= moment < there.ends_at))
        for moment in sorted(edges)
        if duty.starts_at <= moment < duty.ends_at
    )


def first_gap(whole: Span, parts: Iterable[Span]) -> int | None:
    """The first moment of `whole` that no part covers; None when all of it is covered."""
    reached = whole.starts
    for part in sorted(parts):
        if part.starts > reached:
            break
        reached = max(reached, part.ends)
    return reached if reached < whole.ends else None
