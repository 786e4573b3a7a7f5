"""What preferences look at on a micro-week: weights, requests, homes, contracts, joint teams.

Drawn apart from the week itself, so that another wish leaves every week as it was.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from scheduler.duties import Duty
from scheduler.forces import Clock, Force, JointTeam, Request, Unit
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem

SHIFTS = ("early", "late", "night")


def with_wishes(rng: Random, problem: RosterProblem) -> RosterProblem:
    homes = ("", *(area.id for area in problem.areas))
    return replace(
        problem,
        duties=tuple(_duty(rng, duty) for duty in problem.duties),
        units=tuple(replace(unit, home=rng.choice(homes)) for unit in problem.units),
        clocks=tuple(_clock(rng, problem, clock) for clock in problem.clocks),
        requests=tuple(
            request for unit in problem.units for request in _requests(rng, problem, unit)
        ),
        joint_teams=_joint_teams(rng, problem),
        told_at=rng.choice((None, *range(-DAY_MINUTES, 6 * DAY_MINUTES, 6 * 60))),
    )


def _duty(rng: Random, duty: Duty) -> Duty:
    needs = (
        replace(need, under_weight=rng.randint(0, 3), over_weight=rng.randint(0, 2))
        for need in duty.needs
    )
    return replace(duty, needs=tuple(needs))


def _clock(rng: Random, problem: RosterProblem, clock: Clock) -> Clock:
    worked = (replace(work, shift=rng.choice(("", *SHIFTS))) for work in clock.worked)
    return replace(
        clock,
        worked=tuple(worked),
        contract_minutes=rng.choice((None, 0, *range(400, 3000, 37))),
        burden=rng.randint(0, 12),
    )


def _requests(rng: Random, problem: RosterProblem, unit: Unit) -> tuple[Request, ...]:
    """By day, as people ask, and each only once; some for days on which there is nothing."""
    asked = set()
    for _ in range(rng.randint(0, 4) if problem.duties else 0):
        starts = rng.choice(problem.duties).starts_at - rng.choice((0, 1, 60, DAY_MINUTES - 1))
        shift = rng.choice(("", "", *SHIFTS))
        asked.add((starts, shift, rng.random() < 0.5, rng.randint(0, 3)))
    return tuple(
        Request(unit.id, Span(starts, starts + DAY_MINUTES), shift, on, weight)
        for starts, shift, on, weight in sorted(asked)
    )


def _joint_teams(rng: Random, problem: RosterProblem) -> tuple[JointTeam, ...]:
    police, military = (
        [unit.id for unit in problem.units if unit.force is force] for force in Force
    )
    return tuple(JointTeam(p, m) for p in police for m in military if rng.random() < 0.8)
