"""A member away lowers the strength of the unit; below its smallest it stays in."""

from __future__ import annotations

import pytest

from scheduler.duties import Count
from scheduler.forces import DutyKind, Force, Unit
from scheduler.moments import Span
from scheduler.rule import Scope
from scheduler.sheet import Sheet
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, at, in_force, taken
from tests.scheduler.verdicts import allowed, breaches

RULE = in_force("absence")
MONDAY = Span(at("Mon 00:00"), at("Tue 00:00"))


def team(away: int, smallest: int = 1, during: Span = MONDAY) -> Unit:
    """Three members, some of them absent."""
    members = (a_member(f"m{n}", absences=(during,) if n < away else ()) for n in range(3))
    return a_unit("p1", *members, smallest=smallest)


def goes_out(unit: Unit, starts: str = "Mon 06:00", ends: str = "Mon 14:00") -> bool:
    return allowed(a_problem([unit], [a_duty("duty", starts, ends)], [RULE]), ("p1", "duty"))


@pytest.mark.parametrize(("away", "good"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_unit_goes_out_with_its_smallest_number_of_members(away: int, good: bool) -> None:
    assert goes_out(team(away, smallest=2)) is good


def test_a_member_away_lowers_the_strength_and_not_the_whole_unit() -> None:
    duty = a_duty(needs=(a_need(Force.POLICE, target=3, counts=Count.PERSONS),))
    problem = a_problem([team(1)], [duty], [RULE])
    assert allowed(problem, ("p1", "duty"))
    assert problem.persons(problem.unit("p1"), duty) == 2
    clocks = [clock.id for clock in Sheet(problem, taken(problem, ("p1", "duty"))).clocks()]
    charged = [clock.id for clock in problem.charged(problem.unit("p1"), duty)]
    assert (clocks, charged) == (["m0", "m1", "m2"], ["m1", "m2"])


@pytest.mark.parametrize(
    ("starts", "ends", "good"),
    [
        ("Tue 00:00", "Tue 08:00", True),
        ("Mon 23:59", "Tue 08:00", False),
        ("Mon 06:00", "Mon 14:00", False),
    ],
)
def test_an_absence_counts_when_it_overlaps_any_minute_of_the_duty(
    starts: str, ends: str, good: bool
) -> None:
    assert goes_out(team(2, smallest=2), starts, ends) is good


def test_reporting_and_release_belong_to_the_duty() -> None:
    evening = Span(at("Mon 14:00"), at("Mon 20:00"))
    unit = team(2, smallest=2, during=evening)
    for after, good in ((0, True), (1, False)):
        problem = a_problem([unit], [a_duty("duty", after=after)], [RULE])
        assert allowed(problem, ("p1", "duty")) is good


def test_a_briefing_missed_by_one_is_not_missed_by_a_like_duty_without_it() -> None:
    early = Span(at("Mon 05:40"), at("Mon 06:00"))
    unit = a_unit("p1", a_member("m1", absences=(early,)), a_member("m2"), smallest=2)
    problem = a_problem([unit], [a_duty(), a_duty("briefed", before=20)], [RULE])
    assert allowed(problem, ("p1", "duty"))
    assert not allowed(problem, ("p1", "briefed"))


def test_a_sentence_gives_the_numbers_and_no_reason() -> None:
    (found,) = breaches(a_problem([team(2, 2)], [a_duty("duty")], [RULE]), ("p1", "duty"))
    assert (found.unit, found.duty) == ("p1", "duty")
    assert found.sentence("en") == (
        "Members of p1 present for this duty: 1; at least 2 are needed."
    )


def test_a_scope_limits_whom_it_is_for() -> None:
    rule = in_force("absence", Scope(kinds=(DutyKind.GUARD,)))
    problem = a_problem([team(2, 2)], [a_duty("duty")], [rule])
    assert allowed(problem, ("p1", "duty"))
