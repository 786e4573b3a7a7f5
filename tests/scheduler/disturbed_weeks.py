"""Tiny weeks with a lawful roster, and something that happens to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from scheduler.disruption import Absent, Added, Cancelled, Disruption, NeedChanged, Overran
from scheduler.duties import Duty
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from tests.scheduler.enumerated import Enumeration, TooMany
from tests.scheduler.micro_weeks import fillable
from tests.scheduler.tight_weeks import TINY, tight_week


def disturbed_week(
    number: int,
) -> tuple[RosterProblem, Roster, tuple[Disruption, ...]] | None:
    """A problem, one of its lawful rosters, and what happens; None where nothing can."""
    rng, problem = Random(number), tight_week(number, TINY)
    if not problem.duties or not problem.units:
        return None
    if rng.random() < 0.5:
        problem = replace(problem, reference=())
    try:
        rosters = [sheet.roster for sheet in Enumeration(problem).sheets()]
    except TooMany:
        return None
    busy = [roster for roster in rosters if roster.assignments] or rosters
    if not busy:
        return None
    return problem, rng.choice(busy), tuple(some_disruptions(rng, problem))


def some_disruptions(rng: Random, problem: RosterProblem) -> Iterator[Disruption]:
    """One to three, of different duties."""
    duties = rng.sample(problem.duties, min(len(problem.duties), rng.choice((1, 1, 2, 3))))
    return (_disruption(rng, problem, duty) for duty in duties)


def _disruption(rng: Random, problem: RosterProblem, duty: Duty) -> Disruption:
    unit = rng.choice(problem.units)
    away = Span(duty.reports_at - rng.choice((0, 600)), duty.released_at + rng.choice((0, 1500)))
    kinds: tuple[Disruption, ...] = (
        Absent(away, unit=unit.id),
        Absent(away, member=rng.choice(unit.members).id),
        Cancelled(duty.id),
        Added(replace(duty, id=f"{duty.id}-new")),
        Overran(duty.id, duty.released_at + rng.choice((15, 240, 600))),
    )
    if not duty.needs:
        return rng.choice(kinds)
    need = rng.choice(duty.needs)
    more = rng.choice((-1, 1))
    changed = replace(
        need,
        minimum=max(0, need.minimum + more),
        target=max(0, need.target + more),
        maximum=max(0, need.maximum + more),
    )
    [changed] = fillable(replace(duty, needs=(changed,)), problem.units).needs
    return rng.choice((*kinds, NeedChanged(duty.id, changed)))
