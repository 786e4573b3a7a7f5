"""A unit is not in the same place on the same weekday at the same hour, week after week."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from scheduler.forces import Worked
from scheduler.moments import Horizon
from scheduler.problem import RosterProblem
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_member, a_problem, a_unit, a_week, in_force, taken, worked
from tests.scheduler.posed import model_price
from tests.scheduler.verdicts import cost

WISH = (PreferenceInForce("repeated-place", 1, parameters={"within_minutes": 60}),)


def week(**past: tuple[Worked, ...]) -> RosterProblem:
    duties = (
        a_duty("mon", "Mon 06:00", "Mon 14:00"),
        a_duty("tue", "Tue 06:00", "Tue 14:00"),
        a_duty("elsewhere", "Mon 06:00", "Mon 14:00", area="matonge"),
    )
    return a_problem([a_unit("p1"), a_unit("p2")], duties, worked=past, preferences=WISH)


def was(starts: str, week: int = -1, area: str = "peterbos") -> Worked:
    return worked(starts, f"{starts[:3]} 23:00", week, area=area)


def test_the_same_area_weekday_and_hour_as_last_week_costs_one() -> None:
    problem = week(p1=(was("Mon 06:00"),))
    assert cost(problem) == 0
    assert cost(problem, ("p1", "mon")) == 1
    assert cost(problem, ("p1", "tue"), ("p1", "elsewhere"), ("p2", "mon")) == 0


def test_each_of_four_weeks_counts_once_and_the_fifth_no_more() -> None:
    often = *(was("Mon 06:00", -weeks) for weeks in range(1, 6)), was("Mon 06:30", -2)
    assert cost(week(p1=often), ("p1", "mon")) == 4
    assert cost(week(p1=(was("Mon 06:00", -4),)), ("p1", "mon")) == 1
    assert cost(week(p1=(was("Mon 06:00", -5),)), ("p1", "mon")) == 0


@pytest.mark.parametrize(
    ("starts", "repeats"), [("Mon 05:00", 1), ("Mon 04:59", 0), ("Mon 07:00", 1), ("Mon 07:01", 0)]
)
def test_an_hour_earlier_or_later_is_the_same_time(starts: str, repeats: int) -> None:
    assert cost(week(p1=(was(starts),)), ("p1", "mon")) == repeats


def test_the_hour_is_when_the_duty_starts_and_not_when_the_unit_reports() -> None:
    duty = a_duty("mon", "Mon 06:00", "Mon 14:00", before=120)
    past = {"p1": (was("Mon 06:00"),)}
    problem = a_problem([a_unit("p1")], [duty], worked=past, preferences=WISH)
    assert cost(problem, ("p1", "mon")) == 1


def test_what_one_member_worked_counts_for_the_unit_once() -> None:
    unit = a_unit("p1", a_member("m1"), a_member("m2"))
    past = (was("Mon 06:00"),)
    problem = a_problem([unit], [a_duty("mon")], worked={"m1": past, "m2": past}, preferences=WISH)
    assert cost(problem, ("p1", "mon")) == 1


def test_the_hour_is_that_of_the_local_clock_across_a_clock_change() -> None:
    """Summer time ends on 25 October 2026: 06:00 is an hour later in elapsed time."""
    horizon = a_week("2026-10-26")
    past = worked("Mon 06:00", "Mon 14:00", horizon=horizon, area="peterbos")
    duties = (
        a_duty("same", "Mon 06:00", "Mon 14:00", horizon=horizon),
        a_duty("late", "Mon 07:01", "Mon 15:00", horizon=horizon),
        a_duty("early", "Mon 05:00", "Mon 13:00", horizon=horizon),
    )
    problem = a_problem(
        [a_unit("p1")], duties, worked={"p1": (past,)}, horizon=horizon, preferences=WISH
    )
    assert [cost(problem, ("p1", duty.id)) for duty in duties] == [1, 0, 1]


def test_weeks_of_a_longer_horizon_repeat_each_other() -> None:
    horizon = a_week(days=21)
    duties = [a_duty(f"w{n}", "Mon 06:00", "Mon 14:00", week=n, horizon=horizon) for n in range(3)]
    again = a_duty("again", "Mon 06:30", "Mon 14:00", week=1, horizon=horizon)
    problem = a_problem([a_unit("p1")], [*duties, again], horizon=horizon, preferences=WISH)
    assert cost(problem, ("p1", "w0")) == 0
    assert cost(problem, ("p1", "w0"), ("p1", "w1")) == 1
    assert cost(problem, ("p1", "w0"), ("p1", "w2")) == 1
    assert cost(problem, ("p1", "w0"), ("p1", "w1"), ("p1", "w2")) == 3
    assert cost(problem, ("p1", "w1"), ("p1", "again"), ("p1", "w2")) == 1
    assert cost(problem, ("p1", "w0"), ("p1", "w1"), ("p1", "again")) == 2


def test_a_week_that_repeats_the_past_anyway_is_not_counted_again_for_the_roster() -> None:
    horizon = a_week(days=14)
    duties = [a_duty(f"w{n}", "Mon 06:00", "Mon 14:00", week=n, horizon=horizon) for n in (0, 1)]
    past = (worked("Mon 06:00", "Mon 14:00", horizon=horizon, area="peterbos"),)
    problem = a_problem(
        [a_unit("p1")], duties, worked={"p1": past}, horizon=horizon, preferences=WISH
    )
    assert cost(problem, ("p1", "w0"), ("p1", "w1")) == 1 + 2


def test_a_week_is_counted_once_where_the_past_and_the_roster_both_repeat_it() -> None:
    """The horizon starts on Monday at noon: that day is of the past and of the roster."""
    noon = Horizon(datetime(2026, 11, 30, 12, tzinfo=ZoneInfo("Europe/Brussels")), 8 * 24 * 60)
    past = worked("Mon 11:30", "Mon 12:00", week=0, horizon=noon, area="peterbos")
    duties = [a_duty(f"w{n}", "Mon 12:00", "Mon 20:00", week=n, horizon=noon) for n in (0, 1)]
    problem = a_problem(
        [a_unit("p1")], duties, worked={"p1": (past,)}, horizon=noon, preferences=WISH
    )
    assert cost(problem, ("p1", "w0")) == 0
    assert cost(problem, ("p1", "w1")) == 1
    assert cost(problem, ("p1", "w0"), ("p1", "w1")) == 1


@pytest.mark.parametrize(("refused", "once", "other"), [(0, 1, 2), (1, 0, 2), (2, 0, 1)])
def test_a_duty_that_a_rule_refuses_the_unit_repeats_nothing(
    refused: int, once: int, other: int
) -> None:
    horizon = a_week(days=21)
    duties = [a_duty(f"w{n}", "Mon 06:00", "Mon 14:00", week=n, horizon=horizon) for n in range(3)]
    away = a_member("m1", absences=(duties[refused].span,))
    problem = a_problem(
        [a_unit("p1", away)], duties, [in_force("absence")], horizon=horizon, preferences=WISH
    )
    one, both = taken(problem, ("p1", f"w{once}")), [("p1", f"w{n}") for n in (once, other)]
    assert cost(problem, *one.pairs) == model_price(problem, one) == 0
    assert cost(problem, *both) == model_price(problem, taken(problem, *both)) == 1
