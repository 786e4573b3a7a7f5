"""No more different soldiers are deployed under a mandate than it allows."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.duties import Mandate
from scheduler.forces import DutyKind
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from scheduler.wording import Named
from tests.builders import a_duty, a_member, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("mandate-cap")
UNITS = a_unit("p1"), soldiers("s1"), soldiers("s2"), soldiers("s3", persons=1)


def a_mandate(cap: int, areas: tuple[str, ...] = ("peterbos",), **more: Any) -> Mandate:
    valid = more.pop("valid", Span(at("Mon 00:00"), at("Sun 00:00")))
    return Mandate("m1", "the authority", "the basis", valid, areas, (), cap, **more)


def week(cap: int, scope: Scope | None = None, **more: Any) -> RosterProblem:
    duties = (
        a_duty("mon"),
        a_duty("tue", "Tue 06:00", "Tue 14:00", before=30),
        a_duty("reserve", "Wed 06:00", "Wed 14:00", kind=DutyKind.STANDBY),
        a_duty("elsewhere", "Thu 06:00", "Thu 14:00", area="matonge"),
    )
    rule = in_force("mandate-cap", scope)
    return a_problem(UNITS, duties, [rule], mandates=(a_mandate(cap, **more),))


@pytest.mark.parametrize(("cap", "good"), [(6, True), (5, False)])
def test_different_soldiers_count_once_however_often_they_serve(cap: int, good: bool) -> None:
    pairs = ("s1", "mon"), ("s1", "tue"), ("s2", "tue")
    assert allowed(week(cap), *pairs) is good


def test_the_reserve_counts() -> None:
    (found,) = breaches(week(3), ("s1", "mon"), ("s3", "reserve"))
    assert (found.rule, found.unit, found.duty, found.by) == ("mandate-cap", None, None, 1)
    assert found.sentence("en") == "Mandate “m1”: 4 different soldiers deployed; the cap is 3."


def test_neither_police_nor_other_areas_count() -> None:
    assert allowed(week(3), ("s1", "mon"), ("p1", "mon"), ("s2", "elsewhere"))


@pytest.mark.parametrize(
    ("starts", "ends", "good"),
    [
        ("Tue 06:00", "Tue 14:00", False),
        ("Tue 06:01", "Tue 14:00", True),
        ("Tue 06:00", "Tue 13:59", True),
    ],
)
def test_a_duty_falls_under_a_mandate_from_its_start_to_its_end(
    starts: str, ends: str, good: bool
) -> None:
    assert allowed(week(0, valid=Span(at(starts), at(ends))), ("s1", "tue")) is good


def test_absent_members_are_not_deployed() -> None:
    away = a_member("m1", absences=(Span(at("Mon 00:00"), at("Tue 00:00")),))
    team = soldiers("s1", away, a_member("m2"))
    duties = a_duty("mon"), a_duty("tue", "Tue 06:00", "Tue 14:00")
    problem = a_problem([team], duties, [RULE], mandates=(a_mandate(1),))
    assert allowed(problem, ("s1", "mon"))
    assert not allowed(problem, ("s1", "mon"), ("s1", "tue"))


def test_one_soldier_in_two_teams_counts_once() -> None:
    both = a_member("m1")
    teams = soldiers("s1", both, a_member("m2")), soldiers("s2", both, a_member("m3"))
    duties = a_duty("mon"), a_duty("tue", "Tue 06:00", "Tue 14:00")
    problem = a_problem(teams, duties, [RULE], mandates=(a_mandate(3),))
    assert allowed(problem, ("s1", "mon"), ("s2", "tue"))
    tighter = a_problem(teams, duties, [RULE], mandates=(a_mandate(2),))
    assert not allowed(tighter, ("s1", "mon"), ("s2", "tue"))


def test_each_mandate_has_its_own_cap() -> None:
    problem = a_problem(
        UNITS,
        [a_duty("mon"), a_duty("tue", "Tue 06:00", "Tue 14:00", area="matonge")],
        [RULE],
        mandates=(
            a_mandate(3),
            Mandate("m2", "", "", Span(0, at("Sun 00:00")), ("matonge",), (), 2),
        ),
    )
    assert allowed(problem, ("s1", "mon"))
    (found,) = breaches(problem, ("s1", "mon"), ("s2", "tue"))
    assert found.values["mandate"] == Named("m2")


def test_standby_out_of_scope_does_not_count() -> None:
    scope = Scope(kinds=(DutyKind.PATROL,))
    assert allowed(week(3, scope), ("s1", "mon"), ("s2", "reserve"))


def test_who_is_away_even_for_the_briefing_is_not_deployed() -> None:
    away = a_member("m1", absences=(Span(at("Tue 05:30"), at("Tue 06:00")),))
    team = soldiers("s1", away, a_member("m2"))
    for before, good in ((0, False), (30, True)):
        duty = a_duty("tue", "Tue 06:00", "Tue 14:00", before=before)
        problem = a_problem([team], [duty], [RULE], mandates=(a_mandate(1),))
        assert allowed(problem, ("s1", "tue")) is good


def test_two_rules_on_one_mandate_count_each_for_itself() -> None:
    patrols, guards = (
        in_force("mandate-cap", Scope(kinds=(kind,))) for kind in (DutyKind.PATROL, DutyKind.GUARD)
    )
    duties = a_duty("mon"), a_duty("guard", "Tue 06:00", "Tue 14:00", kind=DutyKind.GUARD)
    problem = a_problem(UNITS, duties, [patrols, guards], mandates=(a_mandate(3),))
    assert allowed(problem, ("s1", "mon"), ("s2", "guard"))
    assert not allowed(problem, ("s3", "mon"), ("s1", "guard"), ("s2", "guard"))


def test_a_duty_that_another_framework_judges_does_not_count() -> None:
    since_tuesday = Scope(during=Span(at("Tue 00:00"), at("Sun 00:00")))
    assert allowed(week(3, since_tuesday), ("s1", "mon"), ("s2", "tue"))
    assert not allowed(week(2, since_tuesday), ("s1", "mon"), ("s2", "tue"))


def test_only_soldiers_under_the_mandate_can_touch_its_cap() -> None:
    broken = ("s1", "mon"), ("s2", "tue")
    assert near(week(5), ("s3", "mon"), *broken) == ["mandate-cap"]
    assert near(week(5), ("p1", "mon"), *broken) == []
    assert near(week(5), ("s1", "elsewhere"), *broken) == []
