"""Everybody who goes out has a briefing on the rules of engagement that is still in date."""

from __future__ import annotations

import pytest

from scheduler.forces import Force, Member, Qualification
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from tests.builders import a_duty, a_member, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("roe-briefing", Scope(forces=(Force.MILITARY,)), qualification="roe")
BRIEFED = a_member("m1", holds=("roe",))


def week(*members: Member) -> RosterProblem:
    team = soldiers("s1", *members)
    duties = a_duty(before=20), a_duty("other", before=20)
    return a_problem([team, a_unit("p1")], duties, [RULE])


def test_all_present_members_are_briefed() -> None:
    assert allowed(week(BRIEFED, a_member("m2", holds=("roe", "radio"))), ("s1", "duty"))


def test_one_who_is_not_keeps_the_team_at_home() -> None:
    team = BRIEFED, a_member("m2", holds=("radio",)), a_member("m3")
    (found,) = breaches(week(*team), ("s1", "duty"))
    assert (found.rule, found.unit, found.duty) == ("roe-briefing", "s1", "duty")
    assert found.sentence("en") == (
        "s1, Mon 30 Nov, 06:00: no briefing on the rules of engagement in date for m2 and m3."
    )


@pytest.mark.parametrize(("until", "good"), [("Mon 06:00", False), ("Mon 06:01", True)])
def test_the_briefing_is_in_date_when_the_duty_starts(until: str, good: bool) -> None:
    member = a_member(holds=(Qualification("roe", at(until)),))
    assert allowed(week(member), ("s1", "duty")) is good


def test_a_renewed_briefing_counts_beside_the_lapsed_one() -> None:
    both = (Qualification("roe", at("Mon 00:00")), Qualification("roe", at("Sun 00:00")))
    assert allowed(week(a_member(holds=both)), ("s1", "duty"))


@pytest.mark.parametrize(("ends", "good"), [("Mon 05:40", False), ("Mon 05:41", True)])
def test_who_is_away_needs_no_briefing(ends: str, good: bool) -> None:
    away = a_member("m2", absences=(Span(at("Mon 00:00"), at(ends)),))
    assert allowed(week(BRIEFED, away), ("s1", "duty")) is good


def test_police_are_out_of_scope() -> None:
    assert allowed(week(BRIEFED), ("p1", "duty"))


def test_a_pair_touches_itself_only() -> None:
    problem = week(a_member("m1"))
    assert near(problem, ("s1", "duty"), ("s1", "duty"), ("s1", "other")) == ["roe-briefing"]


def test_of_two_like_units_only_the_one_in_scope_is_asked() -> None:
    rule = in_force("roe-briefing", Scope(units=("s2",)), qualification="roe")
    problem = a_problem([soldiers("s1"), soldiers("s2")], [a_duty()], [rule])
    assert allowed(problem, ("s1", "duty"))
    assert not allowed(problem, ("s2", "duty"))


def test_duties_that_start_or_report_at_other_times_are_told_apart() -> None:
    """A briefing may run out, or an absence end, between the one and the other."""
    duties = (
        a_duty("at-six", "Mon 06:00", before=30),
        a_duty("later", "Mon 06:10", before=40),
        a_duty("at-once", "Mon 06:00"),
    )
    lapsing = a_member("m2", holds=(Qualification("roe", at("Mon 06:05")),))
    back = a_member("m3", absences=(Span(at("Mon 05:30"), at("Mon 06:00")),))
    teams = soldiers("s1", BRIEFED, lapsing), soldiers("s2", BRIEFED, back)
    problem = a_problem(teams, duties, [RULE])
    good = [(t.id, d.id) for t in teams for d in duties if allowed(problem, (t.id, d.id))]
    assert good == [("s1", "at-six"), ("s1", "at-once"), ("s2", "at-six"), ("s2", "later")]
