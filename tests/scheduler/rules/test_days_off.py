"""On the dates that were granted to it a unit starts no duty."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rule
from scheduler.errors import InvalidParameters
from scheduler.forces import DutyKind
from scheduler.moments import Span
from scheduler.rule import EligibilityRule, Scope
from tests.builders import a_duty, a_problem, a_unit, a_week, at, in_force
from tests.scheduler.rules.daily import daily, doing
from tests.scheduler.verdicts import allowed, breaches, near

CODE = "days-off"
TWO = in_force(CODE, dates=("2026-12-02", "2026-12-05"))  # a Wednesday and a Saturday


def test_no_duty_starts_on_a_day_off() -> None:
    problem = a_problem([a_unit()], daily(), [TWO])
    assert allowed(problem, *doing("Mon", "Tue", "Thu", "Fri", "Sun"))
    (found,) = breaches(problem, *doing("Sat"))
    assert (found.unit, found.duty) == ("p1", "Sat")
    assert found.sentence("en") == (
        "p1 has the day off on which this duty starts, Sat 5 Dec, 08:00."
    )
    assert len(breaches(problem, *doing("Wed", "Sat"))) == 2


@pytest.mark.parametrize(
    ("starts", "good"),
    [("Tue 23:59", True), ("Wed 00:00", False), ("Wed 23:59", False), ("Thu 00:00", True)],
)
def test_a_day_off_runs_from_midnight_to_midnight(starts: str, good: bool) -> None:
    duty = a_duty("edge", starts, at(starts) + 480)
    assert allowed(a_problem([a_unit()], [duty], [TWO]), *doing("edge")) is good


def test_a_duty_that_reports_before_midnight_starts_after_it() -> None:
    duty = a_duty("early", "Wed 00:10", "Wed 08:00", before=30)
    assert not allowed(a_problem([a_unit()], [duty], [TWO]), *doing("early"))


@pytest.mark.parametrize(
    ("monday", "sunday"), [("2026-10-19", "2026-10-25"), ("2026-03-23", "2026-03-29")]
)
@pytest.mark.parametrize(
    ("starts", "good"),
    [("Sat 23:30", True), ("Sun 00:30", False), ("Sun 23:30", False), ("Sun 24:30", True)],
)
def test_the_day_is_a_local_date_also_when_the_clocks_change(
    monday: str, sunday: str, starts: str, good: bool
) -> None:
    horizon = a_week(monday, days=8)
    duty = a_duty("duty", starts, at(starts, 0, horizon) + 60, horizon=horizon)
    rules = [in_force(CODE, dates=(sunday,))]
    problem = a_problem([a_unit()], [duty], rules, horizon=horizon)
    assert allowed(problem, *doing("duty")) is good


def test_days_outside_the_horizon_and_none_at_all_ask_for_nothing() -> None:
    for dates in ((), ("2026-11-29", "2026-12-07")):
        problem = a_problem([a_unit()], daily(), [in_force(CODE, dates=dates)])
        assert allowed(problem, *doing("Mon", "Wed", "Sun"))


def test_the_day_off_is_for_what_is_in_scope() -> None:
    patrols = in_force(CODE, Scope(kinds=(DutyKind.PATROL,)), dates=("2026-12-02",))
    standby = a_duty("standby", "Wed 08:00", "Wed 16:00", kind=DutyKind.STANDBY)
    problem = a_problem([a_unit()], [*daily(), standby], [patrols])
    assert allowed(problem, *doing("standby"))
    assert not allowed(problem, *doing("Wed"))
    since_noon = Scope(during=Span(at("Wed 12:00"), at("Sun 24:00")))
    problem = a_problem([a_unit()], daily(), [in_force(CODE, since_noon, dates=("2026-12-02",))])
    assert allowed(problem, *doing("Wed"))


def test_units_named_have_the_day_off_and_no_others() -> None:
    of_p1 = in_force(CODE, Scope(units=("p1",)), dates=("2026-12-02",))
    problem = a_problem([a_unit("p1"), a_unit("p2")], daily(), [of_p1])
    assert allowed(problem, *doing("Wed", unit="p2"))
    assert not allowed(problem, *doing("Wed", unit="p1"))
    both = [*doing("Tue", "Wed"), *doing("Wed", unit="p2")]
    assert near(problem, ("p1", "Wed"), *both) == [CODE]
    assert near(problem, ("p1", "Tue"), *both) == []
    assert near(problem, ("p2", "Wed"), *both) == []


def test_units_and_duties_are_told_apart_no_further_than_needed() -> None:
    of_two = in_force(CODE, Scope(units=("p1", "p2")), dates=("2026-12-02", "2026-12-05"))
    units = [a_unit(name) for name in ("p1", "p2", "p3")]
    problem = a_problem(units, daily(), [of_two])
    days_off = rule(of_two)
    assert isinstance(days_off, EligibilityRule)
    assert [days_off.like_units(problem, unit) for unit in units] == [True, True, False]
    alike = [days_off.like_duties(problem, duty) for duty in problem.duties]
    assert alike == [False, False, True, False, False, True, False]


def test_what_is_refused_pair_by_pair_is_what_is_in_scope() -> None:
    since_noon = Scope(units=("p1",), during=Span(at("Wed 12:00"), at("Sun 24:00")))
    granted = in_force(CODE, since_noon, dates=("2026-12-02", "2026-12-05"))
    problem = a_problem([a_unit("p1"), a_unit("p2")], daily(), [granted])
    days_off = rule(granted)
    assert isinstance(days_off, EligibilityRule)
    refused = [
        (unit.id, duty.id)
        for unit in problem.units
        for duty in problem.duties
        if days_off.forbids(problem, unit, duty)
    ]
    assert refused == [("p1", "Sat")]


@pytest.mark.parametrize("strange", ["", "20261202", "2026-W49-3", "2026-02-30", "Wed"])
def test_a_date_is_written_in_full(strange: str) -> None:
    with pytest.raises(InvalidParameters) as refused:
        rule(in_force(CODE, dates=("2026-12-02", strange)))
    assert refused.value.code == CODE
    assert refused.value.faults == (f"dates has {strange!r}, not a date such as 2026-12-24",)
