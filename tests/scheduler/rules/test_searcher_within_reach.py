"""An officer who may search women is on the duty or within reach of it, all the time."""

from __future__ import annotations

import pytest

from scheduler.forces import Qualification
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from tests.builders import a_duty, a_member, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

SEARCHER = "female-searcher"
RULE = in_force("searcher-within-reach", qualification=SEARCHER, reach_minutes=15)


def week(away: int | None, starts: str = "Mon 06:00", ends: str = "Mon 14:00") -> RosterProblem:
    """A patrol in Peterbos, and one in Clemenceau so many minutes away with a searcher."""
    return a_problem(
        [a_unit("p1"), a_unit("p2", holds=(SEARCHER,)), a_unit("p3", holds=(SEARCHER,))],
        [
            a_duty(),
            a_duty("there", starts, ends, area="clemenceau"),
            a_duty("after", "Mon 10:00", "Mon 18:00", area="clemenceau"),
        ],
        [RULE],
        travel={} if away is None else {("peterbos", "clemenceau"): away},
    )


@pytest.mark.parametrize(("away", "good"), [(15, True), (16, False), (None, False)])
def test_help_comes_from_an_area_in_reach(away: int | None, good: bool) -> None:
    assert allowed(week(away), ("p1", "duty"), ("p2", "there")) is good


def test_a_searcher_on_the_duty_itself_needs_no_reach() -> None:
    assert allowed(week(None), ("p1", "duty"), ("p2", "duty"))


def test_help_that_leaves_early_leaves_a_gap_unless_it_is_relieved() -> None:
    problem = week(10, ends="Mon 10:00")
    (found,) = breaches(problem, ("p1", "duty"), ("p2", "there"))
    assert (found.unit, found.duty) == (None, "duty")
    assert found.sentence("en") == (
        "peterbos: from Mon 30 Nov, 10:00 no officer “female-searcher” on the spot or within "
        "15 min."
    )
    assert allowed(problem, ("p1", "duty"), ("p2", "there"), ("p3", "after"))


def test_a_soldier_searches_nobody() -> None:
    units = a_unit("p1"), soldiers("s1", holds=(SEARCHER,))
    problem = a_problem(units, [a_duty()], [RULE])
    assert not allowed(problem, ("p1", "duty"), ("s1", "duty"))


@pytest.mark.parametrize(("until", "good"), [("Mon 06:00", False), ("Mon 07:00", True)])
def test_the_qualification_is_in_date_when_the_duty_starts(until: str, good: bool) -> None:
    member = a_member(holds=(Qualification(SEARCHER, at(until)),))
    problem = a_problem([a_unit("p1", member)], [a_duty()], [RULE])
    assert allowed(problem, ("p1", "duty")) is good


def test_a_searcher_who_is_away_helps_nobody() -> None:
    away = a_member("m1", holds=(SEARCHER,), absences=(Span(at("Mon 13:00"), at("Mon 14:00")),))
    problem = a_problem([a_unit("p1", away, a_member("m2"))], [a_duty()], [RULE])
    assert not allowed(problem, ("p1", "duty"))


def test_an_empty_duty_and_one_out_of_scope_are_silent() -> None:
    scope = Scope(areas=("clemenceau",))
    rule = in_force("searcher-within-reach", scope, qualification=SEARCHER, reach_minutes=15)
    assert allowed(week(15))
    assert allowed(a_problem([a_unit("p1")], [a_duty()], [rule]), ("p1", "duty"))


def test_who_helps_touches_the_duty_that_is_helped() -> None:
    assert near(week(15), ("p2", "there"), ("p1", "duty")) == ["searcher-within-reach"]
    assert not near(week(16), ("p2", "there"), ("p1", "duty")), "nobody there could help"
