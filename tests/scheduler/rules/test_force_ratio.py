"""So many soldiers for each police officer on one duty, and no more."""

from __future__ import annotations

import pytest

from scheduler.forces import DutyKind
from scheduler.moments import Span
from scheduler.rule import Scope
from tests.builders import a_duty, a_member, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

TWO = in_force("force-ratio", soldiers_per_officer=2)


@pytest.mark.parametrize(("number", "good"), [(2, True), (4, True), (5, False)])
def test_two_soldiers_for_each_of_two_officers(number: int, good: bool) -> None:
    problem = a_problem([a_unit("p1"), soldiers("s1", persons=number)], [a_duty()], [TWO])
    assert allowed(problem, ("p1", "duty"), ("s1", "duty")) is good


def test_soldiers_are_never_alone_and_officers_may_be() -> None:
    duty = a_duty(before=20)
    problem = a_problem([a_unit("p1"), soldiers("s1", persons=1)], [duty], [TWO])
    assert allowed(problem, ("p1", "duty"))
    found = breaches(problem, ("s1", "duty"))
    assert [(v.rule, v.unit, v.duty) for v in found] == [("force-ratio", None, "duty")]
    assert found[0].sentence("en") == (
        "peterbos, Mon 30 Nov, 06:00: 1 soldier and no police officer on one duty; "
        "at most 2 soldiers for each officer."
    )


def test_an_absent_officer_brings_nobody_along() -> None:
    away = a_member("m1", absences=(Span(at("Mon 13:00"), at("Mon 14:00")),))
    pair = a_unit("p1", away, a_member("m2"))
    problem = a_problem([pair, soldiers("s1", persons=3)], [a_duty()], [TWO])
    assert not allowed(problem, ("p1", "duty"), ("s1", "duty"))


def test_an_absent_soldier_needs_nobody() -> None:
    away = a_member("m1", absences=(Span(at("Mon 13:00"), at("Mon 14:00")),))
    team = soldiers("s1", away, a_member("m2"), a_member("m3"))
    problem = a_problem([a_unit("p1", persons=1), team], [a_duty()], [TWO])
    assert allowed(problem, ("p1", "duty"), ("s1", "duty"))


def test_a_breach_says_by_how_many_soldiers() -> None:
    problem = a_problem([a_unit("p1"), soldiers("s1", persons=7)], [a_duty()], [TWO])
    (found,) = breaches(problem, ("p1", "duty"), ("s1", "duty"))
    assert found.by == 7 - 2 * 2


def test_who_is_away_even_for_the_briefing_is_not_there() -> None:
    away = a_member("m1", absences=(Span(at("Mon 05:40"), at("Mon 06:00")),))
    team = soldiers("s1", away, a_member("m2"), a_member("m3"))
    for before, good in ((0, False), (20, True)):
        problem = a_problem([a_unit("p1", persons=1), team], [a_duty(before=before)], [TWO])
        assert allowed(problem, ("p1", "duty"), ("s1", "duty")) is good


def test_all_units_on_the_duty_count_together() -> None:
    units = a_unit("p1"), a_unit("p2"), soldiers("s1"), soldiers("s2")
    problem = a_problem(units, [a_duty()], [TWO])
    pairs = ("p1", "duty"), ("s1", "duty"), ("s2", "duty")
    assert not allowed(problem, *pairs)
    assert allowed(problem, *pairs, ("p2", "duty"))


def test_a_guard_by_soldiers_is_out_of_scope() -> None:
    rule = in_force("force-ratio", Scope(kinds=(DutyKind.PATROL,)), soldiers_per_officer=2)
    problem = a_problem([soldiers("s1")], [a_duty(kind=DutyKind.GUARD)], [rule])
    assert allowed(problem, ("s1", "duty"))


def test_a_rule_for_one_team_binds_once_that_team_is_there() -> None:
    rule = in_force("force-ratio", Scope(units=("s1",)), soldiers_per_officer=2)
    problem = a_problem([soldiers("s1"), soldiers("s2")], [a_duty()], [rule])
    assert allowed(problem, ("s2", "duty"))
    assert not allowed(problem, ("s1", "duty"), ("s2", "duty"))


def test_a_pair_touches_its_own_duty_only() -> None:
    problem = a_problem([soldiers("s1"), soldiers("s2")], [a_duty("duty"), a_duty("other")], [TWO])
    assert near(problem, ("s1", "duty"), ("s1", "duty"), ("s2", "other")) == ["force-ratio"]
