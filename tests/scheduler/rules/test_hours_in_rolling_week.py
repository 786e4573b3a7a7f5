"""RPPol art. VI.I.4 §2: an absolute maximum of 50 hours a week."""

from __future__ import annotations

import pytest

from tests.builders import DAYS, HOUR, a_duty, a_problem, a_unit, a_week, in_force, worked
from tests.scheduler.verdicts import allowed, breaches

FIFTY = in_force("hours-in-rolling-week", maximum_minutes=50 * HOUR)
TENS = [a_duty(day, f"{day} 08:00", f"{day} 18:00") for day in DAYS]


def doing(*names: str) -> list[tuple[str, str]]:
    return [("p1", name) for name in names]


def test_five_days_of_ten_hours_are_the_most() -> None:
    problem = a_problem([a_unit()], TENS, [FIFTY])
    assert allowed(problem, *doing(*DAYS[:5]))
    (found,) = breaches(problem, *doing(*DAYS[:6]))
    assert (found.unit, found.duty) == ("p1", "Sat")
    assert found.sentence("nl") == (
        "p1 werkt 60 h in de 7 dagen tot za 5 dec 18:00; hoogstens 50 h is toegestaan."
    )


@pytest.mark.parametrize(("until", "good"), [("Wed 18:00", True), ("Wed 18:01", False)])
def test_the_week_rolls_over_monday(until: str, good: bool) -> None:
    """On Wednesday at 18:00 counts what was worked since Wednesday at 18:00."""
    past = [worked(f"{d} 08:00", f"{d} 18:00") for d in ("Fri", "Sat")]
    history = {"p1": [*past, worked("Wed 12:00", until)]}
    problem = a_problem([a_unit()], TENS, [FIFTY], worked=history)
    assert allowed(problem, *doing("Mon", "Tue"))
    assert allowed(problem, *doing("Mon", "Tue", "Wed")) is good


@pytest.mark.parametrize(("monday", "good"), [("2026-03-16", True), ("2026-03-23", False)])
def test_seven_days_are_168_hours_also_when_the_clocks_change(monday: str, good: bool) -> None:
    """From Monday 02:00 it is 168 h to Monday 02:00, or to 03:00 after the spring change."""
    horizon = a_week(monday, days=8)
    duties = [
        a_duty("Mon", "Mon 00:00", "Mon 02:00", horizon=horizon),
        *(a_duty(d, f"{d} 08:00", f"{d} 20:00", horizon=horizon) for d in DAYS[1:5]),
        a_duty("next", "Mon 00:00", "Mon 02:00", week=1, horizon=horizon),
    ]
    problem = a_problem([a_unit()], duties, [FIFTY], horizon=horizon)
    assert allowed(problem, *doing(*DAYS[:5]))
    assert allowed(problem, *doing(*DAYS[:5], "next")) is good
