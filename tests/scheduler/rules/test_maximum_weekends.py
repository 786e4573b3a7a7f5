"""No more weekends worked in one roster than the service has settled on."""

from __future__ import annotations

import pytest

from scheduler.forces import DutyKind
from scheduler.moments import Horizon, Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from tests.builders import DAYS, a_duty, a_member, a_problem, a_unit, a_week, at, in_force
from tests.scheduler.rules.daily import daily, doing, past
from tests.scheduler.verdicts import allowed, breaches, near

CODE = "maximum-weekends"
ONE = in_force(CODE, maximum_weekends=1)
THREE_WEEKS = a_week(days=21)


def a_one(horizon: Horizon = THREE_WEEKS, hours: str = "08:00-16:00") -> RosterProblem:
    return a_problem([a_unit()], daily(horizon, hours), [ONE], horizon=horizon)


def test_one_weekend_is_the_most() -> None:
    assert allowed(a_one(), *doing(*DAYS, "Fri 2"))
    (found,) = breaches(a_one(), *doing("Sat", "Sun", "Sun 2"))
    assert (found.unit, found.duty, found.by) == ("p1", "Sun 2", 1)
    assert found.sentence("en") == (
        "Weekends on which p1 works, from Mon 30 Nov, 00:00 to Mon 21 Dec, 00:00: 2; at most 1."
    )
    (found,) = breaches(a_one(), *doing("Sat", "Sat 2", "Sat 3", "Sun 3"))
    assert found.values["weekends"] == 3


@pytest.mark.parametrize(
    ("first", "second"), [("Sat", "Sat 2"), ("Sat", "Sun 3"), ("Sun", "Sat 2"), ("Sun", "Sun 3")]
)
def test_saturday_or_sunday_makes_a_weekend_a_worked_one(first: str, second: str) -> None:
    assert not allowed(a_one(), *doing(first, second))
    assert allowed(a_one(), *doing(first))


def test_a_friday_night_makes_no_weekend_and_a_sunday_night_one() -> None:
    nights = a_one(hours="22:00-30:00")
    assert allowed(nights, *doing("Fri", "Fri 2", "Sat 3"))
    assert not allowed(nights, *doing("Sun", "Sun 2"))


@pytest.mark.parametrize(
    ("starts", "good"), [("Fri 23:59", True), ("Sat 00:00", False), ("Sun 23:59", False)]
)
def test_the_weekend_runs_from_saturday_midnight_to_sunday_midnight(
    starts: str, good: bool
) -> None:
    duties = [*daily(THREE_WEEKS), a_duty("edge", starts, at(starts) + 60, horizon=THREE_WEEKS)]
    problem = a_problem([a_unit()], duties, [ONE], horizon=THREE_WEEKS)
    assert allowed(problem, *doing("edge", "Sat 2")) is good


def test_a_duty_that_reports_on_friday_and_starts_on_saturday_makes_a_weekend() -> None:
    early = a_duty("early", "Sat 00:10", "Sat 08:00", before=30)
    small = a_duty("small", "Sun 24:10", "Sun 30:00", before=30, horizon=THREE_WEEKS)
    duties = [*daily(THREE_WEEKS), early, small]
    problem = a_problem([a_unit()], duties, [ONE], horizon=THREE_WEEKS)
    assert not allowed(problem, *doing("early", "Sat 2"))
    assert allowed(problem, *doing("small", "Sat 2"))


def test_a_horizon_may_end_on_a_saturday_or_before_it() -> None:
    none = in_force(CODE, maximum_weekends=0)
    until_saturday = a_week(days=6)
    problem = a_problem([a_unit()], daily(until_saturday), [none], horizon=until_saturday)
    assert not allowed(problem, *doing("Sat"))
    until_friday = a_week(days=12)
    known = past("Sat", week=1)
    problem = a_problem([a_unit()], daily(until_friday), [ONE], horizon=until_friday, worked=known)
    assert allowed(problem, *doing("Sat", "Fri 2"))


@pytest.mark.parametrize("monday", ["2026-10-19", "2026-03-23"])
def test_a_weekend_is_a_local_one_also_when_the_clocks_change(monday: str) -> None:
    horizon = a_week(monday, days=14)
    late = a_duty("late", "Sun 23:30", "Sun 24:00", horizon=horizon)
    small = a_duty("small", "Mon 00:30", "Mon 04:00", week=1, horizon=horizon)
    duties = [*daily(horizon), late, small]
    problem = a_problem([a_unit()], duties, [ONE], horizon=horizon)
    assert not allowed(problem, *doing("late", "Sat 2"))
    assert allowed(problem, *doing("small", "Sat 2"))


def test_weekends_outside_the_horizon_do_not_count() -> None:
    known = {"p1": [*past("Sat", "Sun")["p1"], *past("Sat", week=1)["p1"]]}
    problem = a_problem([a_unit()], daily(), [ONE], worked=known)
    assert allowed(problem, *doing("Sat", "Sun"))


def test_a_weekend_that_the_horizon_cuts_counts_whole() -> None:
    """The horizon begins on Sunday; Saturday was worked before it."""
    horizon = a_week("2026-12-06", days=9)
    sunday = a_duty("sunday", "Sun 08:00", "Sun 16:00", horizon=horizon)
    saturday = a_duty("saturday", "Sat 08:00", "Sat 16:00", week=1, horizon=horizon)
    duties = [sunday, saturday]
    known = past("Sat", week=0, horizon=horizon)
    problem = a_problem([a_unit()], duties, [ONE], horizon=horizon, worked=known)
    assert allowed(problem, *doing("sunday"))
    assert not allowed(problem, *doing("saturday"))
    none = in_force(CODE, maximum_weekends=0)
    problem = a_problem([a_unit()], duties, [none], horizon=horizon, worked=known)
    assert allowed(problem)
    assert not allowed(problem, *doing("sunday"))


def test_a_maximum_of_none_keeps_every_weekend_free() -> None:
    problem = a_problem([a_unit()], daily(), [in_force(CODE, maximum_weekends=0)])
    assert allowed(problem, *doing(*DAYS[:5]))
    assert not allowed(problem, *doing("Sun"))


def test_a_member_on_leave_had_the_weekend_off() -> None:
    leave = Span(at("Sat 00:00"), at("Sun 24:00"))
    for members, good in (
        ([a_member("m1", absences=(leave,))], True),
        ([a_member("m1", absences=(leave,)), a_member("m2")], False),
    ):
        duties = daily(THREE_WEEKS)
        problem = a_problem([a_unit("p1", *members)], duties, [ONE], horizon=THREE_WEEKS)
        assert allowed(problem, *doing("Sat", "Sat 2")) is good


def test_weekends_under_another_framework_add_to_those_of_this_one() -> None:
    second_week = Scope(during=Span(at("Mon 00:00", week=1), at("Sun 24:00", week=1)))
    rules = [in_force(CODE, second_week, maximum_weekends=1)]
    problem = a_problem([a_unit()], daily(THREE_WEEKS), rules, horizon=THREE_WEEKS)
    assert allowed(problem, *doing("Sat", "Sat 3"))
    (found,) = breaches(problem, *doing("Sat", "Sat 2"))
    assert found.duty == "Sat 2"
    workdays = Scope(during=Span(at("Mon 00:00", week=1), at("Fri 24:00", week=1)))
    rules = [in_force(CODE, workdays, maximum_weekends=1)]
    problem = a_problem([a_unit()], daily(THREE_WEEKS), rules, horizon=THREE_WEEKS)
    assert allowed(problem, *doing("Sat", "Wed 2", "Sat 2"))


def test_what_is_out_of_scope_makes_no_worked_weekend() -> None:
    standby = a_duty("standby", "Sun 08:00", "Sun 16:00", kind=DutyKind.STANDBY)
    patrols = in_force(CODE, Scope(kinds=(DutyKind.PATROL,)), maximum_weekends=1)
    duties = [*daily(THREE_WEEKS), standby]
    problem = a_problem([a_unit()], duties, [patrols], horizon=THREE_WEEKS)
    assert allowed(problem, *doing("standby", "Sat 2"))


def test_units_named_are_bound_and_no_others() -> None:
    of_p1 = in_force(CODE, Scope(units=("p1",)), maximum_weekends=0)
    problem = a_problem([a_unit("p1"), a_unit("p2")], daily(), [of_p1])
    assert allowed(problem, *doing("Sat", unit="p2"))
    assert not allowed(problem, *doing("Sat", unit="p1"))
    both = [*doing("Sat"), *doing("Sat", unit="p2")]
    assert near(problem, ("p1", "Sat"), *both) == [CODE]
    assert near(problem, ("p2", "Sat"), *both) == []
