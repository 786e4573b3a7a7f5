"""After a night no early duty on the next day: shifts that may not follow one another."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rule
from scheduler.duties import Duty
from scheduler.errors import InvalidParameters
from scheduler.forces import DutyKind
from scheduler.moments import Horizon, Span
from scheduler.rule import Scope
from scheduler.statement import Statement
from scheduler.terms import About
from scheduler.wording import Shift
from tests.builders import (
    DAYS,
    SHIFTS,
    WEEK,
    a_duty,
    a_member,
    a_problem,
    a_unit,
    a_week,
    at,
    in_force,
    worked,
)
from tests.scheduler.rules.daily import doing
from tests.scheduler.verdicts import allowed, breaches, near

CODE = "forbidden-successions"
RULE = in_force(CODE, successions=("night>early", "night>late", "late>early"))


def all_shifts(horizon: Horizon = WEEK) -> list[Duty]:
    return [
        a_duty(
            f"{day} {shift}",
            f"{day} {first}:00",
            f"{day} {last}:00",
            horizon=horizon,
            before=20,
            shift=shift,
        )
        for day in DAYS
        for shift, (first, last) in SHIFTS.items()
    ]


WEEKLY = all_shifts()


def test_what_may_not_follow_a_shift_does_not_follow_it_on_the_next_day() -> None:
    problem = a_problem([a_unit()], WEEKLY, [RULE])
    for forbidden in (("night", "early"), ("night", "late"), ("late", "early")):
        first, second = forbidden
        (found,) = breaches(problem, *doing(f"Mon {first}", f"Tue {second}"))
        assert (found.unit, found.duty) == ("p1", f"Tue {second}")
    for fine in (("early", "late"), ("early", "night"), ("late", "night"), ("night", "night")):
        first, second = fine
        assert allowed(problem, *doing(f"Mon {first}", f"Tue {second}"))


def test_the_sentence_names_both() -> None:
    problem = a_problem([a_unit()], WEEKLY, [RULE])
    (found,) = breaches(problem, *doing("Mon night", "Tue early"))
    assert found.sentence("de") == (
        "p1: Mo. 30. Nov. Nacht, dann Di. 1. Dez. Frühdienst; am nächsten Tag darf das eine "
        "nicht auf das andere folgen."
    )


def test_only_the_next_day_counts() -> None:
    problem = a_problem([a_unit()], WEEKLY, [RULE])
    assert allowed(problem, *doing("Mon night", "Wed early"))
    assert allowed(problem, *doing("Mon night", "Mon early"))
    assert allowed(problem, *doing("Tue night", "Mon early"))


def test_a_duty_that_reports_before_midnight_belongs_to_the_day_after() -> None:
    small = a_duty("small", "Wed 00:10", "Wed 06:00", before=30, shift="early")
    problem = a_problem([a_unit()], [*WEEKLY, small], [RULE])
    assert allowed(problem, *doing("Mon late", "small"))
    (found,) = breaches(problem, *doing("Tue late", "small"))
    assert found.values["second"] == Shift(WEEK.local(at("Wed 00:10")), "early")


def test_every_succession_is_a_breach_of_its_own() -> None:
    problem = a_problem([a_unit()], WEEKLY, [RULE])
    days = doing("Mon night", "Tue early", "Tue late", "Wed early")
    assert len(breaches(problem, *days)) == 3


@pytest.mark.parametrize("monday", ["2026-10-19", "2026-03-23"])
def test_the_next_day_is_a_local_date_also_when_the_clocks_change(monday: str) -> None:
    horizon = a_week(monday, days=8)
    duties = [
        a_duty("late", "Sun 23:30", "Sun 24:00", horizon=horizon, shift="late"),
        a_duty("early", "Mon 23:30", "Mon 24:00", week=1, horizon=horizon, shift="early"),
        a_duty("small", "Mon 00:30", "Mon 04:00", week=1, horizon=horizon, shift="late"),
    ]
    problem = a_problem([a_unit()], duties, [RULE], horizon=horizon)
    assert not allowed(problem, *doing("late", "early"))
    assert allowed(problem, *doing("small", "early"))


def test_what_was_worked_before_the_horizon_counts_where_its_shift_is_known() -> None:
    for shift, good in (("night", False), ("early", True), ("", True)):
        sunday = {"p1": [worked("Sun 22:00", "Sun 30:00", shift=shift)]}
        problem = a_problem([a_unit()], WEEKLY, [RULE], worked=sunday)
        assert allowed(problem, *doing("Mon early")) is good
        assert allowed(problem, *doing("Mon night"))
        assert allowed(problem)


def test_what_is_published_after_the_horizon_counts() -> None:
    monday = {"p1": [worked("Mon 06:00", "Mon 14:00", week=1, shift="early")]}
    problem = a_problem([a_unit()], WEEKLY, [RULE], worked=monday)
    (found,) = breaches(problem, *doing("Sun night"))
    assert found.duty == "Sun night"
    assert allowed(problem, *doing("Sat night"))


def test_two_past_shifts_in_a_forbidden_order_are_no_breach_of_this_roster() -> None:
    nights = [worked("Sat 22:00", "Sat 30:00", shift="night")]
    known = {"p1": [*nights, worked("Sun 08:00", "Sun 16:00", shift="early")]}
    assert allowed(a_problem([a_unit()], WEEKLY, [RULE], worked=known), *doing("Mon early"))


def test_a_duty_without_a_shift_follows_and_precedes_all() -> None:
    unnamed = a_duty("unnamed", "Tue 06:00", "Tue 14:00")
    problem = a_problem([a_unit()], [*WEEKLY, unnamed], [RULE])
    assert allowed(problem, *doing("Mon night", "unnamed", "Wed early"))


def test_a_succession_is_judged_when_either_duty_is_in_force() -> None:
    tuesday = Scope(during=Span(at("Tue 00:00"), at("Tue 24:00")))
    problem = a_problem([a_unit()], WEEKLY, [in_force(CODE, tuesday, successions=("late>early",))])
    for days in (("Mon late", "Tue early"), ("Tue late", "Wed early")):
        (found,) = breaches(problem, *doing(*days))
        assert found.duty is not None
        assert found.duty.startswith("Tue")
    assert allowed(problem, *doing("Wed late", "Thu early"))


def test_of_equal_shifts_on_one_date_only_those_in_force_are_judged() -> None:
    evening = Scope(during=Span(at("Mon 18:00"), at("Mon 24:00")))
    later = a_duty("later", "Mon 18:00", "Mon 22:00", shift="late")
    rules = [in_force(CODE, evening, successions=("late>early",))]
    problem = a_problem([a_unit()], [*WEEKLY, later], rules)
    assert allowed(problem, *doing("Mon late", "Tue early"))
    assert not allowed(problem, *doing("later", "Tue early"))
    assert not allowed(problem, *doing("Mon late", "later", "Tue early"))


def test_what_is_out_of_scope_neither_follows_nor_precedes() -> None:
    standby = a_duty("standby", "Tue 06:00", "Tue 14:00", kind=DutyKind.STANDBY, shift="early")
    rules = [in_force(CODE, Scope(kinds=(DutyKind.PATROL,)), successions=("night>early",))]
    problem = a_problem([a_unit()], [*WEEKLY, standby], rules)
    assert allowed(problem, *doing("Mon night", "standby"))


def test_a_member_of_two_units_carries_the_shift_from_one_to_the_other() -> None:
    lent = a_member("m1")
    units = [a_unit("p1", lent), a_unit("p2", a_member("m2"), lent)]
    problem = a_problem(units, WEEKLY, [RULE])
    assert not allowed(problem, *doing("Mon night"), *doing("Tue early", unit="p2"))
    assert allowed(problem, *doing("Mon night"), *doing("Wed early", unit="p2"))


def test_a_clause_tells_whose_clock_it_speaks_of_and_the_day_of_the_first() -> None:
    days = [duty for duty in WEEKLY if duty.id in ("Tue night", "Wed early")]
    statement = Statement(a_problem([a_unit()], days, [RULE]))
    rule(RULE).constrain(statement.problem, statement, statement)
    about = About(clock="p1", moment=at("Tue 00:00"))
    assert [said.about for said in statement.clauses] == [about]


def test_units_named_are_bound_and_no_others() -> None:
    of_p1 = in_force(CODE, Scope(units=("p1",)), successions=("night>early",))
    problem = a_problem([a_unit("p1"), a_unit("p2")], WEEKLY, [of_p1])
    days = ("Mon night", "Tue early")
    assert allowed(problem, *doing(*days, unit="p2"))
    assert not allowed(problem, *doing(*days, unit="p1"))
    both = [*doing(*days), *doing(*days, unit="p2")]
    assert near(problem, ("p1", "Mon night"), *both) == [CODE]
    assert near(problem, ("p2", "Mon night"), *both) == []


@pytest.mark.parametrize("strange", ["night", "night>", ">early", "night>early>late", ""])
def test_a_succession_names_two_shifts(strange: str) -> None:
    with pytest.raises(InvalidParameters) as refused:
        rule(in_force(CODE, successions=("late>early", strange)))
    assert refused.value.code == CODE
    assert refused.value.faults == (f"successions has {strange!r}, not one such as night>early",)
