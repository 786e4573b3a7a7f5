"""What people have already been told stays as it is wherever it can."""

from __future__ import annotations

from scheduler.catalogue import preference
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment
from scheduler.rule import Near, PreferenceInForce, RuleInForce
from scheduler.sheet import Sheet
from tests.builders import a_duty, a_problem, a_unit, in_force, taken
from tests.scheduler.posed import model_price
from tests.scheduler.verdicts import cost

TOLD = Assignment("p1", "mon"), Assignment("p2", "tue")


def week(*told: Assignment, rules: tuple[RuleInForce, ...] = ()) -> RosterProblem:
    return a_problem(
        [a_unit("p1", areas=("peterbos",)), a_unit("p2", areas=("matonge",))],
        [a_duty("mon"), a_duty("tue", "Tue 06:00", "Tue 14:00")],
        rules,
        reference=told,
        preferences=(PreferenceInForce("fewest-changes", level=1),),
    )


def test_the_known_roster_costs_nothing_and_an_empty_one_all_of_it() -> None:
    assert cost(week(*TOLD), ("p1", "mon"), ("p2", "tue")) == 0
    assert cost(week(*TOLD)) == 2
    assert cost(week()) == 0


def test_a_move_is_one_away_and_one_added() -> None:
    assert cost(week(*TOLD), ("p2", "mon"), ("p2", "tue")) == 2
    assert cost(week(*TOLD), ("p1", "mon"), ("p2", "tue"), ("p1", "tue")) == 1


def test_a_duty_that_is_no_longer_in_the_problem_is_no_change() -> None:
    assert cost(week(*TOLD, Assignment("p1", "last-week"))) == 2


def test_a_known_pair_that_a_rule_now_refuses_is_a_change_in_every_roster() -> None:
    problem = week(*TOLD, rules=(in_force("lent-area"),))
    assert cost(problem, ("p1", "mon")) == 1
    assert model_price(problem, taken(problem, ("p1", "mon"))) == 1


def test_near_a_pair_only_that_pair_is_measured() -> None:
    problem = week(*TOLD)
    (wish,) = map(preference, problem.preferences)
    sheet = Sheet(problem, taken(problem, ("p1", "mon"), ("p1", "tue")))
    assert wish.measure(problem, sheet, Near("p1", "mon")) == 0
    assert wish.measure(problem, sheet, Near("p1", "tue")) == 1
    assert wish.measure(problem, sheet, Near("p2", "tue")) == 1
    assert wish.measure(problem, sheet, Near("p2", "mon")) == 0
