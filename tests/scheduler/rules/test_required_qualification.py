"""A duty's required qualifications are held by somebody present, in date when it starts."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.duties import Duty, Requirement
from scheduler.forces import DutyKind, Force, Qualification, Unit
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from tests.builders import a_duty, a_member, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("required-qualification")


def on_radio(force: Force | None = None, **more: Any) -> Duty:
    return a_duty(requires=(Requirement("radio", force),), **more)


def week(*units: Unit, duty: Duty | None = None) -> RosterProblem:
    return a_problem(units, [duty or on_radio()], [RULE])


def test_an_empty_duty_lacks_people_and_breaks_nothing() -> None:
    assert allowed(week(a_unit()))


def test_one_holder_in_any_unit_is_enough() -> None:
    problem = week(a_unit("p1"), soldiers("s1", holds=("radio",)))
    assert not allowed(problem, ("p1", "duty"))
    assert allowed(problem, ("p1", "duty"), ("s1", "duty"))


def test_a_requirement_of_the_police_is_not_met_by_a_soldier() -> None:
    units = a_unit("p1"), a_unit("p2", holds=("radio",)), soldiers("s1", holds=("radio",))
    problem = week(*units, duty=on_radio(Force.POLICE))
    assert not allowed(problem, ("p1", "duty"), ("s1", "duty"))
    assert allowed(problem, ("p1", "duty"), ("p2", "duty"))


@pytest.mark.parametrize(("until", "good"), [("Mon 06:00", False), ("Mon 06:01", True)])
def test_the_qualification_is_in_date_when_the_duty_starts(until: str, good: bool) -> None:
    member = a_member(holds=(Qualification("radio", at(until)),))
    assert allowed(week(a_unit("p1", member), duty=on_radio(before=30)), ("p1", "duty")) is good


def test_who_is_away_even_for_the_briefing_holds_nothing() -> None:
    away = a_member("m1", holds=("radio",), absences=(Span(at("Mon 05:40"), at("Mon 06:00")),))
    unit = a_unit("p1", away, a_member("m2"))
    assert allowed(week(unit), ("p1", "duty"))
    assert not allowed(week(unit, duty=on_radio(before=30)), ("p1", "duty"))


def test_each_missing_qualification_is_a_breach_of_its_own() -> None:
    both = Requirement("radio"), Requirement("first-aid", Force.MILITARY)
    duty = a_duty(before=20, requires=both)
    found = breaches(week(a_unit("p1", holds=("first-aid",)), duty=duty), ("p1", "duty"))
    assert [(v.unit, v.duty) for v in found] == [(None, "duty"), (None, "duty")]
    assert found[0].sentence("en") == (
        "peterbos, Mon 30 Nov, 06:00: nobody present (police and soldiers) holds “radio” in date."
    )
    assert found[1].sentence("nl") == (
        "peterbos, ma 30 nov 06:00: geen enkele aanwezige (militairen) heeft een geldige "
        "kwalificatie “first-aid”."
    )


def test_a_duty_of_another_kind_is_out_of_scope() -> None:
    rule = in_force("required-qualification", Scope(kinds=(DutyKind.GUARD,)))
    assert allowed(a_problem([a_unit("p1")], [on_radio()], [rule]), ("p1", "duty"))


def test_a_pair_touches_its_own_duty_only() -> None:
    other = a_duty("other", requires=(Requirement("radio"),))
    problem = a_problem([a_unit("p1"), a_unit("p2")], [on_radio(), other], [RULE])
    pairs = ("p1", "duty"), ("p2", "other")
    assert near(problem, ("p1", "duty"), *pairs) == ["required-qualification"]
