"""Work at weekends and on holidays falls first to those who have done the least of late."""

from __future__ import annotations

from scheduler.catalogue import preference
from scheduler.forces import Worked
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Near, PreferenceInForce
from scheduler.sheet import Sheet
from tests.builders import WEEK, a_duty, a_member, a_problem, a_unit, at, taken, worked
from tests.scheduler.verdicts import cost

WISH = (PreferenceInForce("fair-weekends", level=1),)
DUTIES = (
    a_duty("tue", "Tue 06:00", "Tue 14:00", holiday=True),
    a_duty("wed", "Wed 06:00", "Wed 14:00"),
    a_duty("sat", "Sat 06:00", "Sat 14:00", weekend=True),
    a_duty("sun", "Sun 06:00", "Sun 14:00", weekend=True, holiday=True),
)


def week(**past: tuple[Worked, ...]) -> RosterProblem:
    return a_problem([a_unit("p1"), a_unit("p2")], DUTIES, worked=past, preferences=WISH)


def test_weekend_and_holiday_duties_count_alike_and_each_once() -> None:
    assert cost(week(), ("p1", "tue"), ("p1", "sat"), ("p1", "sun")) == 9
    assert cost(week(), ("p1", "sat"), ("p2", "sun")) == 2
    assert cost(week(), ("p1", "wed")) == 0


def test_past_weekends_and_holidays_make_the_next_dearer() -> None:
    past = (
        worked("Sat 06:00", "Sat 14:00", weekend=True),
        worked("Wed 06:00", "Wed 14:00", holiday=True),
        worked("Thu 06:00", "Thu 14:00"),
    )
    assert cost(week(p1=past)) == 0
    assert cost(week(p1=past), ("p1", "sat")) == 3**2 - 2**2


def test_only_the_28_days_before_the_horizon_are_remembered() -> None:
    edge = 28 * 24 * 60
    kept = Worked(-edge - 30, -edge, 60 - edge, 60 - edge, weekend=True)
    newest = Worked(-1, -1, 60, 60, weekend=True)
    lost = Worked(-edge - 1, -edge - 1, -edge, -edge, weekend=True)
    later = WEEK.minutes
    next_week = Worked(later, later, later + 60, later + 60, weekend=True)
    assert cost(week(p1=(lost, next_week)), ("p1", "sat")) == 1
    assert cost(week(p1=(lost, kept)), ("p1", "sat")) == 3
    assert cost(week(p1=(lost, newest)), ("p1", "sat")) == 3


def test_each_clock_counts_once_and_only_where_its_members_are_present() -> None:
    away = a_member("m3", "late", absences=(Span(at("Sat 00:00"), at("Sun 00:00")),))
    unit = a_unit("p1", a_member("m1", "early"), a_member("m2", "early"), away)
    problem = a_problem([unit], DUTIES, preferences=WISH)
    assert cost(problem, ("p1", "sat"), ("p1", "sun")) == 4 + 1


def test_a_working_day_touches_no_weekends() -> None:
    problem = week()
    [wish] = map(preference, WISH)
    sheet = Sheet(problem, taken(problem, ("p1", "sat"), ("p1", "wed")))
    assert wish.measure(problem, sheet, Near("p1", "sat")) == 1
    assert wish.measure(problem, sheet, Near("p1", "wed")) == 0
