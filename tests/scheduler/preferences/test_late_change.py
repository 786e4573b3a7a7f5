"""What people have already been told changes as early as it can, if it has to change."""

from __future__ import annotations

import pytest

from scheduler.catalogue import preference
from scheduler.errors import InvalidParameters
from scheduler.preferences.late_change import LateChange
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment
from scheduler.rule import Near, PreferenceInForce, RuleInForce
from scheduler.sheet import Sheet
from tests.builders import a_duty, a_problem, a_unit, at, in_force, taken
from tests.scheduler.posed import model_price
from tests.scheduler.verdicts import cost

HOUR = 60
STEPS = {
    "urgent_minutes": 24 * HOUR,
    "urgent_price": 4,
    "soon_minutes": 72 * HOUR,
    "soon_price": 2,
}
TOLD = Assignment("p1", "thu"), Assignment("p2", "fri")


def week(
    told_at: int | None, *told: Assignment, rules: tuple[RuleInForce, ...] = ()
) -> RosterProblem:
    return a_problem(
        [a_unit("p1", areas=("peterbos",)), a_unit("p2", areas=("matonge",))],
        [
            a_duty("thu", "Thu 06:00", "Thu 14:00", before=HOUR),
            a_duty("fri", "Fri 06:00", "Fri 14:00", before=HOUR, area="matonge"),
        ],
        rules,
        told_at=told_at,
        reference=told,
        preferences=(PreferenceInForce("late-change", level=1, parameters=STEPS),),
    )


@pytest.mark.parametrize(
    ("told_at", "price"),
    [
        ("Mon 04:59", 1),
        ("Mon 05:00", 1),
        ("Mon 05:01", 2),
        ("Wed 05:00", 2),
        ("Wed 05:01", 4),
        ("Thu 12:00", 4),
    ],
)
def test_a_change_is_dearer_the_shorter_before_reporting_it_is_told(
    told_at: str, price: int
) -> None:
    problem = week(at(told_at), Assignment("p1", "thu"))
    assert cost(problem, ("p1", "thu")) == 0
    assert cost(problem) == price
    assert cost(problem, ("p1", "thu"), ("p2", "thu")) == price


def test_each_change_has_the_price_of_its_own_duty() -> None:
    problem = week(at("Wed 12:00"), *TOLD)
    assert cost(problem) == 4 + 2
    assert cost(problem, ("p1", "fri"), ("p2", "fri")) == 4 + 2


def test_where_nobody_says_when_people_are_told_all_is_in_good_time() -> None:
    assert cost(week(None, *TOLD)) == 2


def test_without_a_reference_nothing_was_told() -> None:
    assert cost(week(at("Thu 05:00")), ("p1", "thu")) == 0


def test_a_duty_that_is_no_longer_in_the_problem_is_no_change() -> None:
    assert cost(week(at("Thu 05:00"), Assignment("p1", "last-week"))) == 0


def test_a_known_pair_that_a_rule_now_refuses_is_a_change_in_every_roster() -> None:
    told = Assignment("p2", "thu")
    problem = week(at("Thu 04:00"), told, rules=(in_force("lent-area"),))
    assert cost(problem) == model_price(problem, taken(problem)) == 4
    moved = ("p1", "thu")
    assert cost(problem, moved) == model_price(problem, taken(problem, moved)) == 4 + 4


def test_near_a_pair_only_that_pair_is_measured() -> None:
    problem = week(at("Wed 12:00"), *TOLD)
    (wish,) = map(preference, problem.preferences)
    empty = Sheet(problem, taken(problem))
    assert wish.measure(problem, empty, Near("p1", "thu")) == 4
    assert wish.measure(problem, empty, Near("p1", "fri")) == 0


def test_prices_of_nothing_are_refused_and_one_step_for_both_is_not() -> None:
    with pytest.raises(InvalidParameters, match="soon_price is 0; at least 1"):
        LateChange(urgent_minutes=60, urgent_price=1, soon_minutes=60, soon_price=0)
    LateChange(urgent_minutes=60, urgent_price=1, soon_minutes=60, soon_price=1)


def test_steps_out_of_order_are_refused_together() -> None:
    with pytest.raises(InvalidParameters) as refused:
        LateChange(urgent_minutes=60, urgent_price=1, soon_minutes=30, soon_price=2)
    assert len(refused.value.faults) == 2
