from __future__ import annotations

from patrols.rosters.freed_hours import freed_minutes
from scheduler.duties import Count
from scheduler.forces import DutyKind, Force
from tests.builders import HOUR, a_duty, a_need, a_problem, a_unit, in_force, soldiers, taken

SIZE = in_force("patrol-size", minimum_persons=3, maximum_persons=8)


def test_soldiers_on_guard_free_the_officers_that_it_asks_for() -> None:
    two = a_duty(kind=DutyKind.GUARD, needs=(a_need(None, 2, 2, counts=Count.PERSONS),))
    team = a_duty("other", kind=DutyKind.GUARD, needs=(a_need(Force.MILITARY, 0, 1),))
    problem = a_problem([soldiers("s1"), soldiers("s2")], [two, team])
    assert freed_minutes(problem, taken(problem, ("s1", "duty"))) == 2 * 8 * HOUR
    assert freed_minutes(problem, taken(problem, ("s2", "other"))) == 2 * 8 * HOUR


def test_soldiers_free_nobody_on_a_guard_that_police_keep_as_well() -> None:
    guard = a_duty(kind=DutyKind.GUARD, needs=(a_need(None, 1, 2),))
    problem = a_problem([a_unit("p1"), soldiers("s1")], [guard])
    both = taken(problem, ("p1", "duty"), ("s1", "duty"))
    assert freed_minutes(problem, both) == 0
    assert freed_minutes(problem, taken(problem, ("p1", "duty"))) == 0


def test_on_a_joint_patrol_they_count_up_to_the_smallest_lawful_patrol() -> None:
    pair, team = a_unit("p1", persons=2), a_unit("p2", persons=3)
    problem = a_problem([pair, team, soldiers("s1", persons=3)], [a_duty()], [SIZE])
    assert freed_minutes(problem, taken(problem, ("p1", "duty"), ("s1", "duty"))) == 8 * HOUR
    assert freed_minutes(problem, taken(problem, ("p2", "duty"), ("s1", "duty"))) == 0


def test_only_the_cover_counts_and_no_rule_means_no_patrol_that_is_too_small() -> None:
    duty = a_duty(before=20, after=10, kind=DutyKind.GUARD)
    problem = a_problem([soldiers("s1")], [duty])
    assert freed_minutes(problem, taken(problem, ("s1", "duty"))) == 2 * 8 * HOUR
    patrol = a_problem([a_unit("p1", persons=1), soldiers("s1")], [a_duty()])
    assert freed_minutes(patrol, taken(patrol, ("p1", "duty"), ("s1", "duty"))) == 0
