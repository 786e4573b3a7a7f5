"""Small offices to which something happens, and short words for what is made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scheduler.disruption import Absent, Disruption
from scheduler.duties import Duty
from scheduler.moments import Span
from scheduler.planner import Budget, repair
from scheduler.problem import RosterProblem
from scheduler.repair import Repair
from scheduler.rule import PreferenceInForce
from tests.builders import HOUR, a_duty, a_need, a_problem, a_unit, at, in_force, taken

SOME = Budget(seconds=None, effort=10.0)
ELEVEN = in_force(
    "minimum-rest",
    rest_minutes=660,
    consent_rest_minutes=660,
    consent_ends_from_minute=0,
    consent_ends_until_minute=0,
    overrun_rest_minutes=480,
)
RULES = (
    *(in_force(code) for code in ("one-place-at-a-time", "absence", "lent-area", "need-maximum")),
    ELEVEN,
)
WISHES = (
    PreferenceInForce("minimum-missed", 1),
    PreferenceInForce("target-missed", 2),
    PreferenceInForce("familiar-area", 3),
)
ONE = (a_need(minimum=1),)
Pair = tuple[str, str]


def a_shift(name: str, day: str, hours: tuple[int, int] = (6, 14), **more: Any) -> Duty:
    first, last = (at(f"{day} 00:00") + hour * HOUR for hour in hours)
    return a_duty(name, first, last, **{"needs": ONE, **more})


def office(units: Any, *duties: Duty, rules: Any = RULES, **more: Any) -> RosterProblem:
    crews = [a_unit(f"p{n + 1}") for n in range(units)] if isinstance(units, int) else units
    return a_problem(crews, duties, rules, **{"preferences": WISHES, **more})


def after(
    problem: RosterProblem, told: Iterable[Pair], *happened: Disruption
) -> tuple[Repair, ...]:
    return repair(problem, taken(problem, *told), happened, SOME)


def sick(unit: str, day: str, days: int = 1) -> Absent:
    starts = at(f"{day} 00:00")
    return Absent(Span(starts, starts + days * 24 * HOUR), unit=unit)


def new(repaired: Repair) -> list[Pair]:
    return [a.pair for a in repaired.diff.added]


def gone(repaired: Repair) -> list[Pair]:
    return [a.pair for a in repaired.diff.removed]


def costs(repaired: Repair) -> list[int]:
    """What is missing to minimums and targets, people, changes at short notice."""
    return [level.objective for level in repaired.leading]
