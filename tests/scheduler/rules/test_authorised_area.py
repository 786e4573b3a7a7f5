"""Soldiers serve only where a mandate allows it, from reporting to release."""

from __future__ import annotations

import pytest

from scheduler.duties import Duty, Mandate
from scheduler.forces import DutyKind, Force
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from tests.builders import a_duty, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("authorised-area", Scope(forces=(Force.MILITARY,)))


def week(
    *valid: tuple[str, str], area: str = "peterbos", duty: Duty | None = None
) -> RosterProblem:
    mandates = (
        Mandate(f"m{n}", "", "", Span(at(first), at(last)), (area,), (), 90)
        for n, (first, last) in enumerate(valid)
    )
    duties = duty or a_duty(before=20, after=10), a_duty("far", area="matonge")
    units = a_unit("p1"), soldiers("s1")
    return a_problem(units, duties, [RULE], mandates=tuple(mandates))


@pytest.mark.parametrize(
    ("first", "last", "good"),
    [
        ("Mon 05:40", "Mon 14:10", True),
        ("Mon 05:41", "Mon 14:10", False),
        ("Mon 05:40", "Mon 14:09", False),
    ],
)
def test_the_mandate_is_valid_from_reporting_to_release(first: str, last: str, good: bool) -> None:
    assert allowed(week((first, last)), ("s1", "duty")) is good


def test_without_a_mandate_soldiers_serve_nowhere_and_police_everywhere() -> None:
    assert allowed(week(), ("p1", "duty"))
    (found,) = breaches(week(), ("s1", "duty"))
    assert (found.rule, found.unit, found.duty) == ("authorised-area", "s1", "duty")
    assert found.sentence("en") == (
        "No mandate allows s1 to serve in peterbos from Mon 30 Nov, 05:40 to Mon 30 Nov, 14:10."
    )


def test_a_mandate_for_another_area_is_none() -> None:
    problem = week(("Mon 00:00", "Sun 00:00"), area="matonge")
    assert allowed(problem, ("s1", "far"))
    assert not allowed(problem, ("s1", "duty"))


def test_two_mandates_in_a_row_do_not_make_one() -> None:
    assert not allowed(
        week(("Mon 00:00", "Mon 10:00"), ("Mon 10:00", "Tue 00:00")), ("s1", "duty")
    )


def test_duties_alike_but_for_place_or_reporting_are_told_apart() -> None:
    mandate = Mandate("m1", "", "", Span(at("Mon 06:00"), at("Mon 14:00")), ("peterbos",), (), 90)
    duties = a_duty(), a_duty("far", area="matonge"), a_duty("briefed", before=20)
    for order in (duties, duties[::-1]):
        problem = a_problem([soldiers("s1")], order, [RULE], mandates=(mandate,))
        found = {duty.id: allowed(problem, ("s1", duty.id)) for duty in duties}
        assert found == {"duty": True, "far": False, "briefed": False}


def test_a_kind_out_of_scope_needs_no_mandate() -> None:
    scope = Scope(forces=(Force.MILITARY,), kinds=(DutyKind.PATROL,))
    standby = a_duty(kind=DutyKind.STANDBY)
    problem = a_problem([soldiers("s1")], [standby], [in_force("authorised-area", scope)])
    assert allowed(problem, ("s1", "duty"))


def test_a_pair_touches_itself_only() -> None:
    pairs = ("s1", "duty"), ("s1", "far")
    assert near(week(), ("s1", "duty"), *pairs) == ["authorised-area"]
    assert near(week(), ("p1", "duty"), *pairs) == []
