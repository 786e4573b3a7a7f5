"""What preferences look at on a micro-week: weights, requests, homes, contracts.

Drawn apart from the week itself, so that another wish leaves every week as it was.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from scheduler.duties import Duty
from scheduler.forces import Request, Unit
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem

SHIFTS = ("", "", "early", "late", "night")


def with_wishes(rng: Random, problem: RosterProblem) -> RosterProblem:
    return replace(
        problem,
        duties=tuple(_duty(rng, duty) for duty in problem.duties),
        requests=tuple(
            request for unit in problem.units for request in _requests(rng, problem, unit)
        ),
    )


def _duty(rng: Random, duty: Duty) -> Duty:
    needs = (
        replace(need, under_weight=rng.randint(0, 3), over_weight=rng.randint(0, 2))
        for need in duty.needs
    )
    return replace(duty, needs=tuple(needs))


def _requests(rng: Random, problem: RosterProblem, unit: Unit) -> tuple[Request, ...]:
    """By day, as people ask, and each only once; some for days on which there is nothing."""
    asked = set()
    for _ in range(rng.randint(0, 4)):
        starts = rng.choice(problem.duties).starts_at - rng.choice((0, 1, 60, DAY_MINUTES - 1))
        asked.add((starts, rng.choice(SHIFTS), rng.random() < 0.5, rng.randint(0, 3)))
    return tuple(
        Request(unit.id, Span(starts, starts + DAY_MINUTES), shift, on, weight)
        for starts, shift, on, weight in sorted(asked)
    )
