"""Nights, weekends and holidays spare those who have carried the most of them over months."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement, pairwise

import pytest

from scheduler.forces import Clock
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Parameter, PreferenceInForce
from tests.builders import a_duty, a_member, a_problem, a_unit, at, in_force
from tests.scheduler.verdicts import cost

POINTS: dict[str, Parameter] = {"night_points": 1, "weekend_points": 2, "holiday_points": 3}
DUTIES = (
    a_duty("mon", "Mon 22:00", "Tue 06:00", night=True),
    a_duty("tue", "Tue 22:00", "Wed 06:00", night=True),
    a_duty("wed", "Wed 22:00", "Thu 06:00", night=True),
    a_duty("also-wed", "Wed 22:00", "Thu 06:00", night=True),
    a_duty("day", "Thu 06:00", "Thu 14:00"),
    a_duty("holiday", "Fri 06:00", "Fri 14:00", holiday=True),
    a_duty("sat", "Sat 22:00", "Sun 06:00", night=True, weekend=True),
)
UNITS = ("p1", "p2", "p3")


def week(doubling: int = 1, **burdens: int) -> RosterProblem:
    wish = PreferenceInForce("worst-off-first", 1, 1, {**POINTS, "doubling_points": doubling})
    problem = a_problem([*map(a_unit, UNITS)], DUTIES, preferences=(wish,))
    clocks = (Clock(unit, burden=burdens.get(unit, 0)) for unit in UNITS)
    return replace(problem, clocks=tuple(clocks))


def prices(doubling: int, levels: int) -> list[int]:
    """Of a night for a unit that carries so many points more than the others."""
    return [cost(week(doubling, p1=level), ("p1", "mon")) for level in range(levels)]


def test_a_point_doubles_in_price_every_so_many_points() -> None:
    assert prices(1, 5) == [1, 2, 4, 8, 16]
    assert prices(3, 8) == [3, 4, 5, 6, 8, 10, 12, 16]


def test_nights_weekends_and_holidays_have_their_points_and_add_up_on_one_duty() -> None:
    assert cost(week(), ("p1", "day")) == 0
    assert cost(week(), ("p1", "holiday")) == 1 + 2 + 4
    assert cost(week(), ("p1", "sat")) == 1 + 2 + 4
    assert cost(week(), ("p1", "holiday"), ("p1", "sat")) == 2**6 - 1


def test_only_what_a_clock_carries_above_the_least_burdened_counts() -> None:
    assert cost(week(p1=7, p2=5, p3=5), ("p1", "mon")) == 4
    assert cost(week(p1=5, p2=5, p3=5), ("p1", "mon")) == 1


def test_what_is_carried_costs_nothing_itself() -> None:
    assert cost(week(p1=9)) == 0


def test_the_order_is_the_worst_off_first_then_the_next_and_so_on() -> None:
    """Three nights among three units: every outcome is dearer than one whose worst is better."""
    problem = week(2, p1=12, p2=6)
    outcomes = {}
    for takers in combinations_with_replacement(UNITS, 3):
        roster = tuple(zip(takers, ("mon", "tue", "wed"), strict=True))
        carried = (takers.count("p1") + 12, takers.count("p2") + 6, takers.count("p3"))
        outcomes[tuple(sorted(carried, reverse=True))] = cost(problem, *roster)
    in_order = [outcomes[carried] for carried in sorted(outcomes)]
    assert len(in_order) == 10
    assert all(better < worse for better, worse in pairwise(in_order))


def test_after_twenty_doublings_the_price_still_rises() -> None:
    high = [cost(week(1, p1=level), ("p1", "mon")) for level in (19, 20, 21, 22)]
    assert high == [2**19, 2**20, 2**21, 3 * 2**20]


def test_each_clock_counts_once_and_only_where_its_members_are_present() -> None:
    away = a_member("m3", "late", absences=(Span(at("Mon 22:00"), at("Tue 00:00")),))
    unit = a_unit("p1", a_member("m1", "early"), a_member("m2", "early"), away)
    wish = week().preferences
    problem = a_problem([unit], DUTIES, preferences=wish)
    assert cost(problem, ("p1", "mon")) == 1
    assert cost(problem, ("p1", "mon"), ("p1", "tue")) == 1 + 2 + 1


@pytest.mark.parametrize(("night", "price"), [("mon", 3), ("sat", 7 + 8)])
def test_nights_that_exclude_each_other_are_not_both_provided_for(night: str, price: int) -> None:
    """The model counts a duty as often as it has points, of those that one unit can take."""
    problem = replace(week(), rules=(in_force("one-place-at-a-time"),))
    pairs = ("p1", night), ("p1", "wed")
    assert cost(problem, *pairs) == price
