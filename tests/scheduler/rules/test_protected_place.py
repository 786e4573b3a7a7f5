"""Soldiers enter a school, a hospital or a place of worship only to guard it."""

from __future__ import annotations

import pytest

from scheduler.forces import DutyKind, Force
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from tests.builders import a_duty, a_problem, a_unit, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("protected-place", Scope(forces=(Force.MILITARY,)))
SCHOOL = "School no. 4"


def week(kind: DutyKind, place: str | None = SCHOOL) -> RosterProblem:
    duties = (
        a_duty(kind=kind, protected_place=place),
        a_duty("other", kind=kind, protected_place=place),
    )
    return a_problem([a_unit("p1"), soldiers("s1")], duties, [RULE])


@pytest.mark.parametrize("kind", DutyKind)
def test_only_a_guard_brings_soldiers_there(kind: DutyKind) -> None:
    assert allowed(week(kind), ("s1", "duty")) is (kind is DutyKind.GUARD)


def test_police_and_places_without_protection_are_free() -> None:
    assert allowed(week(DutyKind.PATROL), ("p1", "duty"))
    assert allowed(week(DutyKind.PATROL, None), ("s1", "duty"))


def test_the_breach_names_the_place() -> None:
    (found,) = breaches(week(DutyKind.PATROL), ("s1", "duty"))
    assert (found.rule, found.unit, found.duty) == ("protected-place", "s1", "duty")
    assert found.sentence("en") == (
        "s1 may enter School no. 4, a protected place, only on guard duty."
    )


def test_a_pair_touches_itself_only() -> None:
    problem = week(DutyKind.PATROL)
    assert near(problem, ("s1", "duty"), ("s1", "duty"), ("s1", "other")) == ["protected-place"]
