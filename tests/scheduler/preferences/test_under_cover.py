"""What is missing to every target, at the price that each need names."""

from __future__ import annotations

import pytest

from scheduler.duties import Count
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_need, a_problem, a_unit, soldiers
from tests.scheduler.verdicts import cost

WISH = (PreferenceInForce("under-cover", level=1),)
UNITS = a_unit("p1"), a_unit("p2"), a_unit("p3"), soldiers("s1")


@pytest.mark.parametrize(
    ("police", "missed"), [((), 200), (("p1",), 100), (("p1", "p2"), 0), (("p1", "p2", "p3"), 0)]
)
def test_each_team_below_the_target_costs_the_weight_of_its_need(
    police: tuple[str, ...], missed: int
) -> None:
    duty = a_duty(needs=(a_need(minimum=1, target=2, under_weight=100),), priority=3)
    problem = a_problem(UNITS, [duty], preferences=WISH)
    assert cost(problem, *((unit, "duty") for unit in police)) == missed


def test_a_need_that_names_no_weight_costs_one_for_each_and_one_of_weight_0_nothing() -> None:
    needs = a_need(target=2), a_need(None, target=2, under_weight=0)
    assert cost(a_problem(UNITS, [a_duty(needs=needs)], preferences=WISH)) == 2


def test_persons_count_where_persons_are_asked() -> None:
    need = a_need(target=5, counts=Count.PERSONS, under_weight=10)
    problem = a_problem(UNITS, [a_duty(needs=(need,))], preferences=WISH)
    assert cost(problem, ("p1", "duty"), ("s1", "duty")) == 30
