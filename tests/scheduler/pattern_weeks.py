"""Two weeks in which days at work and days off come in rows, so that whole lines matter."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from scheduler.duties import Duty
from scheduler.forces import DutyKind, Request
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem
from scheduler.rule import PreferenceInForce, RuleInForce
from tests.builders import HOUR, a_need, a_problem, a_unit, a_week, in_force

DAYS = 14
HORIZON = a_week("2026-11-30", DAYS)
SHIFTS = {"early": 6, "late": 14}
RULES = (
    in_force("one-place-at-a-time"),
    in_force("forbidden-successions", None, successions=("late>early",)),
    in_force("maximum-consecutive-duties", None, maximum_days=5),
    in_force("minimum-consecutive-duties", None, minimum_days=2, waived_at_edges=True),
    in_force("minimum-consecutive-days-off", None, minimum_days=2, waived_at_edges=True),
    in_force("minutes-in-horizon", None, minimum_minutes=3000, maximum_minutes=5000),
    in_force("maximum-weekends", None, maximum_weekends=1),
)
WISHES = (
    PreferenceInForce("under-cover", 1),
    PreferenceInForce("over-cover", 1),
    PreferenceInForce("requests", 1),
    PreferenceInForce("even-duties-of-a-kind", 2, parameters={"shifts": ("late",), "kinds": ()}),
)


def pattern_weeks(seed: int, units: int = 6, rules: tuple[RuleInForce, ...] = ()) -> RosterProblem:
    """So many units on two shifts a day, of which each asks for a few things."""
    rng = Random(seed)
    return a_problem(
        [a_unit(f"u{k}") for k in range(units)],
        [_duty(rng, day, shift, units) for day in range(DAYS) for shift in SHIFTS],
        (*RULES, *rules),
        horizon=HORIZON,
        preferences=WISHES,
        requests=tuple(request for k in range(units) for request in _requests(rng, f"u{k}")),
    )


def _duty(rng: Random, day: int, shift: str, units: int) -> Duty:
    starts = day * DAY_MINUTES + SHIFTS[shift] * HOUR
    ends = starts + 8 * HOUR
    wanted = rng.randint(1, units // 2)
    need = a_need(target=wanted, maximum=units, under_weight=100, over_weight=1)
    name = f"{day:02}-{shift}"
    kind = DutyKind.PATROL
    return Duty(name, kind, "peterbos", starts, starts, ends, ends, needs=(need,), shift=shift)


def _requests(rng: Random, unit: str) -> Iterator[Request]:
    for day in rng.sample(range(DAYS), 3):
        during = Span(day * DAY_MINUTES, (day + 1) * DAY_MINUTES)
        yield Request(unit, during, on=rng.random() < 0.5, weight=rng.randint(1, 3))
