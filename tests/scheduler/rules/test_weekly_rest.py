"""Directive 2003/88/EC art. 5: in every seven days 24 hours, and the 11 of daily rest."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rules_of
from scheduler.forces import DutyKind
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from scheduler.statement import Statement
from scheduler.terms import About, AnyOf, Clause
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

REST = in_force("weekly-rest", rest_minutes=35 * HOUR)
MON_TO_FRI = [a_duty(day, f"{day} 08:00", f"{day} 16:00") for day in DAYS[:5]]


def doing(*names: str, unit: str = "p1") -> list[tuple[str, str]]:
    return [(unit, name) for name in names]


def test_a_free_weekend_is_rest_enough() -> None:
    problem = a_problem([a_unit()], MON_TO_FRI, [REST])
    assert allowed(problem, *doing(*DAYS[:5]))


@pytest.mark.parametrize(("until", "good"), [("Sat 13:00", True), ("Sat 13:01", False)])
def test_the_rest_lasts_35_hours_to_the_minute(until: str, good: bool) -> None:
    duties = [*MON_TO_FRI, a_duty("Sat", "Sat 06:00", until)]
    problem = a_problem([a_unit()], duties, [REST])
    assert allowed(problem, *doing(*DAYS[:6])) is good


def test_the_rest_may_lie_anywhere_in_the_week() -> None:
    duties = [a_duty(day, f"{day} 08:00", f"{day} 16:00") for day in DAYS]
    problem = a_problem([a_unit()], duties, [REST])
    assert allowed(problem, *doing("Mon", "Tue", "Thu", "Fri", "Sat", "Sun"))
    assert not allowed(problem, *doing(*DAYS))


def test_two_halves_of_a_rest_are_no_rest() -> None:
    days = [a_duty(day, f"{day} 07:00", f"{day} 15:00") for day in DAYS[:5]]
    evening = a_duty("evening", "Sat 19:00", "Sun 03:00")
    problem = a_problem([a_unit()], [*days, evening], [REST])
    assert not allowed(problem, *doing(*DAYS[:5], "evening"))


def test_a_rest_that_reaches_into_the_next_week_counts_only_with_its_part_in_this_one() -> None:
    duties = [a_duty(day, f"{day} 12:00", f"{day} 20:00") for day in DAYS[:6]]
    problem = a_problem([a_unit()], duties, [REST])
    assert not allowed(problem, *doing(*DAYS[:6]))


def test_a_sentence_says_how_long_the_longest_rest_is() -> None:
    duties = [a_duty(day, f"{day} 08:00", f"{day} 16:00") for day in DAYS]
    (found,) = breaches(a_problem([a_unit()], duties, [REST]), *doing(*DAYS))
    assert (found.rule, found.unit, found.duty) == ("weekly-rest", "p1", "Sun")
    assert found.by == -19 * HOUR
    assert found.sentence("en") == (
        "p1 rests at most 16 h without interruption between Mon 30 Nov, 00:00 and "
        "Mon 7 Dec, 00:00; at least 35 h is needed."
    )


def midweek(*past: str) -> RosterProblem:
    """From Wednesday to Friday, after work on days of the same week."""
    horizon = a_week("2026-12-02", days=3)
    duties = [a_duty(d, f"{d} 08:00", f"{d} 16:00", horizon=horizon) for d in DAYS[2:5]]
    before = [worked(f"{d} 08:00", f"{d} 16:00", week=0, horizon=horizon) for d in past]
    later = [worked(f"{d} 08:00", f"{d} 16:00", 0, horizon) for d in ("Sat", "Sun")]
    history = {"p1": [*before, *later]}
    return a_problem([a_unit()], duties, [REST], horizon=horizon, worked=history)


def test_work_before_and_after_the_horizon_counts_in_the_same_week() -> None:
    assert not allowed(midweek("Mon", "Tue"), *doing("Wed", "Thu", "Fri"))
    assert allowed(midweek("Mon", "Tue"), *doing("Wed", "Fri"))
    assert allowed(midweek("Tue"), *doing("Wed", "Fri"))
    assert allowed(midweek("Mon"), *doing("Wed", "Thu", "Fri"))


def test_a_week_in_which_past_work_leaves_no_rest_takes_no_duty_any_more() -> None:
    horizon = a_week("2026-12-06", days=1)
    past = [worked(f"{d} 06:00", f"{d} 18:00", 0, horizon) for d in DAYS[:6]]
    duty = a_duty("short", "Sun 20:00", "Sun 24:00", horizon=horizon)
    history = {"p1": past}
    problem = a_problem([a_unit()], [duty], [REST], horizon=horizon, worked=history)
    assert allowed(problem)
    assert not allowed(problem, ("p1", "short"))


def test_a_night_into_the_next_week_breaks_the_rest_of_that_one_too() -> None:
    """From Monday 06:00 it is 34 h to the work that is published already."""
    night = a_duty("night", "Sun 22:00", "Sun 30:00")
    later = [worked(f"{d} 16:00", f"{d} 24:00", week=1) for d in DAYS[1:]]
    assert allowed(a_problem([a_unit()], [night], [REST]), ("p1", "night"))
    busy = a_problem([a_unit()], [night], [REST], worked={"p1": later})
    assert not allowed(busy, ("p1", "night"))
    free = a_problem([a_unit()], [night], [REST], worked={"p1": later[1:]})
    assert allowed(free, ("p1", "night"))


@pytest.mark.parametrize(
    ("monday", "good"), [("2026-03-16", True), ("2026-03-23", False), ("2026-10-19", True)]
)
def test_the_weekend_of_the_spring_change_is_an_hour_short(monday: str, good: bool) -> None:
    horizon = a_week(monday)
    duties = [a_duty(day, f"{day} 05:00", f"{day} 13:00", horizon=horizon) for day in DAYS[:6]]
    problem = a_problem([a_unit()], duties, [REST], horizon=horizon)
    assert allowed(problem, *doing(*DAYS[:6])) is good


def test_an_absent_member_rests() -> None:
    """Each member is on a clock of their own; the one on leave is not charged."""
    leave = Span(at("Sat 00:00"), at("Sun 24:00"))
    unit = a_unit("p1", a_member("m1", absences=(leave,)), a_member("m2"))
    duties = [a_duty(day, f"{day} 08:00", f"{day} 16:00") for day in DAYS]
    problem = a_problem([unit], duties, [REST])
    (found,) = breaches(problem, *doing(*DAYS))
    assert found.duty == "Sun"


def test_what_is_out_of_scope_neither_breaks_a_rest_nor_needs_one() -> None:
    kinds = Scope(kinds=(DutyKind.PATROL,))
    rule = in_force("weekly-rest", kinds, rest_minutes=35 * HOUR)
    standby = [
        a_duty(day, f"{day} 08:00", f"{day} 16:00", kind=DutyKind.STANDBY) for day in DAYS[5:]
    ]
    assert allowed(a_problem([a_unit()], [*MON_TO_FRI, *standby], [rule]), *doing(*DAYS))


def test_a_framework_that_starts_midweek_still_sees_the_days_before() -> None:
    """A week astride two frameworks satisfies both."""
    since_sunday = Scope(during=Span(at("Sun 00:00"), at("Sun 24:00")))
    rule = in_force("weekly-rest", since_sunday, rest_minutes=35 * HOUR)
    duties = [a_duty(day, f"{day} 08:00", f"{day} 16:00") for day in DAYS]
    problem = a_problem([a_unit()], duties, [rule])
    assert allowed(problem, *doing(*DAYS[:6]))
    assert not allowed(problem, *doing(*DAYS))


def test_who_works_the_whole_week_rests_not_a_minute() -> None:
    duty = a_duty("all", 0, "Sun 24:00", before=HOUR, after=HOUR)
    found = breaches(a_problem([a_unit()], [duty], [REST]), ("p1", "all"))
    assert [(v.values["longest"], v.by) for v in found] == [(Minutes(0), -35 * HOUR)]


TWO_WEEKS = a_week(days=14)
FULL_WEEK = [a_duty(day, f"{day} 08:00", f"{day} 16:00", horizon=TWO_WEEKS) for day in DAYS]
NEXT = a_duty("next", "Mon 00:00", "Mon 08:00", week=1, horizon=TWO_WEEKS)


def test_the_duty_of_one_week_is_not_to_blame_for_another() -> None:
    since_sunday = Scope(during=Span(at("Sun 00:00"), at("Sun 24:00", 1)))
    rule = in_force("weekly-rest", since_sunday, rest_minutes=35 * HOUR)
    duties = [*FULL_WEEK, a_duty("late", "Sat 20:00", "Sat 24:00", horizon=TWO_WEEKS), NEXT]
    problem = a_problem([a_unit()], duties, [rule], horizon=TWO_WEEKS)
    assert allowed(problem, *doing(*DAYS[:6], "late", "next"))
    assert not allowed(problem, *doing(*DAYS))


def test_near_a_duty_the_weeks_that_it_touches_are_judged() -> None:
    reported = a_duty("reported", "Mon 00:00", "Mon 08:00", week=1, horizon=TWO_WEEKS, before=30)
    problem = a_problem([a_unit()], [*FULL_WEEK, reported, NEXT], [REST], horizon=TWO_WEEKS)
    pairs = doing(*DAYS, "next")
    assert near(problem, ("p1", "Tue"), *pairs) == ["weekly-rest"]
    assert near(problem, ("p1", "reported"), *pairs, *doing("reported")) == ["weekly-rest"]
    assert near(problem, ("p1", "next"), *pairs) == []


def test_the_model_hears_whose_week_it_speaks_of() -> None:
    problem = a_problem([a_unit()], [*FULL_WEEK, NEXT], [REST], horizon=TWO_WEEKS)
    told: dict[Clause, About] = {}
    (rule,) = rules_of(problem)
    rule.constrain(problem, Statement(problem), lambda clause, about: told.update({clause: about}))
    weeks = [about for clause, about in told.items() if isinstance(clause, AnyOf)]
    assert weeks == [About(clock="p1", moment=at("Mon 00:00", week)) for week in (0, 1)]
