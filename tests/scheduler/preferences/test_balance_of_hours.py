"""Everybody works the hours of their contract, and nobody strays far from them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.forces import Clock
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_member, a_problem, a_unit, at, worked
from tests.scheduler.verdicts import cost

WISH = PreferenceInForce("balance-of-hours", 1, parameters={"double_after_minutes": 480})
DUTIES = (
    a_duty("mon", "Mon 06:00", "Mon 14:00"),
    a_duty("tue", "Tue 06:00", "Tue 14:00", before=30, after=15),
    a_duty("wed", "Wed 06:00", "Wed 14:00"),
    a_duty("sun", "Sun 22:00", 7 * 24 * 60 + 360, before=60),
)


def week(**contracts: int | None) -> RosterProblem:
    problem = a_problem([a_unit("p1"), a_unit("p2")], DUTIES, preferences=(WISH,))
    clocks = (Clock(c.id, contract_minutes=contracts.get(c.id)) for c in problem.clocks)
    return replace(problem, clocks=tuple(clocks))


@pytest.mark.parametrize(
    ("contract", "hours"),
    [(480, 0), (479, 1), (420, 1), (419, 2), (481, 1), (540, 1), (541, 2), (0, 8), (960, 8)],
)
def test_begun_hours_above_or_below_the_contract_count(contract: int, hours: int) -> None:
    assert cost(week(p1=contract), ("p1", "mon")) == hours


def test_hours_far_from_the_contract_count_twice() -> None:
    assert cost(week(p1=0), ("p1", "mon"), ("p1", "wed")) == 16 + 8
    assert cost(week(p1=600)) == 10 + 2
    assert cost(week(p1=481)) == 9 + 1


def test_working_time_is_from_reporting_to_release_and_whole_over_the_edge() -> None:
    assert cost(week(p1=525), ("p1", "tue")) == 0
    assert cost(week(p1=540), ("p1", "sun")) == 0


def test_who_has_no_hours_agreed_is_left_out_and_0_is_an_agreement() -> None:
    assert cost(week(p1=None), ("p1", "mon")) == 0
    assert cost(week(p1=480, p2=0)) == 8


def test_what_was_worked_before_is_of_another_horizon() -> None:
    problem = week(p1=480)
    clock = Clock("p1", (worked("Sun 06:00", "Sun 14:00"),), contract_minutes=480)
    assert cost(replace(problem, clocks=(clock, Clock("p2"))), ("p1", "mon")) == 0


def test_each_clock_is_charged_only_where_its_members_are_present() -> None:
    away = a_member("m2", absences=(Span(at("Mon 06:00"), at("Mon 07:00")),))
    problem = a_problem([a_unit("p1", a_member("m1"), away)], DUTIES, preferences=(WISH,))
    clocks = Clock("m1", contract_minutes=480), Clock("m2", contract_minutes=480)
    assert cost(replace(problem, clocks=clocks), ("p1", "mon")) == 8
