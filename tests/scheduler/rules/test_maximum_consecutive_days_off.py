"""Nobody who works is left idle for too long before or after."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rule
from scheduler.errors import InvalidParameters
from scheduler.forces import DutyKind
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import RuleInForce, Scope
from tests.builders import a_duty, a_member, a_problem, a_unit, a_week, at, in_force
from tests.scheduler.rules.daily import daily, doing, past
from tests.scheduler.verdicts import allowed, breaches, near

CODE = "maximum-consecutive-days-off"
TWO = in_force(CODE, maximum_days=2)
DAILY = daily()


def on_leave(first: str, last: str, *, colleague: bool = False) -> RosterProblem:
    """A unit of which one member is on leave, alone or with a colleague on the same clock."""
    away = a_member("m1", "clock", absences=(Span(at(first), at(last)),))
    members = [away, a_member("m2", "clock")] if colleague else [away]
    return a_problem([a_unit("p1", *members)], DAILY, [TWO])


def test_two_free_days_in_a_row_are_the_most() -> None:
    problem = a_problem([a_unit()], DAILY, [TWO])
    assert allowed(problem, *doing("Mon", "Thu", "Fri"))
    (found,) = breaches(problem, *doing("Mon", "Fri"))
    assert (found.unit, found.duty, found.by) == ("p1", "Fri", 1)
    assert found.sentence("en") == (
        "Days off of p1 in a row, from Tue 1 Dec, 00:00 to Fri 4 Dec, 00:00: 3; at most 2."
    )


def test_free_days_before_the_first_and_after_the_last_day_of_work_count() -> None:
    problem = a_problem([a_unit()], DAILY, [TWO])
    assert allowed(problem, *doing("Wed", "Fri"))
    assert not allowed(problem, *doing("Thu", "Fri"))
    assert not allowed(problem, *doing("Wed", "Thu"))
    assert len(breaches(problem, *doing("Thu"))) == 2


def test_who_works_nothing_at_all_breaks_nothing() -> None:
    assert allowed(a_problem([a_unit()], DAILY, [TWO]))
    known = {"p1": [*past("Sun")["p1"], *past("Mon", week=1)["p1"]]}
    assert allowed(a_problem([a_unit()], DAILY, [TWO], worked=known))


def test_days_outside_the_horizon_do_not_count() -> None:
    problem = a_problem([a_unit()], DAILY, [TWO], worked=past("Mon"))
    assert allowed(problem, *doing("Wed", "Fri"))
    problem = a_problem([a_unit()], DAILY, [TWO], worked=past("Sun", week=1))
    assert allowed(problem, *doing("Wed", "Fri"))


def test_a_horizon_shorter_than_the_limit_asks_for_nothing() -> None:
    horizon = a_week(days=3)
    problem = a_problem([a_unit()], daily(horizon), [TWO], horizon=horizon)
    assert allowed(problem, *doing("Mon"))
    assert allowed(problem, *doing("Wed"))


def test_days_of_leave_end_a_run_of_free_days() -> None:
    problem = on_leave("Thu 00:00", "Sat 00:00")
    assert allowed(problem, *doing("Wed"))
    assert allowed(problem, *doing("Tue"))
    assert not allowed(on_leave("Fri 00:00", "Sun 24:00"), *doing("Mon"))
    assert allowed(on_leave("Thu 00:00", "Sun 24:00"), *doing("Mon"))


@pytest.mark.parametrize(
    ("first", "last"), [("Thu 23:00", "Fri 00:00"), ("Thu 00:00", "Thu 00:01")]
)
def test_leave_on_a_part_of_the_day_makes_it_a_day_of_leave(first: str, last: str) -> None:
    assert allowed(on_leave(first, last), *doing("Wed", "Sat"))
    assert allowed(on_leave(first, last), *doing("Tue", "Sat"))
    assert allowed(on_leave(first, last), *doing("Wed", "Sun"))


def test_leave_of_one_of_two_on_a_clock_is_no_leave_of_both() -> None:
    assert not allowed(on_leave("Thu 00:00", "Sat 00:00", colleague=True), *doing("Wed"))


def test_leave_counts_for_the_clock_of_whoever_has_it() -> None:
    """Of the two on p1 one is on leave; the other goes on with p2."""
    tired = a_member("m1", absences=(Span(at("Thu 00:00"), at("Sat 24:00")),))
    colleague = a_member("m2")
    units = [a_unit("p1", tired, colleague), a_unit("p2", colleague)]
    problem = a_problem(units, DAILY, [TWO])
    assert allowed(problem, *doing("Wed"), *doing("Fri", "Sun", unit="p2"))
    assert not allowed(problem, *doing("Wed"))


def test_a_duty_that_reports_before_midnight_belongs_to_the_day_after() -> None:
    early = a_duty("early", "Fri 00:10", "Fri 08:00", before=30)
    problem = a_problem([a_unit()], [*DAILY, early], [TWO])
    assert not allowed(problem, *doing("Mon", "early"))
    assert allowed(problem, *doing("Tue", "early"))


@pytest.mark.parametrize("monday", ["2026-10-19", "2026-03-23"])
def test_a_day_is_a_local_date_also_when_the_clocks_change(monday: str) -> None:
    horizon = a_week(monday, days=9)
    late = daily(horizon, hours="23:30-24:00")
    small = a_duty("small", "Tue 00:30", "Tue 04:00", week=1, horizon=horizon)
    fortnight = in_force(
        CODE, Scope(during=Span(at("Fri 00:00", 0, horizon), 10**5)), maximum_days=2
    )
    problem = a_problem([a_unit()], [*late, small], [fortnight], horizon=horizon)
    busy = ("Mon", "Tue", "Wed", "Thu", "Fri")
    assert not allowed(problem, *doing(*busy, "small"))
    assert allowed(problem, *doing(*busy, "Sat", "small"))


def test_a_run_is_judged_when_the_work_before_or_after_it_is_in_force() -> None:
    monday = Scope(during=Span(at("Mon 00:00"), at("Mon 24:00")))
    problem = a_problem([a_unit()], DAILY, [in_force(CODE, monday, maximum_days=2)])
    (found,) = breaches(problem, *doing("Mon", "Fri"))
    assert found.duty == "Mon"
    assert allowed(problem, *doing("Tue", "Fri"))
    assert allowed(problem, *doing("Mon", "Tue"))


def test_of_a_day_only_what_is_in_force_is_blamed() -> None:
    afternoon = Scope(during=Span(at("Mon 12:00"), at("Mon 24:00")))
    duties = [*DAILY, a_duty("late", "Mon 14:00", "Mon 22:00")]
    problem = a_problem([a_unit()], duties, [in_force(CODE, afternoon, maximum_days=2)])
    assert allowed(problem, *doing("Mon", "Fri"))
    assert not allowed(problem, *doing("late", "Fri"))
    assert not allowed(problem, *doing("Mon", "late"))


def test_a_day_with_work_out_of_scope_is_free() -> None:
    standby = a_duty("standby", "Wed 08:00", "Wed 16:00", kind=DutyKind.STANDBY)
    patrols: RuleInForce = in_force(CODE, Scope(kinds=(DutyKind.PATROL,)), maximum_days=2)
    problem = a_problem([a_unit()], [*DAILY, standby], [patrols])
    assert not allowed(problem, *doing("Mon", "standby", "Fri"))
    assert allowed(problem, *doing("standby"))


def test_units_named_are_bound_and_no_others() -> None:
    of_p1 = in_force(CODE, Scope(units=("p1",)), maximum_days=2)
    problem = a_problem([a_unit("p1"), a_unit("p2")], DAILY, [of_p1])
    assert allowed(problem, *doing("Mon", unit="p2"))
    assert not allowed(problem, *doing("Mon", unit="p1"))
    both = [*doing("Mon"), *doing("Mon", unit="p2")]
    assert near(problem, ("p1", "Mon"), *both) == [CODE]
    assert near(problem, ("p2", "Mon"), *both) == []


def test_no_day_off_at_all_is_no_pattern() -> None:
    with pytest.raises(InvalidParameters, match="maximum_days is 0; at least 1"):
        rule(in_force(CODE, maximum_days=0))
