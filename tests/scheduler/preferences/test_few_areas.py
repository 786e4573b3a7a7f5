"""A unit stays in one area as far as it can."""

from __future__ import annotations

from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_problem, a_unit
from tests.scheduler.verdicts import cost

PROBLEM = a_problem(
    [a_unit("p1"), a_unit("p2")],
    [
        a_duty("mon", "Mon 06:00", "Mon 14:00"),
        a_duty("tue", "Tue 06:00", "Tue 14:00"),
        a_duty("wed", "Wed 06:00", "Wed 14:00", area="matonge"),
        a_duty("thu", "Thu 06:00", "Thu 14:00", area="clemenceau"),
    ],
    preferences=(PreferenceInForce("few-areas", level=1),),
)


def test_one_area_is_free_however_often_and_nobody_has_to_serve() -> None:
    assert cost(PROBLEM) == 0
    assert cost(PROBLEM, ("p1", "mon"), ("p1", "tue")) == 0


def test_each_area_beyond_the_first_costs_one() -> None:
    assert cost(PROBLEM, ("p1", "mon"), ("p1", "wed")) == 1
    assert cost(PROBLEM, ("p1", "mon"), ("p1", "tue"), ("p1", "wed"), ("p1", "thu")) == 2


def test_each_unit_has_a_first_area_of_its_own() -> None:
    assert cost(PROBLEM, ("p1", "mon"), ("p2", "wed")) == 0
    assert cost(PROBLEM, ("p1", "mon"), ("p2", "wed"), ("p2", "thu")) == 1
