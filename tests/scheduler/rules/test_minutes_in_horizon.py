"""The hours of a contract: neither fewer nor more than were agreed, for those who idle too."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rule
from scheduler.errors import InvalidParameters
from scheduler.forces import DutyKind, Force
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import RuleInForce, Scope
from scheduler.wording import Minutes
from tests.builders import (
    DAYS,
    HOUR,
    a_duty,
    a_member,
    a_problem,
    a_unit,
    a_week,
    at,
    in_force,
    worked,
)
from tests.scheduler.verdicts import allowed, breaches, near

EIGHTS = [a_duty(day, f"{day} 08:00", f"{day} 16:00") for day in DAYS]


def hours(minimum: int, maximum: int, scope: Scope | None = None) -> RuleInForce:
    """Bounds in hours."""
    return in_force(
        "minutes-in-horizon",
        scope,
        minimum_minutes=minimum * HOUR,
        maximum_minutes=maximum * HOUR,
    )


def a_pair(*rules: RuleInForce) -> RosterProblem:
    return a_problem([a_unit()], EIGHTS, rules)


def doing(*names: str, unit: str = "p1") -> list[tuple[str, str]]:
    return [(unit, name) for name in names]


@pytest.mark.parametrize(("days", "good"), [(3, False), (4, True), (5, True), (6, False)])
def test_a_week_holds_the_hours_of_the_contract(days: int, good: bool) -> None:
    assert allowed(a_pair(hours(32, 40)), *doing(*DAYS[:days])) is good


@pytest.mark.parametrize(("until", "good"), [("15:59", False), ("16:00", True), ("16:01", False)])
def test_both_bounds_hold_to_the_minute(until: str, good: bool) -> None:
    duty = a_duty("duty", "Mon 08:00", f"Mon {until}")
    assert allowed(a_problem([a_unit()], [duty], [hours(8, 8)]), ("p1", "duty")) is good


def test_who_works_nothing_works_too_little() -> None:
    (found,) = breaches(a_pair(hours(20, 40)))
    assert (found.rule, found.unit, found.duty) == ("minutes-in-horizon", "p1", None)
    assert found.by == -20 * HOUR
    assert found.sentence("en") == (
        "p1 works 0 min from Mon 30 Nov, 00:00 to Mon 7 Dec, 00:00; between 20 h and 40 h are due."
    )


def test_too_much_is_told_at_the_last_duty() -> None:
    (found,) = breaches(a_pair(hours(0, 20)), *doing("Fri", "Mon", "Wed"))
    assert (found.unit, found.duty, found.by) == ("p1", "Fri", 4 * HOUR)
    assert found.sentence("nl") == (
        "p1 werkt 24 h van ma 30 nov 00:00 tot ma 7 dec 00:00; het moet tussen 0 min en 20 h "
        "liggen."
    )


@pytest.mark.parametrize(("maximum", "good"), [(9, True), (8, False)])
def test_reporting_and_release_are_paid(maximum: int, good: bool) -> None:
    duty = a_duty("duty", "Mon 08:00", "Mon 16:00", before=30, after=30)
    assert allowed(a_problem([a_unit()], [duty], [hours(9, 9)]), ("p1", "duty"))
    assert allowed(a_problem([a_unit()], [duty], [hours(0, maximum)]), ("p1", "duty")) is good


def test_a_duty_counts_whole_in_the_horizon_in_which_it_starts() -> None:
    night = a_duty("night", "Sun 22:00", "Sun 30:00")
    before = [worked("Sun 22:00", "Sun 30:00"), worked("Mon 06:00", "Mon 14:00", week=1)]
    problem = a_problem([a_unit()], [night], [hours(8, 8)], worked={"p1": before})
    assert allowed(problem, ("p1", "night"))
    assert not allowed(problem)


@pytest.mark.parametrize(("monday", "took"), [("2026-03-23", 7), ("2026-10-19", 9)])
def test_a_night_of_a_clock_change_counts_the_hours_that_it_lasts(monday: str, took: int) -> None:
    horizon = a_week(monday)
    night = a_duty("night", "Sat 22:00", "Sat 30:00", horizon=horizon)
    for due, good in ((took, True), (8, False)):
        problem = a_problem([a_unit()], [night], [hours(due, due)], horizon=horizon)
        assert allowed(problem, ("p1", "night")) is good


def test_each_clock_has_its_own_hours() -> None:
    """The one on leave on Monday is not charged for it."""
    leave = Span(at("Mon 00:00"), at("Tue 00:00"))
    unit = a_unit("p1", a_member("m1"), a_member("m2", absences=(leave,)))
    problem = a_problem([unit], EIGHTS, [hours(16, 24)])
    assert allowed(problem, *doing("Mon", "Tue", "Wed"))
    (fewer,) = breaches(problem, *doing("Mon", "Tue"))
    assert (fewer.unit, fewer.duty, fewer.values["worked"]) == ("p1", None, Minutes(8 * HOUR))
    (more,) = breaches(problem, *doing(*DAYS[:4]))
    assert more.duty == "Thu"


def test_it_binds_only_the_units_in_its_scope() -> None:
    rules = [hours(8, 8, Scope(units=("p1",))), hours(16, 16, Scope(units=("p2",)))]
    problem = a_problem([a_unit("p1"), a_unit("p2"), a_unit("p3")], EIGHTS, rules)
    assert allowed(problem, ("p1", "Mon"), *doing("Tue", "Wed", unit="p2"))
    assert [v.unit for v in breaches(problem, ("p2", "Tue"), *doing(*DAYS, unit="p3"))] == [
        "p1",
        "p2",
    ]


def test_a_member_lent_to_another_unit_is_bound_by_what_is_for_that_one() -> None:
    """And of their hours only those with the other unit count."""
    lent = a_member("m1")
    units = [a_unit("own", lent), a_unit("other", lent, a_member("m2"))]
    problem = a_problem(units, EIGHTS, [hours(8, 8, Scope(units=("other",)))])
    assert allowed(problem, ("own", "Mon"), ("other", "Tue"))
    assert [v.unit for v in breaches(problem, ("own", "Mon"))] == ["other", "other"]


def test_a_breach_names_the_first_unit_in_scope_or_the_one_of_the_last_duty() -> None:
    lent = a_member("m1")
    units = [a_unit("own", lent), a_unit("one", lent), a_unit("other", lent)]
    problem = a_problem(units, EIGHTS, [hours(8, 16, Scope(units=("one", "other")))])
    (idle,) = breaches(problem)
    assert (idle.unit, idle.duty) == ("one", None)
    (busy,) = breaches(problem, ("one", "Mon"), ("other", "Wed"), ("one", "Tue"))
    assert (busy.unit, busy.duty) == ("other", "Wed")


def test_who_idles_out_of_scope_is_bound_by_nothing() -> None:
    police = Scope(forces=(Force.POLICE,))
    units = [a_unit("p1"), a_unit("s1", force=Force.MILITARY)]
    problem = a_problem(units, EIGHTS, [hours(8, 16, police)])
    assert allowed(problem, ("p1", "Mon"))
    assert allowed(problem, ("p1", "Mon"), *doing(*DAYS, unit="s1"))


def test_what_is_of_another_kind_does_not_count() -> None:
    guards = Scope(kinds=(DutyKind.GUARD,))
    duties = [*EIGHTS[:2], a_duty("guard", "Wed 08:00", "Wed 16:00", kind=DutyKind.GUARD)]
    problem = a_problem([a_unit()], duties, [hours(8, 8, guards)])
    assert allowed(problem, *doing("Mon", "Tue", "guard"))
    assert not allowed(problem, *doing("Mon", "Tue"))


def test_a_maximum_in_force_since_midweek_counts_the_days_before() -> None:
    """It is broken only by a duty that starts while it is in force."""
    since = Scope(during=Span(at("Wed 00:00"), at("Sun 24:00")))
    problem = a_pair(hours(0, 16, since))
    assert allowed(problem, *doing("Mon", "Tue"))
    assert allowed(problem, *doing("Mon", "Thu"))
    (found,) = breaches(problem, *doing("Mon", "Tue", "Thu"))
    assert (found.duty, found.values["worked"]) == ("Thu", Minutes(24 * HOUR))
    short = a_pair(hours(0, 12, Scope(during=Span(at("Mon 00:00"), at("Tue 00:00")))))
    assert [v.duty for v in breaches(short, *doing("Mon", "Tue"))] == ["Mon"]
    assert allowed(short, *doing("Tue", "Wed"))


@pytest.mark.parametrize(("since", "good"), [("Sun 23:59", False), ("Sun 24:00", True)])
def test_a_minimum_binds_when_it_is_in_force_within_the_horizon(since: str, good: bool) -> None:
    scope = Scope(during=Span(at(since), at(since) + HOUR))
    assert allowed(a_pair(hours(8, 40, scope))) is good
    assert allowed(a_pair(hours(8, 40, scope)), ("p1", "Mon"))


def test_a_minimum_that_nobody_can_reach_makes_the_week_impossible() -> None:
    assert not allowed(a_problem([a_unit()], [], [hours(1, 40)]))


def test_near_a_pair_only_its_clocks_are_judged() -> None:
    problem = a_problem([a_unit("p1"), a_unit("p2")], EIGHTS, [hours(8, 8)])
    assert near(problem, ("p1", "Mon"), ("p1", "Tue")) == []
    assert near(problem, ("p1", "Mon")) == ["minutes-in-horizon"]


def test_a_minimum_above_the_maximum_is_refused() -> None:
    told = "^minutes-in-horizon: minimum_minutes is 60; at most maximum_minutes 0$"
    with pytest.raises(InvalidParameters, match=told):
        rule(hours(1, 0))


def test_hours_are_not_negative() -> None:
    with pytest.raises(InvalidParameters, match="minimum_minutes is -60; at least 0 min"):
        rule(hours(-1, 0))
