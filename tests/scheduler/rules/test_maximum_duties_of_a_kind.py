"""No more duties of certain shifts in one roster than were settled on."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rule
from scheduler.errors import InvalidParameters
from scheduler.forces import DutyKind
from scheduler.moments import Span
from scheduler.rule import Scope
from scheduler.statement import Statement
from scheduler.terms import About
from tests.builders import DAYS, a_duty, a_member, a_problem, a_unit, at, in_force
from tests.scheduler.rules.daily import daily, doing, past
from tests.scheduler.verdicts import allowed, breaches, near

CODE = "maximum-duties-of-a-kind"
TWO_NIGHTS = in_force(CODE, shifts=("night",), maximum_duties=2)
NIGHTS = daily(hours="22:00-30:00", shift="night")
EARLY = a_duty("early", "Tue 06:00", "Tue 14:00", shift="early")
LATE = a_duty("late", "Thu 14:00", "Thu 22:00", shift="late")
DUTIES = [*NIGHTS, EARLY, LATE]


def test_two_nights_are_the_most() -> None:
    problem = a_problem([a_unit()], DUTIES, [TWO_NIGHTS])
    assert allowed(problem, *doing("Mon", "Thu"))
    (found,) = breaches(problem, *doing("Mon", "Thu", "Sun"))
    assert (found.unit, found.duty, found.by) == ("p1", "Sun", 1)
    assert found.sentence("nl") == (
        "Met peterbos, zo 6 dec nacht heeft p1 3 diensten van deze soort; hoogstens 2 zijn "
        "toegelaten."
    )


def test_duties_of_other_shifts_do_not_count() -> None:
    problem = a_problem([a_unit()], DUTIES, [TWO_NIGHTS])
    assert allowed(problem, *doing("Mon", "early", "late", "Sun"))


def test_the_shifts_named_are_counted_together() -> None:
    both = in_force(CODE, shifts=("early", "late"), maximum_duties=1)
    problem = a_problem([a_unit()], DUTIES, [both])
    assert allowed(problem, *doing("early", "Mon", "Wed"))
    assert not allowed(problem, *doing("early", "late"))


def test_with_no_shift_named_every_duty_counts() -> None:
    two = in_force(CODE, shifts=(), maximum_duties=2)
    unnamed = a_duty("unnamed", "Fri 06:00", "Fri 14:00")
    problem = a_problem([a_unit()], [*DUTIES, unnamed], [two])
    assert allowed(problem, *doing("Mon", "unnamed"))
    assert not allowed(problem, *doing("Mon", "early", "unnamed"))


def test_two_duties_on_one_date_are_two() -> None:
    again = a_duty("again", "Mon 00:30", "Mon 04:00", shift="night")
    problem = a_problem([a_unit()], [*NIGHTS, again], [TWO_NIGHTS])
    assert not allowed(problem, *doing("again", "Mon", "Wed"))


def test_a_maximum_of_none_forbids_the_shift() -> None:
    none = in_force(CODE, shifts=("night",), maximum_duties=0)
    problem = a_problem([a_unit()], DUTIES, [none])
    assert allowed(problem, *doing("early", "late"))
    assert not allowed(problem, *doing("Mon"))
    with pytest.raises(InvalidParameters, match="maximum_duties is -1; at least 0"):
        rule(in_force(CODE, shifts=(), maximum_duties=-1))


def test_work_outside_the_horizon_does_not_count() -> None:
    known = {"p1": [*past(*DAYS)["p1"], *past(*DAYS, week=1)["p1"]]}
    two = in_force(CODE, shifts=(), maximum_duties=2)
    problem = a_problem([a_unit()], DUTIES, [two], worked=known)
    assert allowed(problem, *doing("Mon", "early"))
    assert not allowed(problem, *doing("Mon", "early", "late"))


def test_a_duty_counts_for_those_who_are_there() -> None:
    leave = Span(at("Mon 20:00"), at("Tue 08:00"))
    unit = a_unit("p1", a_member("m1", absences=(leave,)), a_member("m2", absences=(leave,)))
    problem = a_problem([unit], NIGHTS, [TWO_NIGHTS])
    assert allowed(problem, *doing("Mon", "Wed", "Fri"))
    assert not allowed(problem, *doing("Wed", "Fri", "Sun"))


def test_duties_under_another_framework_add_to_those_of_this_one() -> None:
    since_friday = Scope(during=Span(at("Fri 00:00"), at("Sun 24:00")))
    rules = [in_force(CODE, since_friday, shifts=("night",), maximum_duties=2)]
    problem = a_problem([a_unit()], NIGHTS, rules)
    assert allowed(problem, *doing("Mon", "Tue", "Wed"))
    (found,) = breaches(problem, *doing("Mon", "Tue", "Fri"))
    assert found.duty == "Fri"
    assert not allowed(problem, *doing("Fri", "Sat", "Sun"))


def test_what_is_out_of_scope_does_not_count() -> None:
    patrols = Scope(kinds=(DutyKind.PATROL,))
    standby = a_duty("standby", "Mon 20:00", "Mon 22:00", kind=DutyKind.STANDBY, shift="night")
    rules = [in_force(CODE, patrols, shifts=("night",), maximum_duties=2)]
    problem = a_problem([a_unit()], [*NIGHTS, standby], rules)
    assert allowed(problem, *doing("standby", "Mon", "Wed"))


def test_a_member_of_two_units_adds_up_what_both_work() -> None:
    lent = a_member("m1")
    units = [a_unit("p1", lent), a_unit("p2", a_member("m2"), lent)]
    problem = a_problem(units, NIGHTS, [TWO_NIGHTS])
    assert not allowed(problem, *doing("Mon", "Wed"), *doing("Fri", unit="p2"))
    assert allowed(problem, *doing("Mon"), *doing("Fri", unit="p2"))


def test_the_clause_tells_whose_clock_it_speaks_of() -> None:
    statement = Statement(a_problem([a_unit()], NIGHTS, [TWO_NIGHTS]))
    rule(TWO_NIGHTS).constrain(statement.problem, statement, statement)
    assert [said.about for said in statement.clauses] == [About(clock="p1")]


def test_units_named_are_bound_and_no_others() -> None:
    of_p1 = in_force(CODE, Scope(units=("p1",)), shifts=("night",), maximum_duties=0)
    problem = a_problem([a_unit("p1"), a_unit("p2")], NIGHTS, [of_p1])
    assert allowed(problem, *doing("Mon", unit="p2"))
    assert not allowed(problem, *doing("Mon", unit="p1"))
    both = [*doing("Mon"), *doing("Mon", unit="p2")]
    assert near(problem, ("p1", "Mon"), *both) == [CODE]
    assert near(problem, ("p2", "Mon"), *both) == []
