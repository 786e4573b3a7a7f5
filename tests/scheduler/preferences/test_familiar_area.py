"""Units serve where they know their way."""

from __future__ import annotations

from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_problem, a_unit
from tests.scheduler.verdicts import cost

PROBLEM = a_problem(
    [a_unit("p1", familiar=("peterbos", "bonnevie")), a_unit("p2")],
    [a_duty("home"), a_duty("away", area="matonge"), a_duty("far", area="clemenceau")],
    preferences=(PreferenceInForce("familiar-area", level=1, weight=2),),
)


def test_each_duty_outside_the_familiar_areas_costs_one() -> None:
    assert cost(PROBLEM, ("p1", "home")) == 0
    assert cost(PROBLEM, ("p1", "home"), ("p1", "away"), ("p1", "far")) == 2 * 2


def test_who_is_familiar_with_no_area_in_particular_is_free() -> None:
    assert cost(PROBLEM, ("p2", "away"), ("p2", "home")) == 0
