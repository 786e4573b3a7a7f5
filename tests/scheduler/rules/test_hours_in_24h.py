"""RPPol art. VI.I.4 §2: at most 12 hours of work in any 24, as amended on 9 July 2024."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rules_of
from scheduler.forces import DutyKind, Worked
from scheduler.moments import Span
from scheduler.rule import Scope
from scheduler.statement import Statement
from scheduler.terms import About, AtMost, Clause
from tests.builders import HOUR, a_duty, a_member, a_problem, a_unit, a_week, at, in_force, worked
from tests.scheduler.verdicts import allowed, breaches

TWELVE = in_force("hours-in-24h", maximum_minutes=12 * HOUR)


@pytest.mark.parametrize(("until", "good"), [("Mon 18:00", True), ("Mon 18:01", False)])
def test_one_duty_lasts_twelve_hours_at_most(until: str, good: bool) -> None:
    problem = a_problem([a_unit()], [a_duty("long", "Mon 06:00", until)], [TWELVE])
    assert allowed(problem, ("p1", "long")) is good


def test_hours_run_from_reporting_to_release() -> None:
    duty = a_duty("long", "Mon 06:30", "Mon 18:00", before=30, after=1)
    assert not allowed(a_problem([a_unit()], [duty], [TWELVE]), ("p1", "long"))


@pytest.mark.parametrize(("begins", "good"), [("Tue 02:00", True), ("Tue 01:59", False)])
def test_only_the_part_inside_the_24_hours_counts(begins: str, good: bool) -> None:
    """Monday 06:00-14:00 and Tuesday to 10:00: of Monday's eight hours four are left."""
    duties = [a_duty("mon"), a_duty("tue", begins, "Tue 10:00")]
    problem = a_problem([a_unit()], duties, [TWELVE])
    assert allowed(problem, ("p1", "mon"), ("p1", "tue")) is good


def test_the_fullest_24_hours_may_end_with_another_duty_than_the_last() -> None:
    duties = [
        a_duty("a", "Mon 00:00", "Mon 08:00"),
        a_duty("b", "Mon 19:00", "Mon 24:00"),
        a_duty("c", "Tue 20:00", "Tue 21:00"),
    ]
    problem = a_problem([a_unit()], duties, [TWELVE])
    found = breaches(problem, *[("p1", d) for d in "abc"])
    assert [(v.unit, v.duty, v.by) for v in found] == [("p1", "b", HOUR)]
    assert found[0].sentence("fr") == (
        "p1 preste 13 h dans les 24 heures qui précèdent mar. 1 déc. 00:00 ; le maximum est de "
        "12 h."
    )


def test_work_before_the_horizon_counts_with_its_part() -> None:
    duty = a_duty("early", "Mon 00:00", "Mon 06:00")
    for past, good in (("Sun 18:00", True), ("Sun 18:01", False)):
        history = {"p1": [worked("Sun 12:00", past)]}
        problem = a_problem([a_unit()], [duty], [TWELVE], worked=history)
        assert allowed(problem, ("p1", "early")) is good


def test_work_after_the_horizon_counts_as_well() -> None:
    duty = a_duty("late", "Sun 14:00", "Sun 22:00")
    for until, good in (("Mon 08:00", True), ("Mon 08:01", False)):
        history = {"p1": [worked("Mon 04:00", until, week=1)]}
        problem = a_problem([a_unit()], [duty], [TWELVE], worked=history)
        assert allowed(problem, ("p1", "late")) is good


def test_work_outside_the_horizon_lasts_until_its_release() -> None:
    duty = a_duty("late", "Sun 14:00", "Sun 22:00")
    starts, ends = at("Mon 04:00", 1), at("Mon 08:00", 1)
    for released, good in ((ends, True), (ends + 1, False)):
        history = {"p1": [Worked(starts, starts, ends, released)]}
        problem = a_problem([a_unit()], [duty], [TWELVE], worked=history)
        assert allowed(problem, ("p1", "late")) is good


def test_not_a_minute_is_left_where_the_past_is_full() -> None:
    for past, good in (("Sun 11:59", True), ("Sun 12:00", False)):
        history = {"p1": [worked("Sun 00:02", past), worked("Sun 12:00", "Sun 12:02")]}
        call = a_duty("call", "Mon 00:00", "Mon 00:01")
        problem = a_problem([a_unit()], [call], [TWELVE], worked=history)
        assert allowed(problem, ("p1", "call")) is good


def test_where_no_work_is_allowed_a_minute_is_too_much() -> None:
    none = in_force("hours-in-24h", maximum_minutes=0)
    problem = a_problem([a_unit()], [a_duty("call", "Mon 06:00", "Mon 06:01")], [none])
    (found,) = breaches(problem, ("p1", "call"))
    assert found.values["ends"] == problem.moment(at("Mon 06:01"))


def test_each_stretch_that_is_too_full_is_told() -> None:
    long = [a_duty(day, f"{day} 06:00", f"{day} 19:00") for day in ("Mon", "Thu")]
    problem = a_problem([a_unit()], long, [TWELVE])
    found = breaches(problem, ("p1", "Mon"), ("p1", "Thu"))
    assert [(v.unit, v.duty, v.by) for v in found] == [("p1", "Mon", HOUR), ("p1", "Thu", HOUR)]


def test_too_many_past_hours_are_no_breach_of_this_roster_but_leave_no_room() -> None:
    history = {"p1": [worked("Sun 08:00", "Sun 24:00")]}
    duties = [a_duty("soon", "Mon 01:00", "Mon 02:00"), a_duty("later", "Mon 23:59", "Tue 01:00")]
    problem = a_problem([a_unit()], duties, [TWELVE], worked=history)
    assert allowed(problem)
    assert not allowed(problem, ("p1", "soon"))
    assert allowed(problem, ("p1", "later"))


def test_the_night_of_the_autumn_change_lasts_an_hour_more() -> None:
    for monday, good in (("2026-10-12", True), ("2026-10-19", False)):
        horizon = a_week(monday)
        night = a_duty("night", "Sat 20:00", "Sun 08:00", horizon=horizon)
        problem = a_problem([a_unit()], [night], [TWELVE], horizon=horizon)
        assert allowed(problem, ("p1", "night")) is good


def test_the_hours_of_an_absent_member_are_not_counted() -> None:
    leave = Span(at("Mon 14:00"), at("Tue 00:00"))
    unit = a_unit("p1", a_member("m1", absences=(leave,)), a_member("m2"))
    duties = [a_duty("day"), a_duty("more", "Mon 14:00", "Mon 20:00")]
    both = ("p1", "day"), ("p1", "more")
    assert len(breaches(a_problem([unit], duties, [TWELVE]), *both)) == 1
    away = a_unit("p1", a_member("m1", absences=(leave,)))
    assert allowed(a_problem([away], duties, [TWELVE]), *both)


def test_hours_in_two_units_add_up_for_who_serves_in_both() -> None:
    shared = a_member("m1")
    units = a_unit("p1", shared), a_unit("p2", shared)
    duties = [a_duty("day"), a_duty("more", "Mon 15:00", "Mon 20:00")]
    problem = a_problem(units, duties, [TWELVE])
    assert not allowed(problem, ("p1", "day"), ("p2", "more"))


def test_a_standby_out_of_scope_is_no_work() -> None:
    rule = in_force("hours-in-24h", Scope(kinds=(DutyKind.PATROL,)), maximum_minutes=12 * HOUR)
    duties = [a_duty("day"), a_duty("home", "Mon 14:00", "Tue 06:00", kind=DutyKind.STANDBY)]
    assert allowed(a_problem([a_unit()], duties, [rule]), ("p1", "day"), ("p1", "home"))


def test_a_framework_that_starts_today_still_counts_the_hours_of_yesterday() -> None:
    since_tuesday = Scope(during=Span(at("Tue 00:00"), at("Sun 24:00")))
    rule = in_force("hours-in-24h", since_tuesday, maximum_minutes=12 * HOUR)
    duties = [
        a_duty("mon", "Mon 12:00", "Mon 20:00"),
        a_duty("mon-more", "Mon 08:00", "Mon 13:00"),
        a_duty("tue", "Tue 05:00", "Tue 10:00"),
    ]
    problem = a_problem([a_unit()], duties, [rule])
    assert allowed(problem, ("p1", "mon"), ("p1", "mon-more"))
    assert not allowed(problem, ("p1", "mon"), ("p1", "tue"))


def test_what_an_older_framework_allowed_is_no_breach_while_nothing_is_added() -> None:
    since_tuesday = Scope(during=Span(at("Tue 00:00"), at("Sun 24:00")))
    rule = in_force("hours-in-24h", since_tuesday, maximum_minutes=12 * HOUR)
    duties = [
        a_duty("mon", "Mon 10:00", "Mon 18:00"),
        a_duty("mon-more", "Mon 18:00", "Mon 24:00"),
        a_duty("tue", "Tue 00:00", "Tue 01:00"),
    ]
    problem = a_problem([a_unit()], duties, [rule])
    assert allowed(problem, ("p1", "mon"), ("p1", "mon-more"))
    assert not allowed(problem, ("p1", "mon"), ("p1", "mon-more"), ("p1", "tue"))


def test_the_model_gets_plain_sums_over_duties_only() -> None:
    """A condition would weaken the bound; windows without a duty have nothing to say."""
    history = {"p1": [worked("Wed 08:00", "Wed 16:00"), worked("Sun 08:00", "Sun 16:00")]}
    problem = a_problem([a_unit()], [a_duty()], [TWELVE], worked=history)
    clauses: list[Clause] = []

    def keep(clause: Clause, about: About) -> None:
        clauses.append(clause)

    (rule,) = rules_of(problem)
    rule.constrain(problem, Statement(problem), keep)
    (only,) = clauses
    assert isinstance(only, AtMost)
    assert (only.bound, only.when, [t.times for t in only.terms]) == (10 * HOUR, (), [8 * HOUR])
