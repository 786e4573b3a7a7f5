"""Nobody is put where the tasks that would fall to them are forbidden to them."""

from __future__ import annotations

import pytest

from scheduler.duties import Need
from scheduler.forces import DutyKind, Force
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from tests.builders import a_duty, a_need, a_problem, a_unit, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

NO_POWERS = ("arrest", "search-person")
SOLDIERS = in_force("forbidden-tasks", Scope(forces=(Force.MILITARY,)), tasks=NO_POWERS)


def week(*needs: Need, everybody: bool = False) -> RosterProblem:
    rule = in_force("forbidden-tasks", tasks=NO_POWERS) if everybody else SOLDIERS
    duties = a_duty(needs=needs), a_duty("other", needs=needs)
    return a_problem([a_unit("p1"), soldiers("s1")], duties, [rule])


ARREST_BY_POLICE = a_need(Force.POLICE, tasks=("presence", "arrest"))
ARREST_BY_SOLDIERS = a_need(Force.MILITARY, tasks=("presence", "arrest"))
ARREST_BY_ANYBODY = a_need(None, tasks=("arrest",))
COVER_BY_SOLDIERS = a_need(Force.MILITARY, tasks=("presence", "cover"))


@pytest.mark.parametrize(
    ("needs", "good"),
    [
        ([], True),
        ([COVER_BY_SOLDIERS], True),
        ([COVER_BY_SOLDIERS, ARREST_BY_POLICE], True),
        ([COVER_BY_SOLDIERS, ARREST_BY_ANYBODY], True),
        ([ARREST_BY_POLICE], True),
        ([ARREST_BY_SOLDIERS], False),
        ([ARREST_BY_SOLDIERS, a_need(None)], False),
        ([ARREST_BY_ANYBODY], False),
        ([ARREST_BY_ANYBODY, ARREST_BY_POLICE], False),
    ],
)
def test_soldiers_do_what_soldiers_are_called_for_or_else_what_anybody_is(
    needs: list[Need], good: bool
) -> None:
    assert allowed(week(*needs), ("s1", "duty")) is good


def test_police_answer_only_for_what_police_are_called_for() -> None:
    assert not allowed(week(ARREST_BY_POLICE, everybody=True), ("p1", "duty"))
    assert allowed(week(ARREST_BY_ANYBODY, everybody=True), ("p1", "duty"))


def test_police_may_do_what_is_forbidden_to_soldiers() -> None:
    assert allowed(week(ARREST_BY_POLICE), ("p1", "duty"))


def test_the_breach_names_the_tasks_once() -> None:
    searches = a_need(Force.MILITARY, id="more", tasks=("search-person", "arrest"))
    (found,) = breaches(week(ARREST_BY_SOLDIERS, searches), ("s1", "duty"))
    assert (found.rule, found.unit, found.duty) == ("forbidden-tasks", "s1", "duty")
    assert found.sentence("en") == (
        "s1 may not take this duty: it includes arrest and search-person, forbidden to them."
    )


def test_a_duty_that_asks_the_same_can_be_out_of_scope() -> None:
    scope = Scope(forces=(Force.MILITARY,), kinds=(DutyKind.PATROL,))
    needs = (ARREST_BY_SOLDIERS,)
    duties = a_duty(needs=needs), a_duty("guard", kind=DutyKind.GUARD, needs=needs)
    rule = in_force("forbidden-tasks", scope, tasks=NO_POWERS)
    problem = a_problem([soldiers("s1")], duties, [rule])
    assert not allowed(problem, ("s1", "duty"))
    assert allowed(problem, ("s1", "guard"))


def test_a_pair_touches_itself_only() -> None:
    problem = week(ARREST_BY_SOLDIERS)
    assert near(problem, ("s1", "duty"), ("s1", "duty"), ("s1", "other")) == ["forbidden-tasks"]
