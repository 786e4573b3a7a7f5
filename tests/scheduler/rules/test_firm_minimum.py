"""A firm minimum is reached, whatever else gives way; an empty duty breaks it too."""

from __future__ import annotations

import pytest

from scheduler.duties import Count, Need
from scheduler.forces import Force, Qualification
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("firm-minimum")
UNITS = a_unit("p1"), a_unit("p2"), soldiers("s1"), soldiers("s2")


def week(need: Need, *needs: Need) -> RosterProblem:
    return a_problem(UNITS, [a_duty(needs=(need, *needs))], [RULE])


def test_an_empty_duty_breaks_it() -> None:
    duty = a_duty(before=20, needs=(a_need(minimum=1, target=2, firm=True),))
    (found,) = breaches(a_problem(UNITS, [duty], [RULE]))
    assert (found.unit, found.duty, found.by) == (None, "duty", -1)
    assert found.sentence("en") == (
        "peterbos, Mon 30 Nov, 06:00: no police team; at least 1 must be there."
    )


def test_a_minimum_that_is_not_firm_may_fall_short() -> None:
    assert allowed(week(a_need(minimum=1)))


def test_teams_of_the_asked_force_count() -> None:
    problem = week(a_need(minimum=2, target=2, firm=True))
    assert not allowed(problem, ("p1", "duty"), ("s1", "duty"))
    assert allowed(problem, ("p1", "duty"), ("p2", "duty"))


def test_a_need_of_anybody_is_met_by_anybody() -> None:
    problem = week(a_need(None, minimum=2, target=2, firm=True))
    assert allowed(problem, ("p1", "duty"), ("s1", "duty"))


def test_one_team_counts_for_every_need_that_it_meets() -> None:
    problem = week(a_need(None, minimum=1, firm=True), a_need(minimum=1, firm=True))
    assert not allowed(problem, ("s1", "duty"))
    assert allowed(problem, ("p1", "duty"))


@pytest.mark.parametrize(("minimum", "good"), [(3, True), (4, False)])
def test_persons_are_counted_where_persons_are_asked(minimum: int, good: bool) -> None:
    need = a_need(Force.MILITARY, minimum, target=4, counts=Count.PERSONS, firm=True)
    assert allowed(week(need), ("s1", "duty")) is good


@pytest.mark.parametrize(("counts", "good"), [(Count.TEAMS, True), (Count.PERSONS, False)])
def test_only_present_holders_in_date_count(counts: Count, good: bool) -> None:
    """Of four, one is away, one has let it lapse and one never had it."""
    unit = a_unit(
        "p1",
        a_member("m1", holds=("radio",), absences=(Span(at("Mon 06:00"), at("Mon 07:00")),)),
        a_member("m2", holds=(Qualification("radio", at("Mon 06:00")),)),
        a_member("m3", holds=("radio",)),
        a_member("m4"),
    )
    need = a_need(minimum=1, counts=Count.TEAMS, qualification="radio", firm=True)
    if counts is Count.PERSONS:
        need = a_need(minimum=2, target=2, counts=counts, qualification="radio", firm=True)
    problem = a_problem([unit], [a_duty(needs=(need,))], [RULE])
    assert allowed(problem, ("p1", "duty")) is good


def test_a_team_that_is_wholly_away_is_no_team() -> None:
    away = a_member("m1", absences=(Span(at("Mon 06:00"), at("Mon 07:00")),))
    duty = a_duty(needs=(a_need(minimum=1, firm=True),))
    assert not allowed(a_problem([a_unit("p1", away)], [duty], [RULE]), ("p1", "duty"))


@pytest.mark.parametrize(
    ("scope", "good"),
    [
        (Scope(), False),
        (Scope(forces=(Force.POLICE,)), False),
        (Scope(forces=(Force.MILITARY,)), True),
        (Scope(areas=("matonge",)), True),
        (Scope(during=Span(at("Tue 00:00"), at("Wed 00:00"))), True),
    ],
)
def test_the_scope_chooses_duties_and_the_force_that_is_called_for(
    scope: Scope, good: bool
) -> None:
    duty = a_duty(needs=(a_need(minimum=1, firm=True),))
    assert allowed(a_problem(UNITS, [duty], [in_force("firm-minimum", scope)])) is good


def test_a_scope_of_one_force_holds_for_needs_of_anybody() -> None:
    rule = in_force("firm-minimum", Scope(forces=(Force.MILITARY,)))
    duty = a_duty(needs=(a_need(None, minimum=1, firm=True),))
    assert not allowed(a_problem(UNITS, [duty], [rule]))


def test_a_pair_touches_its_own_duty_only() -> None:
    needs = (a_need(minimum=1, firm=True),)
    duties = a_duty("duty", needs=needs), a_duty("other", needs=needs)
    assert near(a_problem(UNITS, duties, [RULE]), ("p1", "duty")) == ["firm-minimum"]
