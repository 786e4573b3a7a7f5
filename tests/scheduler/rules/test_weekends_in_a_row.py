"""RPPol art. VI.I.6 al. 3: three worked weekends, then one whole inside 60 hours of rest."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rules_of
from scheduler.duties import Duty
from scheduler.forces import DutyKind, Worked
from scheduler.moments import Horizon, Span
from scheduler.rule import Scope
from scheduler.statement import Statement
from scheduler.terms import About, AnyOf, Clause
from scheduler.wording import Minutes
from tests.builders import (
    HOUR,
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
from tests.scheduler.verdicts import allowed, breaches, near

THREE = in_force("weekends-in-a-row", maximum_weekends=3, rest_after_minutes=60 * HOUR)
SATURDAYS = [worked("Sat 08:00", "Sat 16:00", week) for week in (-3, -2, -1)]


def may(duty: Duty, *past: Worked, horizon: Horizon = WEEK) -> bool:
    """Whether a unit with such a past, which alone breaks nothing, may take the duty."""
    problem = a_problem([a_unit()], [duty], [THREE], horizon=horizon, worked={"p1": past})
    assert allowed(problem)
    return allowed(problem, ("p1", duty.id))


def test_a_fourth_weekend_in_a_row_is_refused() -> None:
    saturday = a_duty("sat", "Sat 08:00", "Sat 16:00")
    assert not may(saturday, *SATURDAYS)
    assert may(saturday, *SATURDAYS[1:])
    assert may(saturday, SATURDAYS[0], SATURDAYS[2])


@pytest.mark.parametrize(
    ("ends", "good"),
    [("Sat 00:00", True), ("Fri 12:00", True), ("Sat 00:01", False), ("Sun 24:00", False)],
)
def test_the_weekend_runs_from_saturday_midnight(ends: str, good: bool) -> None:
    assert may(a_duty("duty", at(ends) - HOUR, ends), *SATURDAYS) is good


@pytest.mark.parametrize(("starts", "good"), [("Sun 23:59", False), ("Sun 24:00", True)])
def test_and_to_sunday_midnight(starts: str, good: bool) -> None:
    horizon = a_week(days=8)
    duty = a_duty("duty", starts, at(starts) + 8 * HOUR, horizon=horizon)
    assert may(duty, *SATURDAYS, horizon=horizon) is good


def test_any_work_makes_a_weekend_a_worked_one() -> None:
    """A night that ends on Saturday at 00:30, and one that begins on Sunday at 23:30."""
    friday = worked("Fri 16:00", "Fri 24:30", week=-3)
    sunday = worked("Sun 23:30", "Sun 31:00", week=-2)
    assert not may(a_duty("sat", "Sat 08:00", "Sat 16:00"), friday, sunday, SATURDAYS[2])


@pytest.mark.parametrize(("begins", "good"), [("Sun 31:00", True), ("Sun 30:59", False)])
def test_the_rest_around_the_weekend_lasts_60_hours(begins: str, good: bool) -> None:
    """From Friday 19:00 to Monday 07:00."""
    horizon = a_week(days=8)
    duties = [
        a_duty("fri", "Fri 11:00", "Fri 19:00", horizon=horizon),
        a_duty("mon", begins, "Sun 38:00", horizon=horizon),
    ]
    history = {"p1": SATURDAYS}
    problem = a_problem([a_unit()], duties, [THREE], horizon=horizon, worked=history)
    assert allowed(problem, ("p1", "fri"), ("p1", "mon")) is good
    assert allowed(problem, ("p1", "fri"))
    assert allowed(problem, ("p1", "mon"))


@pytest.mark.parametrize(
    ("ends", "begins", "good"),
    [
        ("Fri 24:00", "Sun 36:00", True),
        ("Fri 24:00", "Sun 35:59", False),
        ("Fri 12:00", "Sun 24:00", True),
        ("Fri 12:01", "Sun 24:00", False),
    ],
)
def test_the_rest_may_begin_or_end_with_the_weekend_itself(
    ends: str, begins: str, good: bool
) -> None:
    horizon = a_week(days=8)
    duties = [
        a_duty("fri", at(ends) - HOUR, ends, horizon=horizon),
        a_duty("mon", begins, at(begins) + HOUR, horizon=horizon),
    ]
    history = {"p1": SATURDAYS}
    problem = a_problem([a_unit()], duties, [THREE], horizon=horizon, worked=history)
    assert allowed(problem, ("p1", "fri"), ("p1", "mon")) is good


def test_a_sentence_says_how_long_the_rest_is() -> None:
    horizon = a_week(days=8)
    duties = [
        a_duty("fri", "Fri 11:00", "Fri 19:00", horizon=horizon),
        a_duty("mon", "Sun 30:00", "Sun 38:00", horizon=horizon),
    ]
    history = {"p1": SATURDAYS}
    problem = a_problem([a_unit()], duties, [THREE], horizon=horizon, worked=history)
    (found,) = breaches(problem, ("p1", "fri"), ("p1", "mon"))
    assert (found.unit, found.duty, found.by) == ("p1", "mon", -HOUR)
    assert found.sentence("en") == (
        "After 3 worked weekends in a row p1 has 59 h of rest around the weekend of "
        "Sat 5 Dec, 00:00; at least 60 h is needed."
    )


def test_work_outside_the_horizon_breaks_the_rest_as_well() -> None:
    monday = worked("Mon 06:00", "Mon 14:00", week=1)
    friday = a_duty("fri", "Fri 12:00", "Fri 20:00")
    assert not may(friday, *SATURDAYS, monday)
    assert may(friday, *SATURDAYS[1:], monday)


def test_the_third_weekend_is_refused_when_the_fourth_is_published_as_worked() -> None:
    later = worked("Sun 08:00", "Sun 16:00", week=1)
    saturday = a_duty("sat", "Sat 08:00", "Sat 16:00")
    assert not may(saturday, *SATURDAYS[1:], later)
    assert may(saturday, SATURDAYS[2], later)
    three = [worked("Sat 08:00", "Sat 16:00", week) for week in (1, 2, 3)]
    assert not may(saturday, *three)
    assert may(saturday, *three[:2])


@pytest.mark.parametrize(("starts", "good"), [("Mon 11:59", False), ("Mon 12:00", True)])
def test_the_rest_around_the_last_weekend_of_the_past_lasts_into_the_horizon(
    starts: str, good: bool
) -> None:
    worked_before = [worked("Sat 08:00", "Sat 16:00", week) for week in (-4, -3, -2)]
    friday = worked("Fri 16:00", "Fri 24:00")
    assert may(a_duty("mon", starts, "Mon 14:00"), *worked_before, friday) is good


def test_past_weekends_count_under_a_framework_that_starts_today() -> None:
    since = Scope(during=Span(at("Thu 00:00"), at("Sun 24:00")))
    rule = in_force("weekends-in-a-row", since, maximum_weekends=3, rest_after_minutes=60 * HOUR)
    saturday = a_duty("sat", "Sat 08:00", "Sat 16:00")
    problem = a_problem([a_unit()], [saturday], [rule], worked={"p1": SATURDAYS})
    (found,) = breaches(problem, ("p1", "sat"))
    assert found.values["gap"] == Minutes(0)
    assert found.by == -60 * HOUR


def test_what_past_work_alone_breaks_is_no_breach_of_this_roster() -> None:
    four = [worked("Sat 08:00", "Sat 16:00", week) for week in (-5, -4, -3, -2)]
    assert may(a_duty("wed", "Wed 08:00", "Wed 16:00"), *four)


def test_a_rested_weekend_starts_the_count_again() -> None:
    two_weeks = a_week(days=14)
    saturdays = [
        a_duty(f"sat{week}", "Sat 08:00", "Sat 16:00", week=week, horizon=two_weeks)
        for week in (0, 1)
    ]
    history = {"p1": SATURDAYS}
    problem = a_problem([a_unit()], saturdays, [THREE], horizon=two_weeks, worked=history)
    assert allowed(problem, ("p1", "sat1"))
    assert not allowed(problem, ("p1", "sat0"))
    assert not allowed(problem, ("p1", "sat0"), ("p1", "sat1"))


def test_the_weekend_of_the_spring_change_is_47_hours_of_the_60() -> None:
    """Friday 18:00 to Monday 07:00 is 60 h then, and 61 h in any other week."""
    for monday, ends, good in (
        ("2026-03-23", "Fri 18:00", True),
        ("2026-03-23", "Fri 18:01", False),
        ("2026-03-16", "Fri 19:00", True),
    ):
        horizon = a_week(monday, days=8)
        past = [worked("Sat 08:00", "Sat 16:00", week, horizon) for week in (-3, -2, -1)]
        duties = [
            a_duty("fri", "Fri 10:00", ends, horizon=horizon),
            a_duty("mon", "Mon 07:00", "Mon 15:00", week=1, horizon=horizon),
        ]
        history = {"p1": past}
        problem = a_problem([a_unit()], duties, [THREE], horizon=horizon, worked=history)
        assert allowed(problem, ("p1", "fri"), ("p1", "mon")) is good


def test_only_who_worked_the_weekends_needs_the_rest() -> None:
    leave = Span(at("Sat 00:00"), at("Sun 24:00"))
    unit = a_unit("p1", a_member("m1", absences=(leave,)), a_member("m2"))
    saturday = a_duty("sat", "Sat 08:00", "Sat 16:00")
    for tired, good in (("m1", True), ("m2", False)):
        problem = a_problem([unit], [saturday], [THREE], worked={tired: SATURDAYS})
        assert allowed(problem, ("p1", "sat")) is good


def test_standby_out_of_scope_makes_no_worked_weekend() -> None:
    kinds = Scope(kinds=(DutyKind.PATROL,))
    rule = in_force("weekends-in-a-row", kinds, maximum_weekends=3, rest_after_minutes=60 * HOUR)
    past = [*SATURDAYS[1:], worked("Sat 08:00", "Sat 16:00", -3, kind=DutyKind.STANDBY)]
    saturday = a_duty("sat", "Sat 08:00", "Sat 16:00")
    problem = a_problem([a_unit()], [saturday], [rule], worked={"p1": past})
    assert allowed(problem, ("p1", "sat"))


def test_a_rest_shorter_than_the_weekend_still_holds_the_whole_weekend() -> None:
    rule = in_force("weekends-in-a-row", maximum_weekends=1, rest_after_minutes=HOUR)
    duties = [a_duty("fri", "Fri 16:00", "Fri 24:00"), a_duty("sun", "Sun 23:00", "Sun 24:00")]
    history = {"p1": SATURDAYS[2:]}
    problem = a_problem([a_unit()], duties, [rule], worked=history)
    assert allowed(problem, ("p1", "fri"))
    assert not allowed(problem, ("p1", "sun"))


TWO_WEEKS = a_week(days=14)
ONE = in_force("weekends-in-a-row", maximum_weekends=1, rest_after_minutes=60 * HOUR)
WEEKENDS = [
    a_duty("sat0", "Sat 08:00", "Sat 16:00", horizon=TWO_WEEKS),
    a_duty("wed", "Wed 08:00", "Wed 16:00", week=1, horizon=TWO_WEEKS),
    a_duty("fri", "Fri 16:00", "Fri 24:00", week=1, horizon=TWO_WEEKS),
    a_duty("sun1", "Sun 08:00", "Sun 16:00", week=1, horizon=TWO_WEEKS),
]
ALL = [("p1", duty.id) for duty in WEEKENDS]


def test_the_weekends_of_one_roster_count_without_any_past() -> None:
    problem = a_problem([a_unit()], WEEKENDS, [ONE], horizon=TWO_WEEKS)
    assert not allowed(problem, ("p1", "sat0"), ("p1", "sun1"))
    assert allowed(problem, *ALL[:3])


def test_near_a_duty_is_judged_the_rest_that_it_calls_for_or_breaks() -> None:
    problem = a_problem([a_unit()], WEEKENDS, [ONE], horizon=TWO_WEEKS)
    assert near(problem, ("p1", "sat0"), *ALL) == ["weekends-in-a-row"]
    assert near(problem, ("p1", "sun1"), *ALL) == ["weekends-in-a-row"]
    assert near(problem, ("p1", "wed"), *ALL) == []


def test_who_reports_during_the_rest_breaks_it() -> None:
    horizon = a_week(days=8)
    duties = [
        a_duty("fri", "Fri 16:00", "Fri 24:00", horizon=horizon),
        a_duty("mon", "Mon 12:30", "Mon 20:00", week=1, horizon=horizon, before=HOUR),
    ]
    history = {"p1": SATURDAYS}
    problem = a_problem([a_unit()], duties, [THREE], horizon=horizon, worked=history)
    both = ("p1", "fri"), ("p1", "mon")
    assert not allowed(problem, *both)
    assert near(problem, ("p1", "mon"), *both) == ["weekends-in-a-row"]


def test_who_serves_in_two_units_is_told_in_the_last() -> None:
    lent = a_member("m1")
    units = a_unit("p1", lent), a_unit("p2", lent)
    problem = a_problem(units, WEEKENDS, [ONE], horizon=TWO_WEEKS)
    (found,) = breaches(problem, ("p1", "sat0"), ("p2", "sun1"))
    assert (found.unit, found.duty) == ("p2", "sun1")


def test_the_model_hears_whose_weekend_it_speaks_of() -> None:
    saturday = a_duty("sat", "Sat 08:00", "Sat 16:00")
    problem = a_problem([a_unit()], [saturday], [THREE], worked={"p1": SATURDAYS})
    told: dict[Clause, About] = {}
    (rule,) = rules_of(problem)
    rule.constrain(problem, Statement(problem), lambda clause, about: told.update({clause: about}))
    about = [about for clause, about in told.items() if isinstance(clause, AnyOf)]
    weekends = at("Sat 00:00"), at("Sat 00:00", week=1)
    assert about == [About(clock="p1", moment=moment) for moment in weekends]
