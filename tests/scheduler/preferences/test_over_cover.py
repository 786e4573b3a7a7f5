"""What goes beyond every target, at the price that each need names."""

from __future__ import annotations

import pytest

from scheduler.duties import Count
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_need, a_problem, a_unit, soldiers
from tests.scheduler.verdicts import cost

WISH = (PreferenceInForce("over-cover", level=1),)
UNITS = a_unit("p1"), a_unit("p2"), a_unit("p3"), soldiers("s1")


@pytest.mark.parametrize(
    ("police", "excess"), [((), 0), (("p1",), 0), (("p1", "p2"), 7), (("p1", "p2", "p3"), 14)]
)
def test_each_team_above_the_target_costs_the_weight_of_its_need(
    police: tuple[str, ...], excess: int
) -> None:
    duty = a_duty(needs=(a_need(target=1, maximum=9, over_weight=7),))
    problem = a_problem(UNITS, [duty], preferences=WISH)
    assert cost(problem, *((unit, "duty") for unit in police)) == excess


def test_a_need_that_names_no_weight_has_room_for_everybody() -> None:
    problem = a_problem(UNITS, [a_duty(needs=(a_need(maximum=9),))], preferences=WISH)
    assert cost(problem, ("p1", "duty"), ("p2", "duty"), ("p3", "duty")) == 0


def test_only_those_whom_the_need_counts_are_too_many() -> None:
    persons = a_need(target=1, maximum=9, counts=Count.PERSONS, over_weight=1)
    problem = a_problem(UNITS, [a_duty(needs=(persons,))], preferences=WISH)
    assert cost(problem, ("p1", "duty"), ("s1", "duty")) == 1
