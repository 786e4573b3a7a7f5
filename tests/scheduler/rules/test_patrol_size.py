"""Whoever goes out goes with neither too few nor too many."""

from __future__ import annotations

import pytest

from scheduler.catalogue import rule
from scheduler.errors import InvalidParameters
from scheduler.forces import DutyKind, Force
from scheduler.moments import Span
from scheduler.rule import Scope
from tests.builders import a_duty, a_member, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

THREE_TO_EIGHT = in_force("patrol-size", minimum_persons=3, maximum_persons=8)


@pytest.mark.parametrize(
    ("officers", "number", "good"),
    [(1, 1, False), (1, 2, True), (4, 4, True), (4, 5, False)],
)
def test_both_forces_count_together(officers: int, number: int, good: bool) -> None:
    units = a_unit("p1", persons=officers), soldiers("s1", persons=number)
    problem = a_problem(units, [a_duty()], [THREE_TO_EIGHT])
    assert allowed(problem, ("p1", "duty"), ("s1", "duty")) is good


def test_an_empty_duty_is_no_patrol_that_is_too_small() -> None:
    assert allowed(a_problem([a_unit("p1")], [a_duty()], [THREE_TO_EIGHT]))


def test_only_those_present_count() -> None:
    away = a_member("m1", absences=(Span(at("Mon 06:00"), at("Mon 07:00")),))
    trio = a_unit("p1", away, a_member("m2"), a_member("m3"))
    duties = [a_duty(before=20), a_duty("later", 480, 960)]
    problem = a_problem([trio], duties, [THREE_TO_EIGHT])
    assert allowed(problem, ("p1", "later"))
    found = breaches(problem, ("p1", "duty"))
    assert [(v.unit, v.duty, v.by) for v in found] == [(None, "duty", -1)]
    assert found[0].sentence("en") == (
        "peterbos, Mon 30 Nov, 06:00: 2 persons on this duty; between 3 and 8 are allowed."
    )


def test_who_is_away_even_for_the_briefing_is_not_there() -> None:
    away = a_member("m1", absences=(Span(at("Mon 05:40"), at("Mon 06:00")),))
    trio = a_unit("p1", away, a_member("m2"), a_member("m3"))
    for before, good in ((0, True), (20, False)):
        problem = a_problem([trio], [a_duty(before=before)], [THREE_TO_EIGHT])
        assert allowed(problem, ("p1", "duty")) is good


def test_a_breach_says_by_how_many_it_is_too_large() -> None:
    units = a_unit("p1", persons=6), soldiers("s1", persons=5)
    (found,) = breaches(
        a_problem(units, [a_duty()], [THREE_TO_EIGHT]), ("p1", "duty"), ("s1", "duty")
    )
    assert found.by == 11 - 8


def test_a_rule_for_soldiers_binds_once_a_soldier_is_there() -> None:
    scope = Scope(forces=(Force.MILITARY,))
    of_soldiers = in_force("patrol-size", scope, minimum_persons=4, maximum_persons=5)
    units = a_unit("p1"), soldiers("s1", persons=1), soldiers("s2", persons=4)
    problem = a_problem(units, [a_duty()], [of_soldiers])
    assert allowed(problem, ("p1", "duty"))
    assert not allowed(problem, ("p1", "duty"), ("s1", "duty"))
    assert not allowed(problem, ("p1", "duty"), ("s2", "duty"))
    assert allowed(problem, ("s1", "duty"), ("s2", "duty"))


def test_a_guard_is_out_of_scope() -> None:
    scope = Scope(kinds=(DutyKind.PATROL,))
    patrols = in_force("patrol-size", scope, minimum_persons=3, maximum_persons=8)
    problem = a_problem([a_unit("p1")], [a_duty(kind=DutyKind.GUARD)], [patrols])
    assert allowed(problem, ("p1", "duty"))


def test_a_pair_touches_its_own_duty_only() -> None:
    duties = a_duty("duty"), a_duty("other")
    problem = a_problem([a_unit("p1"), a_unit("p2")], duties, [THREE_TO_EIGHT])
    assert near(problem, ("p1", "duty"), ("p1", "duty"), ("p2", "other")) == ["patrol-size"]


def test_a_minimum_above_the_maximum_is_refused() -> None:
    with pytest.raises(InvalidParameters) as refused:
        rule(in_force("patrol-size", minimum_persons=9, maximum_persons=8))
    assert refused.value.code == "patrol-size"
    assert refused.value.faults == ("minimum_persons is 9; at most maximum_persons 8",)


def test_one_size_may_be_the_only_one() -> None:
    four = in_force("patrol-size", minimum_persons=4, maximum_persons=4)
    problem = a_problem([a_unit("p1", persons=4), a_unit("p2")], [a_duty()], [four])
    assert allowed(problem, ("p1", "duty"))
    assert not allowed(problem, ("p2", "duty"))


def test_a_negative_minimum_is_refused() -> None:
    with pytest.raises(InvalidParameters, match="minimum_persons is -1; at least 0"):
        rule(in_force("patrol-size", minimum_persons=-1, maximum_persons=8))
