"""A weekend is worked whole or left whole."""

from __future__ import annotations

import pytest

from scheduler.forces import DutyKind
from scheduler.moments import Span
from scheduler.rule import Scope
from tests.builders import DAYS, a_duty, a_problem, a_unit, a_week, at, in_force
from tests.scheduler.rules.daily import daily, doing, past
from tests.scheduler.verdicts import allowed, breaches, near

CODE = "complete-weekends"
RULE = in_force(CODE)
DAILY = daily()


def test_a_weekend_is_worked_on_both_days_or_on_neither() -> None:
    problem = a_problem([a_unit()], DAILY, [RULE])
    assert allowed(problem, *doing(*DAYS))
    assert allowed(problem, *doing(*DAYS[:5]))
    assert not allowed(problem, *doing("Fri", "Sat"))
    (found,) = breaches(problem, *doing("Sun"))
    assert (found.unit, found.duty) == ("p1", "Sun")
    assert found.sentence("fr") == (
        "p1 ne travaille qu'un jour d'un week-end, dim. 6 déc. 08:00 : les deux ou aucun."
    )


def test_every_weekend_of_the_horizon_is_judged() -> None:
    horizon = a_week(days=21)
    problem = a_problem([a_unit()], daily(horizon), [RULE], horizon=horizon)
    assert len(breaches(problem, *doing("Sat", "Sun 2", "Sat 3"))) == 3
    assert allowed(problem, *doing("Sat", "Sun", "Sat 3", "Sun 3"))


def test_sunday_of_one_weekend_does_not_complete_another() -> None:
    horizon = a_week(days=14)
    problem = a_problem([a_unit()], daily(horizon), [RULE], horizon=horizon)
    assert not allowed(problem, *doing("Sat 2", "Sun"))


def test_a_friday_night_is_no_saturday() -> None:
    nights = a_problem([a_unit()], daily(hours="22:00-30:00"), [RULE])
    assert allowed(nights, *doing("Fri"))
    assert not allowed(nights, *doing("Fri", "Sun"))


@pytest.mark.parametrize("monday", ["2026-10-19", "2026-03-23"])
def test_a_day_is_a_local_date_also_when_the_clocks_change(monday: str) -> None:
    horizon = a_week(monday, days=8)
    late = a_duty("late", "Sun 23:30", "Sun 24:00", horizon=horizon)
    small = a_duty("small", "Mon 00:30", "Mon 04:00", week=1, horizon=horizon)
    problem = a_problem([a_unit()], [*daily(horizon), late, small], [RULE], horizon=horizon)
    assert allowed(problem, *doing("Sat", "late"))
    assert not allowed(problem, *doing("Sat", "small"))


@pytest.mark.parametrize(
    ("first_day", "days", "day"), [("2026-12-06", 7, "Sun"), ("2026-11-30", 6, "Sat")]
)
def test_a_weekend_that_the_horizon_cuts_is_not_judged(
    first_day: str, days: int, day: str
) -> None:
    horizon = a_week(first_day, days=days)
    duties = [a_duty(day, f"{day} 08:00", f"{day} 16:00", horizon=horizon)]
    for known in ((), ("Sat",) if day == "Sun" else ("Sun",)):
        history = past(*known, week=0, horizon=horizon)
        problem = a_problem([a_unit()], duties, [RULE], horizon=horizon, worked=history)
        assert allowed(problem)
        assert allowed(problem, *doing(day))


def test_a_horizon_may_begin_with_a_weekend_and_end_with_one() -> None:
    horizon = a_week("2026-12-05", days=9)
    for week in (0, 1):
        duties = [
            a_duty(day, f"{day} 08:00", f"{day} 16:00", week=week, horizon=horizon)
            for day in ("Sat", "Sun")
        ]
        problem = a_problem([a_unit()], duties, [RULE], horizon=horizon)
        assert not allowed(problem, *doing("Sat"))
        assert not allowed(problem, *doing("Sun"))
        assert allowed(problem, *doing("Sat", "Sun"))


def test_a_duty_that_reports_before_midnight_belongs_to_the_day_after() -> None:
    early = a_duty("early", "Sun 00:10", "Sun 08:00", before=30)
    problem = a_problem([a_unit()], [*DAILY, early], [RULE])
    assert allowed(problem, *doing("Sat", "early"))
    assert not allowed(problem, *doing("early"))


def test_only_a_day_in_force_is_blamed() -> None:
    saturday = Scope(during=Span(at("Sat 00:00"), at("Sat 24:00")))
    problem = a_problem([a_unit()], DAILY, [in_force(CODE, saturday)])
    assert not allowed(problem, *doing("Sat"))
    assert allowed(problem, *doing("Sun"))
    assert allowed(problem, *doing("Sat", "Sun"))


def test_what_is_out_of_scope_completes_no_weekend() -> None:
    standby = a_duty("standby", "Sun 08:00", "Sun 16:00", kind=DutyKind.STANDBY)
    patrols = in_force(CODE, Scope(kinds=(DutyKind.PATROL,)))
    problem = a_problem([a_unit()], [*DAILY, standby], [patrols])
    assert not allowed(problem, *doing("Sat", "standby"))
    assert allowed(problem, *doing("standby"))


def test_units_named_are_bound_and_no_others() -> None:
    problem = a_problem(
        [a_unit("p1"), a_unit("p2")], DAILY, [in_force(CODE, Scope(units=("p1",)))]
    )
    assert allowed(problem, *doing("Sat", unit="p2"))
    assert not allowed(problem, *doing("Sat", unit="p1"))
    assert not allowed(problem, *doing("Sat", unit="p1"), *doing("Sun", unit="p2"))
    both = [*doing("Sat"), *doing("Sat", unit="p2")]
    assert near(problem, ("p1", "Sat"), *both) == [CODE]
    assert near(problem, ("p2", "Sat"), *both) == []
