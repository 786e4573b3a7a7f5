"""Nights fall first to those who have worked the fewest in the past four weeks."""

from __future__ import annotations

from scheduler.catalogue import preference
from scheduler.forces import Worked
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Near, PreferenceInForce
from scheduler.sheet import Sheet
from tests.builders import WEEK, a_duty, a_member, a_problem, a_unit, at, taken, worked
from tests.scheduler.verdicts import cost

WISH = (PreferenceInForce("fair-nights", level=1),)
NIGHTS = (
    a_duty("mon", "Mon 22:00", "Tue 06:00", night=True),
    a_duty("tue", "Tue 22:00", "Wed 06:00", night=True),
    a_duty("day", "Thu 06:00", "Thu 14:00"),
)


def week(**past: tuple[Worked, ...]) -> RosterProblem:
    return a_problem([a_unit("p1"), a_unit("p2")], NIGHTS, worked=past, preferences=WISH)


def night(day: str, week: int = -1) -> Worked:
    return worked(f"{day} 22:00", f"{day} 23:00", week, night=True)


def test_two_nights_of_one_unit_cost_more_than_one_of_each() -> None:
    assert cost(week(), ("p1", "mon"), ("p1", "tue")) == 4
    assert cost(week(), ("p1", "mon"), ("p2", "tue")) == 2


def test_past_nights_make_the_next_dearer_and_cost_nothing_themselves() -> None:
    past = night("Mon"), night("Wed", -2)
    assert cost(week(p1=past)) == 0
    assert cost(week(p1=past), ("p1", "mon")) == 3**2 - 2**2
    assert cost(week(p1=past), ("p1", "mon"), ("p1", "tue")) == 4**2 - 2**2


def test_only_nights_of_the_28_days_before_the_horizon_are_remembered() -> None:
    edge = 28 * 24 * 60
    kept = Worked(-edge - 30, -edge, 60 - edge, 60 - edge, night=True)
    newest = Worked(-1, -1, 60, 60, night=True)
    lost = Worked(-edge - 1, -edge - 1, -edge, -edge, night=True)
    later = WEEK.minutes
    next_week = Worked(later, later, later + 60, later + 60, night=True)
    by_day = worked("Mon 06:00", "Mon 14:00")
    assert cost(week(p1=(lost, next_week, by_day)), ("p1", "mon")) == 1
    assert cost(week(p1=(lost, kept)), ("p1", "mon")) == 3
    assert cost(week(p1=(lost, newest)), ("p1", "mon")) == 3


def test_days_are_free() -> None:
    assert cost(week(), ("p1", "day")) == 0


def test_each_clock_counts_once_and_only_where_its_members_are_present() -> None:
    away = a_member("m3", "late", absences=(Span(at("Mon 22:00"), at("Tue 00:00")),))
    unit = a_unit("p1", a_member("m1", "early"), a_member("m2", "early"), away)
    problem = a_problem([unit], NIGHTS, preferences=WISH)
    assert cost(problem, ("p1", "mon")) == 1
    assert cost(problem, ("p1", "tue")) == 2
    assert cost(problem, ("p1", "mon"), ("p1", "tue")) == 4 + 1


def test_a_member_of_two_units_carries_nights_from_one_to_the_other() -> None:
    shared = a_member("m1")
    units = a_unit("p1", shared), a_unit("p2", shared)
    problem = a_problem(units, NIGHTS, preferences=WISH)
    assert cost(problem, ("p1", "mon"), ("p2", "tue")) == 4


def test_a_duty_by_day_touches_no_nights() -> None:
    problem = week()
    [wish] = map(preference, WISH)
    sheet = Sheet(problem, taken(problem, ("p1", "mon"), ("p1", "day")))
    assert wish.measure(problem, sheet, Near("p1", "mon")) == 1
    assert wish.measure(problem, sheet, Near("p1", "day")) == 0
