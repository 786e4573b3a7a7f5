"""A day off comes with others: a run of free days has a shortest length."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rule
from scheduler.errors import InvalidParameters
from scheduler.forces import DutyKind
from scheduler.moments import Horizon, Span
from scheduler.problem import RosterProblem
from scheduler.rule import RuleInForce, Scope
from tests.builders import DAYS, WEEK, a_duty, a_problem, a_unit, a_week, at, in_force
from tests.scheduler.rules.daily import daily, doing, past
from tests.scheduler.verdicts import allowed, breaches, near

CODE = "minimum-consecutive-days-off"
BOTH = pytest.mark.parametrize("waived", [False, True])


def minimum(days: int, *, waived: bool = True, scope: Scope | None = None) -> RuleInForce:
    return in_force(CODE, scope, minimum_days=days, waived_at_edges=waived)


def a_two(
    *,
    waived: bool,
    horizon: Horizon = WEEK,
    before: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
    days: int = 2,
) -> RosterProblem:
    """At least two free days in a row, with what is worked before and after the horizon."""
    known = {"p1": [*past(*before)["p1"], *past(*after, week=1)["p1"]]}
    rules = [minimum(days, waived=waived)]
    return a_problem([a_unit()], daily(horizon), rules, horizon=horizon, worked=known)


@BOTH
def test_a_single_free_day_between_two_worked_ones_is_too_few(waived: bool) -> None:
    problem = a_two(waived=waived)
    assert allowed(problem, *doing("Mon", "Tue", "Fri", "Sat", "Sun"))
    assert allowed(problem, *doing("Mon", "Fri", "Sat", "Sun"))
    (found,) = breaches(problem, *doing("Mon", "Tue", "Thu", "Fri", "Sat", "Sun"))
    assert (found.unit, found.duty, found.by) == ("p1", "Thu", -1)
    assert found.sentence("nl") == (
        "Vrije dagen van p1 na elkaar tussen wo 2 dec 00:00 en do 3 dec 00:00: 1; minstens 2."
    )


@BOTH
def test_every_shorter_run_is_refused(waived: bool) -> None:
    problem = a_two(waived=waived, days=3)
    for again, good in (("Tue", True), ("Wed", False), ("Thu", False), ("Fri", True)):
        rest_of_week = DAYS[DAYS.index(again) :]
        assert allowed(problem, *doing("Mon", *rest_of_week)) is good


@BOTH
def test_no_free_day_at_all_is_no_run(waived: bool) -> None:
    week = doing("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert allowed(a_two(waived=waived), *week)


@BOTH
def test_who_works_nothing_breaks_nothing(waived: bool) -> None:
    assert allowed(a_two(waived=waived, horizon=a_week(days=1)))
    assert allowed(a_two(waived=waived, before=("Wed", "Fri"), after=("Tue", "Thu")))


@pytest.mark.parametrize(
    "days", [("Tue", "Wed"), ("Fri", "Sat"), ("Tue", "Wed", "Thu", "Fri", "Sat")]
)
def test_a_run_at_an_edge_is_judged_by_its_days_in_the_horizon_unless_waived(
    days: tuple[str, ...],
) -> None:
    assert not allowed(a_two(waived=False), *doing(*days))
    assert allowed(a_two(waived=True), *doing(*days))


def test_two_free_days_at_each_edge_are_enough() -> None:
    assert allowed(a_two(waived=False), *doing("Wed", "Thu", "Fri"))
    assert not allowed(a_two(waived=False, days=3), *doing("Wed", "Thu"))
    assert not allowed(a_two(waived=False, days=3), *doing("Thu", "Fri"))


def test_a_breach_at_an_edge_says_where_the_horizon_ends() -> None:
    (found,) = breaches(a_two(waived=False), *doing("Mon", "Tue", "Wed", "Thu", "Fri", "Sat"))
    assert found.duty == "Sat"
    assert found.sentence("de") == (
        "Freie Tage von p1 in Folge zwischen So. 6. Dez. 00:00 und Mo. 7. Dez. 00:00: 1; "
        "mindestens 2."
    )
    (found,) = breaches(a_two(waived=False), *doing("Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
    assert found.duty == "Tue"
    assert found.sentence("en") == (
        "Days off of p1 in a row between Mon 30 Nov, 00:00 and Tue 1 Dec, 00:00: 1; at least 2."
    )


@BOTH
def test_work_before_the_horizon_bounds_the_first_run(waived: bool) -> None:
    sunday = a_two(waived=waived, before=("Sun",))
    assert allowed(sunday, *doing(*DAYS))
    assert not allowed(sunday, *doing("Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
    assert not allowed(a_two(waived=waived, before=("Sun",), days=3), *doing(*DAYS[2:]))
    saturday = a_two(waived=waived, before=("Sat",))
    assert allowed(saturday, *doing("Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
    assert not allowed(saturday, *doing("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))


@BOTH
def test_work_published_after_the_horizon_bounds_the_last_run(waived: bool) -> None:
    week = doing("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
    assert not allowed(a_two(waived=waived, after=("Mon",)), *week)
    assert allowed(a_two(waived=waived, after=("Tue",)), *week)
    assert not allowed(a_two(waived=waived, after=("Tue",), days=3), *week)
    assert not allowed(a_two(waived=waived, after=("Tue",)), *week, *doing("Sun"))


@BOTH
def test_a_horizon_of_one_day_lies_between_past_and_future(waived: bool) -> None:
    horizon = a_week(days=1)
    for future, good in (("Tue", True), ("Wed", False), ("Thu", True)):
        known = {"p1": [*past("Sun")["p1"], *past(future, week=0)["p1"]]}
        rules = [minimum(2, waived=waived)]
        problem = a_problem([a_unit()], daily(horizon), rules, horizon=horizon, worked=known)
        assert allowed(problem, *doing("Mon")) is good
        assert allowed(problem)


def test_a_minimum_of_one_day_asks_for_nothing() -> None:
    problem = a_problem([a_unit()], daily(), [minimum(1, waived=False)])
    assert allowed(problem, *doing("Tue", "Thu", "Sat"))
    with pytest.raises(InvalidParameters, match="minimum_days is 0; at least 1"):
        rule(minimum(0))


def test_a_duty_that_reports_before_midnight_belongs_to_the_day_after() -> None:
    early = a_duty("early", "Thu 00:10", "Thu 08:00", before=30)
    problem = a_problem([a_unit()], [*daily(), early], [minimum(2)])
    assert not allowed(problem, *doing("Tue", "early"))
    assert allowed(problem, *doing("Mon", "early"))


@pytest.mark.parametrize("monday", ["2026-10-19", "2026-03-23"])
def test_a_day_is_a_local_date_also_when_the_clocks_change(monday: str) -> None:
    horizon = a_week(monday, days=9)
    late = daily(horizon, hours="23:30-24:00")
    small = a_duty("small", "Mon 00:30", "Mon 04:00", week=1, horizon=horizon)
    problem = a_problem([a_unit()], [*late, small], [minimum(2)], horizon=horizon)
    assert not allowed(problem, *doing("Sat", "small"))
    assert allowed(problem, *doing("Fri", "small"))


def test_a_run_is_judged_when_the_work_before_or_after_it_is_in_force() -> None:
    thursday = Scope(during=Span(at("Thu 00:00"), at("Thu 24:00")))
    problem = a_problem([a_unit()], daily(), [minimum(2, scope=thursday)])
    for days in (("Tue", "Thu"), ("Thu", "Sat")):
        (found,) = breaches(problem, *doing(*days))
        assert found.duty == "Thu"
    assert allowed(problem, *doing("Mon", "Wed", "Thu"))
    assert allowed(problem, *doing("Thu", "Fri", "Sun"))


def test_of_a_day_only_what_is_in_force_is_blamed() -> None:
    afternoon = Scope(during=Span(at("Wed 12:00"), at("Wed 24:00")))
    duties = [*daily(), a_duty("late", "Wed 14:00", "Wed 22:00")]
    problem = a_problem([a_unit()], duties, [minimum(2, scope=afternoon)])
    for other in ("Mon", "Fri"):
        assert allowed(problem, *doing(other, "Wed"))
        assert not allowed(problem, *doing(other, "late"))
        assert not allowed(problem, *doing(other, "Wed", "late"))


def test_a_day_with_work_out_of_scope_is_free() -> None:
    standby = a_duty("standby", "Wed 08:00", "Wed 16:00", kind=DutyKind.STANDBY)
    patrols = minimum(2, scope=Scope(kinds=(DutyKind.PATROL,)))
    problem = a_problem([a_unit()], [*daily(), standby], [patrols])
    assert allowed(problem, *doing("Tue", "standby", "Fri"))
    assert not allowed(problem, *doing("Tue", "standby", "Thu"))


def test_units_named_are_bound_and_no_others() -> None:
    of_p1 = minimum(2, scope=Scope(units=("p1",)))
    problem = a_problem([a_unit("p1"), a_unit("p2")], daily(), [of_p1])
    assert allowed(problem, *doing("Tue", "Thu", unit="p2"))
    assert not allowed(problem, *doing("Tue", "Thu", unit="p1"))
    both = [*doing("Tue", "Thu"), *doing("Tue", "Thu", unit="p2")]
    assert near(problem, ("p1", "Tue"), *both) == [CODE]
    assert near(problem, ("p2", "Tue"), *both) == []
