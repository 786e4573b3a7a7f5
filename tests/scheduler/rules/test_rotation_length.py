"""Operation Vigilant Guardian, from memory: four weeks on the task, then four without it."""

from __future__ import annotations

import pytest

from scheduler.forces import DutyKind, Worked
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import RuleInForce, Scope
from tests.builders import DAYS, a_duty, a_member, a_problem, a_unit, a_week, at, in_force, worked
from tests.scheduler.verdicts import allowed, breaches, near

MORNINGS = [a_duty(day, f"{day} 08:00", f"{day} 16:00") for day in DAYS]
FIRST_OF_FOUR_WEEKS = worked("Mon 08:00", "Mon 16:00", week=-4)


def rotation(days: int, away: int, scope: Scope | None = None) -> RuleInForce:
    return in_force("rotation-length", scope, maximum_days=days, away_days=away)


def after(*past: Worked, rule: RuleInForce) -> RosterProblem:
    return a_problem([a_unit("s1")], MORNINGS, [rule], worked={"s1": past})


def doing(*names: str, unit: str = "s1") -> list[tuple[str, str]]:
    return [(unit, name) for name in names]


@pytest.mark.parametrize(
    ("days", "good"),
    [
        (("Mon", "Tue", "Wed"), True),
        (("Mon", "Tue", "Wed", "Thu"), False),
        (("Mon", "Thu"), False),  # two free days end no rotation of three away
        (("Mon", "Wed", "Thu"), False),
        (("Mon", "Wed", "Sun"), True),
        (("Mon", "Tue", "Sat", "Sun"), True),
        (("Mon", "Fri", "Sun"), True),
        (("Mon", "Fri", "Sat", "Sun"), True),
        (("Thu", "Fri", "Sat", "Sun"), False),
    ],
)
def test_a_rotation_lasts_so_long_and_then_the_unit_is_away(
    days: tuple[str, ...], good: bool
) -> None:
    problem = a_problem([a_unit("s1")], MORNINGS, [rotation(3, 3)])
    assert allowed(problem, *doing(*days)) is good


def test_a_rotation_of_28_days_reaches_back_into_the_history() -> None:
    """From Monday four weeks ago to Sunday are 28 days; the 29th is one too many."""
    past = [worked("Wed 08:00", "Wed 16:00", week=week) for week in (-3, -2, -1)]
    problem = after(FIRST_OF_FOUR_WEEKS, *past, rule=rotation(28, 28))
    assert allowed(problem)
    (found,) = breaches(problem, ("s1", "Mon"))
    assert (found.rule, found.unit, found.duty) == ("rotation-length", "s1", "Mon")
    assert found.by == 1
    assert found.sentence("en") == (
        "Days of s1 on deployment, from Mon 2 Nov, 08:00 to Mon 30 Nov, 16:00: 29; at most 28, "
        "then days away in a row: 28."
    )
    longer = after(FIRST_OF_FOUR_WEEKS, *past, rule=rotation(29, 28))
    assert allowed(longer, ("s1", "Mon"))
    assert not allowed(longer, ("s1", "Tue"))


@pytest.mark.parametrize(("last", "good"), [("Sun", True), ("Mon", False)])
def test_it_begins_anew_after_so_many_days_away(last: str, good: bool) -> None:
    """28 free days lie between Sunday and the Monday after four weeks."""
    week = -5 if last == "Sun" else -4
    past = [worked(f"{d} 08:00", f"{d} 16:00", week=w) for d, w in (("Thu", -8), (last, week))]
    problem = after(*past, rule=rotation(28, 28))
    assert allowed(problem, *doing(*DAYS)) is good


def test_published_duties_after_the_horizon_belong_to_the_rotation() -> None:
    later = worked("Tue 08:00", "Tue 16:00", week=1)
    problem = after(later, rule=rotation(4, 2))
    assert allowed(problem, *doing("Sat"))
    assert allowed(problem, *doing("Thu", "Fri"))
    (found,) = breaches(problem, *doing("Fri", "Sun"))
    assert (found.duty, found.values["days"]) == ("Sun", 5)


def test_a_duty_that_joins_two_stretches_of_certain_work_makes_one_of_them() -> None:
    around = worked("Fri 08:00", "Fri 16:00"), worked("Tue 08:00", "Tue 16:00", week=1)
    problem = after(*around, rule=rotation(11, 6))
    assert allowed(problem)
    assert allowed(problem, ("s1", "Mon"))
    assert not allowed(problem, ("s1", "Wed"))
    assert allowed(after(*around, rule=rotation(12, 6)), ("s1", "Wed"))


def test_a_rotation_already_too_long_takes_no_duty_until_the_unit_was_away() -> None:
    past = [worked(f"{d} 08:00", f"{d} 16:00") for d in DAYS]
    problem = after(*past, rule=rotation(5, 2))
    assert allowed(problem)
    assert [allowed(problem, ("s1", day)) for day in DAYS] == [False, False, *[True] * 5]


@pytest.mark.parametrize(("ends", "good"), [("24:00", True), ("24:01", False), ("30:00", False)])
def test_a_night_takes_both_dates_that_it_touches(ends: str, good: bool) -> None:
    duties = [a_duty("late", "Tue 16:00", f"Tue {ends}"), *MORNINGS]
    problem = a_problem([a_unit("s1")], duties, [rotation(2, 1)])
    assert allowed(problem, ("s1", "Mon"), ("s1", "late")) is good
    assert allowed(problem, ("s1", "late"), ("s1", "Thu")) is good


def test_the_way_there_and_back_is_deployment() -> None:
    for before, after_, good in ((0, 0, True), (1, 0, False), (0, 1, False)):
        duty = a_duty("all", "Tue 00:00", "Tue 24:00", before=before, after=after_)
        problem = a_problem([a_unit("s1")], [duty], [rotation(1, 1)])
        assert allowed(problem, ("s1", "all")) is good


@pytest.mark.parametrize("monday", ["2026-03-23", "2026-10-19"])
def test_a_day_of_23_or_25_hours_is_a_day(monday: str) -> None:
    horizon = a_week(monday, days=14)
    days = [
        a_duty("Sat", "Sat 23:00", "Sat 24:00", horizon=horizon),
        a_duty("Mon", "Mon 00:00", "Mon 01:00", week=1, horizon=horizon),
        a_duty("Tue", "Tue 00:00", "Tue 01:00", week=1, horizon=horizon),
    ]
    two = a_problem([a_unit("s1")], days, [rotation(2, 2)], horizon=horizon)
    assert not allowed(two, *doing("Sat", "Mon"))
    assert allowed(two, *doing("Sat", "Tue"))
    one = a_problem([a_unit("s1")], days, [rotation(2, 1)], horizon=horizon)
    assert allowed(one, *doing("Sat", "Mon", "Tue"))


def test_each_clock_has_its_own_rotation() -> None:
    leave = Span(at("Wed 00:00"), at("Thu 00:00"))
    unit = a_unit("s1", a_member("m1"), a_member("m2", absences=(leave,)))
    problem = a_problem([unit], MORNINGS, [rotation(4, 1)])
    assert allowed(problem, *doing("Mon", "Tue", "Wed", "Thu"))
    assert not allowed(problem, *doing(*DAYS[:5]))
    assert allowed(
        a_problem([a_unit("s1"), a_unit("s2")], MORNINGS, [rotation(2, 1)]),
        *doing("Mon", "Tue"),
        *doing("Wed", "Thu", unit="s2"),
    )


def test_work_of_another_kind_neither_prolongs_nor_breaks_it() -> None:
    patrols = Scope(kinds=(DutyKind.PATROL,))
    standby = a_duty("standby", "Wed 08:00", "Wed 16:00", kind=DutyKind.STANDBY)
    problem = a_problem([a_unit("s1")], [*MORNINGS, standby], [rotation(2, 1, patrols)])
    assert allowed(problem, *doing("Mon", "Tue", "standby", "Thu", "Fri"))
    assert not allowed(problem, *doing("Mon", "Tue", "Wed"))


def test_it_does_not_bind_who_is_out_of_scope() -> None:
    problem = a_problem(
        [a_unit("s1"), a_unit("s2")], MORNINGS, [rotation(2, 1, Scope(units=("s2",)))]
    )
    assert allowed(problem, *doing(*DAYS))
    assert not allowed(problem, *doing(*DAYS, unit="s2"))


def test_a_framework_since_midweek_judges_the_whole_rotation_by_a_duty_under_it() -> None:
    since = Scope(during=Span(at("Thu 00:00"), at("Sun 24:00")))
    problem = a_problem([a_unit("s1")], MORNINGS, [rotation(2, 1, since)])
    assert allowed(problem, *doing("Mon", "Tue", "Wed"))
    assert allowed(problem, *doing("Mon", "Tue", "Wed", "Fri"))
    (found,) = breaches(problem, *doing("Mon", "Tue", "Wed", "Thu"))
    assert found.duty == "Thu"
    until = Scope(during=Span(at("Mon 00:00"), at("Tue 00:00")))
    early = a_problem([a_unit("s1")], MORNINGS, [rotation(2, 1, until)])
    (found,) = breaches(early, *doing("Mon", "Tue", "Wed", "Fri"))
    assert (found.duty, found.values["days"]) == ("Mon", 3)


def test_a_framework_that_starts_or_ends_at_noon_tells_two_duties_of_a_day_apart() -> None:
    duties = [*MORNINGS, *(a_duty(f"{d} pm", f"{d} 17:00", f"{d} 20:00") for d in DAYS)]
    since = Scope(during=Span(at("Wed 12:00"), at("Sun 24:00")))
    later = a_problem([a_unit("s1")], duties, [rotation(2, 1, since)])
    assert allowed(later, *doing("Mon", "Tue", "Wed"))
    assert not allowed(later, *doing("Mon", "Tue", "Wed pm"))
    assert allowed(later, *doing("Tue", "Wed pm"))
    until = Scope(during=Span(at("Mon 00:00"), at("Mon 12:00")))
    early = a_problem([a_unit("s1")], duties, [rotation(2, 1, until)])
    assert not allowed(early, *doing("Mon", "Tue", "Wed"))
    assert allowed(early, *doing("Mon pm", "Tue", "Wed"))


def test_a_member_of_two_units_has_one_rotation_and_the_last_unit_is_told() -> None:
    lent = a_member("m1")
    problem = a_problem([a_unit("s1", lent), a_unit("s2", lent)], MORNINGS, [rotation(2, 1)])
    (found,) = breaches(problem, *doing("Mon", "Tue"), ("s2", "Wed"))
    assert (found.unit, found.duty) == ("s2", "Wed")


def test_near_a_pair_only_its_clocks_are_judged() -> None:
    problem = a_problem([a_unit("s1"), a_unit("s2")], MORNINGS, [rotation(1, 1)])
    both = [*doing("Mon", "Tue"), ("s2", "Mon")]
    assert near(problem, ("s2", "Mon"), *both) == []
    assert near(problem, ("s1", "Mon"), *both) == ["rotation-length"]
