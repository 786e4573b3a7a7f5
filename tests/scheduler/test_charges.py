"""What a clock may be charged with: decisions are kept apart as far as a rule asks, no further."""

from __future__ import annotations

import pytest

from scheduler.charges import charges
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation, remaining
from scheduler.rule import Scope
from scheduler.statement import Statement
from tests.builders import a_duty, a_problem, a_unit, in_force, worked

DUTIES = [a_duty("here"), a_duty("there", area="matonge")]


def week(*rules: str) -> RosterProblem:
    past = {"p1": [worked("Sun 06:00", "Sun 14:00", area="matonge")]}
    return a_problem([a_unit("p1")], DUTIES, [*map(in_force, rules)], worked=past)


def number(problem: RosterProblem, scope: Scope, *, by_place: bool = False) -> int:
    on, clock = Statement(problem), problem.clock("p1")
    return len(charges(problem, on, clock, scope, by_place=by_place))


@pytest.mark.parametrize(
    ("scope", "by_place", "count"),
    [
        (Scope(), False, 1 + 1),
        (Scope(), True, 1 + 2),
        (Scope(areas=("peterbos",)), False, 0 + 1),
        (Scope(areas=("matonge",)), False, 1 + 1),
        (Scope(areas=("matonge",)), True, 1 + 1),
        (Scope(areas=("matonge", "peterbos")), False, 1 + 2),
    ],
)
def test_duties_that_differ_in_place_alone_are_one_unless_places_matter(
    scope: Scope, by_place: bool, count: int
) -> None:
    assert number(week("one-place-at-a-time"), scope, by_place=by_place) == count


def test_who_may_be_in_two_places_at_once_has_two_duties() -> None:
    assert number(week(), Scope()) == 1 + 2


def test_who_is_out_of_scope_is_charged_with_nothing() -> None:
    assert number(week(), Scope(units=("p9",))) == 0


def test_who_is_let_off_for_good_is_charged_with_nothing() -> None:
    always = Relaxation("minimum-rest", "mayor", "flood", units=("p1",))
    assert number(week(), remaining(Scope(), [always])) == 0
    somewhere = Relaxation("minimum-rest", "mayor", "flood", units=("p1",), areas=("matonge",))
    assert number(week(), remaining(Scope(), [somewhere])) == 1 + 2
