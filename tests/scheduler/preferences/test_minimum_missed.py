"""What is missing to every minimum, weighted by the area's priority."""

from __future__ import annotations

import pytest

from scheduler.duties import Count
from scheduler.forces import Force
from scheduler.moments import Span
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, at, soldiers
from tests.scheduler.verdicts import cost

WISH = (PreferenceInForce("minimum-missed", level=1),)
UNITS = a_unit("p1"), a_unit("p2"), a_unit("p3"), soldiers("s1")


@pytest.mark.parametrize(
    ("police", "missed"), [((), 6), (("p1",), 3), (("p1", "p2"), 0), (("p1", "p2", "p3"), 0)]
)
def test_teams_up_to_the_minimum_count_by_priority(police: tuple[str, ...], missed: int) -> None:
    duty = a_duty(needs=(a_need(minimum=2, target=4),), priority=3)
    problem = a_problem(UNITS, [duty], preferences=WISH)
    assert cost(problem, *((unit, "duty") for unit in police)) == missed


def test_needs_add_up_and_one_team_meets_all_that_count_it() -> None:
    needs = a_need(minimum=1), a_need(None, minimum=2, target=2), a_need(minimum=0, id="no")
    problem = a_problem(UNITS, [a_duty(needs=needs)], preferences=WISH)
    assert cost(problem) == 3
    assert cost(problem, ("s1", "duty")) == 2
    assert cost(problem, ("p1", "duty")) == 1


def test_persons_present_count_where_persons_are_asked() -> None:
    away = a_member("m1", absences=(Span(at("Mon 06:00"), at("Mon 07:00")),))
    need = a_need(Force.MILITARY, minimum=4, target=4, counts=Count.PERSONS)
    team = soldiers("s1", away, a_member("m2"), a_member("m3"))
    problem = a_problem([team, a_unit("p1")], [a_duty(needs=(need,))], preferences=WISH)
    assert cost(problem, ("s1", "duty"), ("p1", "duty")) == 2


def test_a_duty_without_priority_costs_nothing() -> None:
    duty = a_duty(needs=(a_need(minimum=1),), priority=0)
    assert cost(a_problem(UNITS, [duty], preferences=WISH)) == 0
