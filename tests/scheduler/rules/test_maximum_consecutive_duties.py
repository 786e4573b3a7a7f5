"""No more days of work in a row than the service has settled on."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rule
from scheduler.errors import InvalidParameters
from scheduler.forces import DutyKind
from scheduler.moments import Span
from scheduler.rule import Scope
from tests.builders import a_duty, a_member, a_problem, a_unit, a_week, at, in_force
from tests.scheduler.rules.daily import daily, doing, past
from tests.scheduler.verdicts import allowed, breaches, near

CODE = "maximum-consecutive-duties"
THREE = in_force(CODE, maximum_days=3)
DAILY = daily()


def test_three_days_in_a_row_are_the_most() -> None:
    problem = a_problem([a_unit()], DAILY, [THREE])
    assert allowed(problem, *doing("Tue", "Wed", "Thu"))
    (found,) = breaches(problem, *doing("Tue", "Wed", "Thu", "Fri"))
    assert (found.unit, found.duty, found.by) == ("p1", "Fri", 1)
    assert found.sentence("fr") == (
        "Jours d'affilée où p1 travaille, du mar. 1 déc. 08:00 au ven. 4 déc. 08:00 : 4 ; "
        "au plus 3."
    )


def test_a_day_off_starts_the_count_again() -> None:
    problem = a_problem([a_unit()], DAILY, [THREE])
    assert allowed(problem, *doing("Mon", "Tue", "Wed", "Fri", "Sat", "Sun"))


def test_two_duties_on_one_date_are_one_day() -> None:
    twice = [*DAILY, a_duty("evening", "Tue 20:00", "Tue 22:00")]
    problem = a_problem([a_unit()], twice, [THREE])
    assert allowed(problem, *doing("Mon", "Tue", "evening", "Wed"))


def test_a_sentence_tells_the_first_duty_of_its_first_and_of_its_last_day() -> None:
    evenings = [a_duty(f"{day} late", f"{day} 20:00", f"{day} 22:00") for day in ("Mon", "Thu")]
    problem = a_problem([a_unit()], [*DAILY, *evenings], [THREE])
    (found,) = breaches(problem, *doing("Mon", "Mon late", "Tue", "Wed", "Thu", "Thu late"))
    assert found.values["first"] == problem.moment(at("Mon 08:00"))
    assert found.values["last"] == problem.moment(at("Thu 08:00"))


def test_a_duty_that_reports_before_midnight_belongs_to_the_day_after() -> None:
    early = a_duty("early", "Tue 00:10", "Tue 08:00", before=30)
    problem = a_problem([a_unit()], [*DAILY, early], [THREE])
    assert not allowed(problem, *doing("early", "Wed", "Thu", "Fri"))


def test_a_night_belongs_to_the_date_on_which_it_starts() -> None:
    nights = daily(hours="22:00-30:00")
    problem = a_problem([a_unit()], nights, [THREE])
    assert allowed(problem, *doing("Mon", "Tue", "Wed"))


def test_days_worked_before_the_horizon_count() -> None:
    problem = a_problem([a_unit()], DAILY, [THREE], worked=past("Sat", "Sun"))
    assert allowed(problem, *doing("Mon"))
    assert allowed(problem, *doing("Tue", "Wed", "Thu"))
    assert not allowed(problem, *doing("Mon", "Tue"))


def test_days_published_after_the_horizon_count() -> None:
    problem = a_problem([a_unit()], DAILY, [THREE], worked=past("Mon", "Tue", week=1))
    assert allowed(problem, *doing("Sun"))
    assert not allowed(problem, *doing("Sat", "Sun"))


def test_one_day_can_join_past_and_future_ones() -> None:
    known = {"p1": [*past("Sat", "Sun")["p1"], *past("Tue", week=0)["p1"]]}
    horizon = a_week(days=1)
    problem = a_problem([a_unit()], DAILY[:1], [THREE], horizon=horizon, worked=known)
    assert allowed(problem)
    assert not allowed(problem, *doing("Mon"))


def test_too_many_past_days_are_no_breach_of_this_roster() -> None:
    history = past("Wed", "Thu", "Fri", "Sat")
    problem = a_problem([a_unit()], DAILY, [THREE], worked=history)
    assert allowed(problem, *doing("Mon", "Tue", "Wed"))


@pytest.mark.parametrize("monday", ["2026-10-19", "2026-03-23"])
def test_a_day_is_a_local_date_also_when_the_clocks_change(monday: str) -> None:
    horizon = a_week(monday, days=8)
    late = daily(horizon, hours="23:30-24:00")
    small = a_duty("small", "Mon 00:30", "Mon 04:00", week=1, horizon=horizon)
    problem = a_problem([a_unit()], [*late, small], [THREE], horizon=horizon)
    assert not allowed(problem, *doing("Fri", "Sat", "Sun", "small"))
    assert allowed(problem, *doing("Sat", "Sun", "small"))


def test_a_member_on_leave_had_the_day_off() -> None:
    leave = Span(at("Wed 00:00"), at("Wed 24:00"))
    days = doing("Mon", "Tue", "Wed", "Thu")
    alone = a_unit("p1", a_member("m1", absences=(leave,)))
    assert allowed(a_problem([alone], DAILY, [THREE]), *days)
    pair = a_unit("p1", a_member("m1", absences=(leave,)), a_member("m2"))
    assert len(breaches(a_problem([pair], DAILY, [THREE]), *days)) == 1


def test_days_under_another_framework_add_to_those_of_this_one() -> None:
    since_thursday = Scope(during=Span(at("Thu 00:00"), at("Sun 24:00")))
    problem = a_problem([a_unit()], DAILY, [in_force(CODE, since_thursday, maximum_days=3)])
    assert allowed(problem, *doing("Mon", "Tue", "Wed"))
    (found,) = breaches(problem, *doing("Mon", "Tue", "Wed", "Thu"))
    assert found.duty == "Thu"
    assert not allowed(problem, *doing("Thu", "Fri", "Sat", "Sun"))
    until_tuesday = Scope(during=Span(at("Mon 00:00"), at("Tue 24:00")))
    problem = a_problem([a_unit()], DAILY, [in_force(CODE, until_tuesday, maximum_days=3)])
    assert allowed(problem, *doing("Wed", "Thu", "Fri", "Sat"))
    (found,) = breaches(problem, *doing("Tue", "Wed", "Thu", "Fri"))
    assert found.duty == "Tue"


def test_of_a_day_only_what_is_in_force_is_blamed() -> None:
    afternoon = Scope(during=Span(at("Tue 12:00"), at("Tue 24:00")))
    duties = [*DAILY, a_duty("late", "Tue 14:00", "Tue 22:00")]
    problem = a_problem([a_unit()], duties, [in_force(CODE, afternoon, maximum_days=1)])
    assert allowed(problem, *doing("Mon", "Tue"))
    assert not allowed(problem, *doing("Mon", "late"))
    assert not allowed(problem, *doing("Mon", "Tue", "late"))


def test_what_is_out_of_scope_makes_no_day_of_work() -> None:
    standby = a_duty("standby", "Tue 08:00", "Tue 16:00", kind=DutyKind.STANDBY)
    patrols = in_force(CODE, Scope(kinds=(DutyKind.PATROL,)), maximum_days=3)
    problem = a_problem([a_unit()], [*DAILY, standby], [patrols])
    assert allowed(problem, *doing("Mon", "standby", "Wed", "Thu"))


def test_units_named_are_bound_and_no_others() -> None:
    rule_of_p1 = in_force(CODE, Scope(units=("p1", "stranger")), maximum_days=3)
    problem = a_problem([a_unit("p1"), a_unit("p2")], DAILY, [rule_of_p1])
    days = ("Mon", "Tue", "Wed", "Thu")
    assert allowed(problem, *doing(*days, unit="p2"))
    assert not allowed(problem, *doing(*days, unit="p1"))
    both = [*doing(*days), *doing(*days, unit="p2")]
    assert near(problem, ("p1", "Mon"), *both) == [CODE]
    assert near(problem, ("p2", "Mon"), *both) == []


def test_a_member_of_two_units_adds_up_what_both_work() -> None:
    lent = a_member("m1")
    units = [a_unit("p1", lent), a_unit("p2", a_member("m2"), lent)]
    problem = a_problem(units, DAILY, [THREE])
    assert not allowed(problem, *doing("Mon", "Tue"), *doing("Wed", "Thu", unit="p2"))
    assert allowed(problem, *doing("Mon", "Tue"), *doing("Thu", "Fri", unit="p2"))


def test_no_day_at_all_is_no_pattern() -> None:
    with pytest.raises(InvalidParameters, match="maximum_days is 0; at least 1"):
        rule(in_force(CODE, maximum_days=0))
