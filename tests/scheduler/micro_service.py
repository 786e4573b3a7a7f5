"""What rules on service look at beside duties: trainings, carried minutes, what is frozen.

Drawn apart from the week itself, so that another of them leaves every week as it was.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from scheduler.forces import Carried, Clock, Member, Unit
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem


def with_service(rng: Random, problem: RosterProblem) -> RosterProblem:
    """A week without duties stays as it is."""
    if not problem.duties:
        return problem
    frozen = rng.choice(problem.duties).starts_at + rng.choice((0, 1))
    ids = dict.fromkeys(member.id for unit in problem.units for member in unit.members)
    trainings = {member: _trainings(rng, problem) for member in ids}
    return replace(
        problem,
        units=tuple(_trained(unit, trainings) for unit in problem.units),
        clocks=tuple(_carrying(rng, clock) for clock in problem.clocks),
        frozen_until=rng.choice((None, frozen, frozen)),
    )


def _trained(unit: Unit, trainings: dict[str, tuple[Span, ...]]) -> Unit:
    members: tuple[Member, ...] = tuple(
        replace(member, trainings=trainings[member.id]) for member in unit.members
    )
    return replace(unit, members=members)


def _trainings(rng: Random, problem: RosterProblem) -> tuple[Span, ...]:
    """Some with a block before, beside or after a duty."""
    if rng.random() < 0.7:
        return ()
    duty = rng.choice(problem.duties)
    starts = rng.choice((duty.reports_at, duty.released_at)) + rng.choice((-600, -60, 0, 60, 240))
    return (Span(starts, starts + rng.choice((60, 480, DAY_MINUTES))),)


def _carrying(rng: Random, clock: Clock) -> Clock:
    """Some with a sum over a stretch that ends where their history begins, or a day before."""
    if rng.random() < 0.3:
        return clock
    ends = min([0, *(w.reports_at for w in clock.worked)]) - rng.choice((0, DAY_MINUTES))
    days = rng.randint(1, 40)
    during = Span(ends - days * DAY_MINUTES, ends)
    return replace(clock, carried=(Carried(during, rng.randint(0, days) * 480),))
