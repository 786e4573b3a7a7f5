"""Nobody is called in for a day or two: a run of days of work has a shortest length."""

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

CODE = "minimum-consecutive-duties"
BOTH = pytest.mark.parametrize("waived", [False, True])


def minimum(days: int, *, waived: bool = False, scope: Scope | None = None) -> RuleInForce:
    return in_force(CODE, scope, minimum_days=days, waived_at_edges=waived)


def a_three(
    *,
    waived: bool,
    horizon: Horizon = WEEK,
    before: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
) -> RosterProblem:
    """At least three days in a row, with days worked before and published after the horizon."""
    known = [*past(*before)["p1"], *past(*after, week=1)["p1"]]
    return a_problem(
        [a_unit()],
        daily(horizon),
        [minimum(3, waived=waived)],
        horizon=horizon,
        worked={"p1": known},
    )


@BOTH
def test_a_run_of_three_days_is_the_shortest(waived: bool) -> None:
    problem = a_three(waived=waived)
    assert allowed(problem, *doing("Tue", "Wed", "Thu"))
    assert allowed(problem, *doing("Tue", "Wed", "Thu", "Fri"))
    assert not allowed(problem, *doing("Tue"))
    (found,) = breaches(problem, *doing("Tue", "Wed"))
    assert (found.unit, found.duty, found.by) == ("p1", "Wed", -1)
    assert found.sentence("en") == (
        "Days in a row on which p1 works, from Tue 1 Dec, 08:00 to Wed 2 Dec, 08:00: 2; "
        "at least 3."
    )


@BOTH
def test_each_run_is_judged_by_itself(waived: bool) -> None:
    problem = a_three(waived=waived, horizon=a_week(days=14))
    assert allowed(problem, *doing("Tue", "Wed", "Thu", "Sat", "Sun", "Mon 2"))
    assert not allowed(problem, *doing("Tue", "Wed", "Thu", "Sat", "Sun"))
    assert len(breaches(problem, *doing("Tue", "Thu", "Sat", "Sun"))) == 3


@pytest.mark.parametrize("days", [("Mon",), ("Mon", "Tue"), ("Sat", "Sun"), ("Sun",)])
def test_a_run_at_an_edge_of_the_horizon_is_judged_unless_waived(days: tuple[str, ...]) -> None:
    assert not allowed(a_three(waived=False), *doing(*days))
    assert allowed(a_three(waived=True), *doing(*days))


@BOTH
@pytest.mark.parametrize("days", [("Tue",), ("Tue", "Wed"), ("Fri", "Sat"), ("Sat",)])
def test_a_run_one_day_from_an_edge_is_judged(waived: bool, days: tuple[str, ...]) -> None:
    assert not allowed(a_three(waived=waived), *doing(*days))


@pytest.mark.parametrize("length", [1, 2])
def test_a_run_from_edge_to_edge_is_judged_unless_waived(length: int) -> None:
    days, horizon = DAYS[:length], a_week(days=length)
    assert not allowed(a_three(waived=False, horizon=horizon), *doing(*days))
    assert allowed(a_three(waived=True, horizon=horizon), *doing(*days))


@BOTH
def test_days_worked_before_the_horizon_prolong_a_run(waived: bool) -> None:
    assert allowed(a_three(waived=waived, before=("Sat", "Sun")), *doing("Mon"))
    assert allowed(a_three(waived=waived, before=("Sun",)), *doing("Mon", "Tue"))
    assert allowed(a_three(waived=waived, before=("Thu", "Fri", "Sat", "Sun")), *doing("Mon"))


@BOTH
def test_a_run_that_history_proves_too_short_is_never_waived(waived: bool) -> None:
    problem = a_three(waived=waived, before=("Sun",))
    (found,) = breaches(problem, *doing("Mon"))
    assert found.values["days"] == 2
    assert not allowed(a_three(waived=waived, before=("Fri", "Sun")), *doing("Mon"))


@BOTH
def test_a_run_from_before_the_horizon_to_its_end_may_go_on(waived: bool) -> None:
    problem = a_three(waived=waived, horizon=a_week(days=1), before=("Sun",))
    assert allowed(problem, *doing("Mon")) is waived


@BOTH
def test_days_published_after_the_horizon_prolong_a_run(waived: bool) -> None:
    assert allowed(a_three(waived=waived, after=("Mon", "Tue")), *doing("Sun"))
    assert allowed(a_three(waived=waived, after=("Mon",)), *doing("Sat", "Sun"))
    assert not allowed(a_three(waived=waived, after=("Mon",)), *doing("Sun"))
    assert not allowed(a_three(waived=waived, after=("Mon", "Wed")), *doing("Sun"))


def test_work_published_two_days_later_does_not_end_what_may_go_on() -> None:
    assert allowed(a_three(waived=True, after=("Tue",)), *doing("Sun"))
    assert not allowed(a_three(waived=False, after=("Tue",)), *doing("Sun"))


@BOTH
def test_a_run_that_others_worked_is_no_breach_of_this_roster(waived: bool) -> None:
    problem = a_three(waived=waived, before=("Sat", "Sun"), after=("Mon", "Wed"))
    assert allowed(problem)
    assert allowed(problem, *doing("Tue", "Wed", "Thu"))


def test_a_horizon_of_one_day_can_join_past_and_future_days() -> None:
    horizon = a_week(days=1)
    known = {"p1": [*past("Sun")["p1"], *past("Tue", week=0)["p1"]]}
    duties = daily(horizon)
    for length, good in ((3, True), (4, False)):
        rules = [minimum(length, waived=True)]
        problem = a_problem([a_unit()], duties, rules, horizon=horizon, worked=known)
        assert allowed(problem, *doing("Mon")) is good


def test_a_minimum_of_one_day_asks_for_nothing() -> None:
    problem = a_problem([a_unit()], daily(), [minimum(1)])
    assert allowed(problem, *doing("Mon", "Wed", "Fri", "Sun"))
    with pytest.raises(InvalidParameters, match="minimum_days is 0; at least 1"):
        rule(minimum(0))


def test_two_duties_on_one_date_are_one_day() -> None:
    duties = [*daily(), a_duty("evening", "Tue 20:00", "Tue 22:00")]
    problem = a_problem([a_unit()], duties, [minimum(2)])
    assert not allowed(problem, *doing("Tue", "evening"))
    assert allowed(problem, *doing("Mon", "evening"))


def test_a_sentence_tells_the_first_duty_of_its_first_and_of_its_last_day() -> None:
    evenings = [a_duty(f"{day} late", f"{day} 20:00", f"{day} 22:00") for day in ("Tue", "Wed")]
    problem = a_problem([a_unit()], [*daily(), *evenings], [minimum(3)])
    (found,) = breaches(problem, *doing("Tue", "Tue late", "Wed", "Wed late"))
    assert found.values["first"] == problem.moment(at("Tue 08:00"))
    assert found.values["last"] == problem.moment(at("Wed 08:00"))


def test_a_duty_that_reports_before_midnight_belongs_to_the_day_after() -> None:
    early = a_duty("early", "Thu 00:10", "Thu 08:00", before=30)
    problem = a_problem([a_unit()], [*daily(), early], [minimum(2)])
    assert not allowed(problem, *doing("Tue", "early"))
    assert allowed(problem, *doing("early", "Fri"))


@pytest.mark.parametrize("monday", ["2026-10-19", "2026-03-23"])
def test_a_day_is_a_local_date_also_when_the_clocks_change(monday: str) -> None:
    horizon = a_week(monday, days=9)
    late = daily(horizon, hours="23:30-24:00")
    small = a_duty("small", "Mon 00:30", "Mon 04:00", week=1, horizon=horizon)
    rules = [minimum(3, waived=True)]
    problem = a_problem([a_unit()], [*late, small], rules, horizon=horizon)
    assert allowed(problem, *doing("Sat", "Sun", "small"))
    assert not allowed(problem, *doing("Sat", "Sun"))


def test_a_run_is_judged_when_some_of_it_is_in_force() -> None:
    thursday = Scope(during=Span(at("Thu 00:00"), at("Thu 24:00")))
    problem = a_problem([a_unit()], daily(), [minimum(3, scope=thursday)])
    for run in (("Thu",), ("Wed", "Thu"), ("Thu", "Fri")):
        (found,) = breaches(problem, *doing(*run))
        assert found.duty == "Thu"
    assert allowed(problem, *doing("Tue", "Wed"))
    assert allowed(problem, *doing("Fri", "Sat"))
    assert allowed(problem, *doing("Wed", "Thu", "Fri"))


def test_of_a_day_only_what_is_in_force_is_blamed() -> None:
    afternoon = Scope(during=Span(at("Tue 12:00"), at("Tue 24:00")))
    duties = [*daily(), a_duty("late", "Tue 14:00", "Tue 22:00")]
    problem = a_problem([a_unit()], duties, [minimum(2, scope=afternoon)])
    assert allowed(problem, *doing("Tue"))
    assert not allowed(problem, *doing("late"))
    assert not allowed(problem, *doing("Tue", "late"))
    assert allowed(problem, *doing("late", "Wed"))
    assert allowed(problem, *doing("Mon", "late"))


def test_what_is_out_of_scope_prolongs_no_run() -> None:
    standby = a_duty("standby", "Wed 08:00", "Wed 16:00", kind=DutyKind.STANDBY)
    patrols = minimum(2, scope=Scope(kinds=(DutyKind.PATROL,)))
    problem = a_problem([a_unit()], [*daily(), standby], [patrols])
    assert not allowed(problem, *doing("Tue", "standby"))
    assert allowed(problem, *doing("standby"))


def test_units_named_are_bound_and_no_others() -> None:
    problem = a_problem(
        [a_unit("p1"), a_unit("p2")], daily(), [minimum(3, scope=Scope(units=("p1",)))]
    )
    assert allowed(problem, *doing("Tue", unit="p2"))
    assert not allowed(problem, *doing("Tue", unit="p1"))
    both = [*doing("Tue"), *doing("Tue", unit="p2")]
    assert near(problem, ("p1", "Tue"), *both) == [CODE]
    assert near(problem, ("p2", "Tue"), *both) == []
