"""Units serve near the area where they set out."""

from __future__ import annotations

from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_problem, a_unit
from tests.scheduler.verdicts import cost

PROBLEM = a_problem(
    [a_unit("p1", home="peterbos"), a_unit("p2", home="matonge"), a_unit("p3")],
    [
        a_duty("here"),
        a_duty("there", "Tue 06:00", "Tue 14:00", area="matonge"),
        a_duty("far", "Wed 06:00", "Wed 14:00", area="clemenceau"),
    ],
    travel={("peterbos", "matonge"): 12, ("clemenceau", "peterbos"): 25},
    preferences=(PreferenceInForce("travel-from-home", level=1),),
)


def test_each_duty_costs_its_minutes_from_home_in_either_direction() -> None:
    assert cost(PROBLEM, ("p1", "here")) == 0
    assert cost(PROBLEM, ("p1", "there"), ("p1", "far")) == 12 + 25
    assert cost(PROBLEM, ("p2", "here"), ("p2", "there")) == 12


def test_what_nobody_has_said_counts_as_no_time() -> None:
    assert cost(PROBLEM, ("p2", "far")) == 0
    assert cost(PROBLEM, ("p3", "there"), ("p3", "far")) == 0
