"""Soldiers are in an area only within the hours that their mandate gives for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.duties import AreaHours, Mandate
from scheduler.forces import DutyKind, Force
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from tests.builders import a_duty, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("authorised-hours", Scope(forces=(Force.MILITARY,)))
Hours = tuple[str, str]


def a_mandate(
    name: str, *hours: Hours, area: str = "peterbos", ends: str = "Sun 00:00"
) -> Mandate:
    stretches = tuple(AreaHours(area, Span(at(first), at(last))) for first, last in hours)
    valid = Span(at("Mon 00:00"), at(ends))
    return Mandate(name, "", "", valid, ("peterbos",), stretches, 90)


def week(*mandates: Mandate) -> RosterProblem:
    duties = a_duty(before=20, after=10), a_duty("night", "Mon 22:00", "Tue 06:00")
    return a_problem([a_unit("p1"), soldiers("s1")], duties, [RULE], mandates=mandates)


@pytest.mark.parametrize(
    ("hours", "good"),
    [
        ([("Mon 06:00", "Mon 14:00")], True),
        ([("Mon 06:01", "Mon 14:00")], False),
        ([("Mon 06:00", "Mon 13:59")], False),
        ([("Mon 10:00", "Mon 22:00"), ("Mon 00:00", "Mon 10:00")], True),
        ([("Mon 00:00", "Mon 11:00"), ("Mon 10:00", "Mon 22:00")], True),
        ([("Mon 00:00", "Mon 09:59"), ("Mon 10:00", "Mon 22:00")], False),
        ([("Tue 00:00", "Wed 00:00")], False),
        ([], False),
    ],
)
def test_presence_lies_inside_hours_that_join_where_they_touch(
    hours: list[Hours], good: bool
) -> None:
    assert allowed(week(a_mandate("m1", *hours)), ("s1", "duty")) is good


def test_a_night_runs_through_midnight() -> None:
    mandate = a_mandate("m1", ("Mon 06:00", "Tue 00:00"), ("Tue 00:00", "Wed 00:00"))
    assert allowed(week(mandate), ("s1", "night"))


def test_hours_of_another_area_do_not_count() -> None:
    there = a_mandate("m1", ("Mon 00:00", "Tue 00:00"), area="matonge")
    mandate = replace(there, areas=("peterbos", "matonge"))
    problem = a_problem(
        [soldiers("s1")], [a_duty(), a_duty("there", area="matonge")], [RULE], mandates=(mandate,)
    )
    assert allowed(problem, ("s1", "there"))
    assert not allowed(problem, ("s1", "duty"))


def test_one_mandate_must_give_all_the_hours() -> None:
    split = (
        a_mandate("m1", ("Mon 06:00", "Mon 10:00")),
        a_mandate("m2", ("Mon 10:00", "Mon 14:00")),
    )
    (found,) = breaches(week(*split), ("s1", "duty"))
    assert (found.rule, found.unit, found.duty) == ("authorised-hours", "s1", "duty")
    assert found.sentence("en") == (
        "No mandate covers s1 in peterbos for all hours from Mon 30 Nov, 06:00 to "
        "Mon 30 Nov, 14:00."
    )
    assert allowed(week(*split, a_mandate("m3", ("Mon 06:00", "Mon 14:00"))), ("s1", "duty"))


def test_a_mandate_that_authorises_nothing_here_gives_no_hours() -> None:
    """It ends before the soldiers are released; the other has too few hours."""
    early = a_mandate("m1", ("Mon 00:00", "Tue 00:00"), ends="Mon 14:05")
    assert not allowed(week(early, a_mandate("m2", ("Mon 06:00", "Mon 10:00"))), ("s1", "duty"))


def test_without_any_mandate_the_rule_on_areas_speaks() -> None:
    assert allowed(week(), ("s1", "duty"))
    assert allowed(week(a_mandate("m1", ends="Mon 14:05")), ("s1", "duty"))
    elsewhere = replace(a_mandate("m1", ("Mon 06:00", "Mon 10:00")), areas=("matonge",))
    duties = a_duty(), a_duty("far", area="matonge")
    problem = a_problem([soldiers("s1")], duties, [RULE], mandates=(elsewhere,))
    assert allowed(problem, ("s1", "duty"))


def test_duties_alike_but_for_reporting_start_or_kind_are_told_apart() -> None:
    """Of the first the mandate is not valid all the time, so that it speaks elsewhere."""
    mandate = replace(
        a_mandate("m1", ("Mon 06:00", "Mon 14:00")), valid=Span(340, at("Tue 00:00"))
    )
    early = a_duty("early", "Mon 05:50", "Mon 14:00", before=10)
    briefed = a_duty("briefed", before=20)
    guard = a_duty("guard", "Mon 05:50", "Mon 14:00", before=10, kind=DutyKind.GUARD)
    sooner = a_duty("sooner", "Mon 05:50", "Mon 14:00", before=20)
    patrols = in_force("authorised-hours", Scope(kinds=(DutyKind.PATROL,)))
    duties = early, briefed, guard, sooner
    for order in (duties, duties[::-1]):
        problem = a_problem([soldiers("s1")], order, [patrols], mandates=(mandate,))
        found = {duty.id: allowed(problem, ("s1", duty.id)) for duty in duties}
        assert found == {"early": False, "briefed": True, "guard": True, "sooner": True}


def test_presence_begins_with_the_start_and_not_with_reporting() -> None:
    hours = a_mandate("m1", ("Mon 05:30", "Mon 05:50"), ("Mon 06:00", "Mon 14:00"))
    assert allowed(week(hours), ("s1", "duty"))
    gap = a_mandate("m1", ("Mon 05:30", "Mon 06:00"))
    assert not allowed(week(gap), ("s1", "duty"))


def test_police_are_out_of_scope() -> None:
    assert allowed(week(a_mandate("m1")), ("p1", "duty"))


def test_a_pair_touches_itself_only() -> None:
    problem = week(a_mandate("m1"))
    assert near(problem, ("s1", "night"), ("s1", "duty"), ("s1", "night")) == ["authorised-hours"]
