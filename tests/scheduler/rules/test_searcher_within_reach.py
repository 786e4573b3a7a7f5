"""An officer who may search women is on the duty or within reach of it, all the time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.catalogue import rules_of
from scheduler.forces import Qualification
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from scheduler.statement import Statement
from scheduler.terms import About
from tests.builders import HOUR, a_duty, a_member, a_problem, a_unit, at, in_force, soldiers
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
            a_duty("after", "Mon 09:30", "Mon 18:00", area="clemenceau"),
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
    assert (found.unit, found.duty, found.by) == (None, "duty", -4 * HOUR)
    assert found.sentence("en") == (
        "peterbos: from Mon 30 Nov, 10:00 no officer “female-searcher” on the spot or within "
        "15 min."
    )
    assert allowed(problem, ("p1", "duty"), ("p2", "there"), ("p3", "after"))


def test_help_lasts_until_its_duty_ends_and_not_until_its_release() -> None:
    duties = [
        a_duty(after=60),
        a_duty("there", "Mon 06:00", "Mon 10:00", area="clemenceau", after=30),
        a_duty("after", "Mon 10:15", "Mon 18:00", area="clemenceau", before=15),
    ]
    problem = replace(week(10), duties=tuple(duties))
    (found,) = breaches(problem, ("p1", "duty"), ("p2", "there"), ("p3", "after"))
    assert found.by == -4 * HOUR
    assert "10:00" in found.sentence("en")


def test_nobody_is_asked_to_help_before_the_duty_starts() -> None:
    duties = a_duty(before=30), a_duty("there", "Mon 05:45", "Mon 14:00", area="clemenceau")
    problem = replace(week(10), duties=duties)
    assert allowed(problem, ("p1", "duty"), ("p2", "duty"))


def test_a_soldier_searches_nobody() -> None:
    units = a_unit("p1"), soldiers("s1", holds=(SEARCHER,))
    problem = a_problem(units, [a_duty()], [RULE])
    assert not allowed(problem, ("p1", "duty"), ("s1", "duty"))


@pytest.mark.parametrize(("until", "good"), [("Mon 06:00", False), ("Mon 07:00", True)])
def test_the_qualification_is_in_date_when_the_duty_starts(until: str, good: bool) -> None:
    member = a_member(holds=(Qualification(SEARCHER, at(until)),))
    problem = a_problem([a_unit("p1", member)], [a_duty(before=30)], [RULE])
    assert allowed(problem, ("p1", "duty")) is good


@pytest.mark.parametrize(
    ("leaves", "returns"), [("Mon 13:00", "Mon 14:00"), ("Mon 05:00", "Mon 06:00")]
)
def test_a_searcher_who_is_away_helps_nobody(leaves: str, returns: str) -> None:
    away = a_member("m1", holds=(SEARCHER,), absences=(Span(at(leaves), at(returns)),))
    problem = a_problem([a_unit("p1", away, a_member("m2"))], [a_duty(before=30)], [RULE])
    assert not allowed(problem, ("p1", "duty"))


def test_an_empty_duty_and_one_out_of_scope_are_silent() -> None:
    scope = Scope(areas=("clemenceau",))
    rule = in_force("searcher-within-reach", scope, qualification=SEARCHER, reach_minutes=15)
    assert allowed(week(15))
    assert allowed(a_problem([a_unit("p1")], [a_duty()], [rule]), ("p1", "duty"))


def test_a_duty_before_the_framework_asks_for_nobody() -> None:
    for starts, good in ((at("Mon 06:00"), False), (at("Mon 06:01"), True)):
        scope = Scope(during=Span(starts, at("Sun 24:00")))
        rule = in_force("searcher-within-reach", scope, qualification=SEARCHER, reach_minutes=15)
        assert allowed(replace(week(15), rules=(rule,)), ("p1", "duty")) is good


def test_the_model_hears_of_each_stretch_when_it_begins() -> None:
    problem = week(10, ends="Mon 10:00")
    told: list[About] = []
    (rule,) = rules_of(problem)
    rule.constrain(problem, Statement(problem), lambda _, about: told.append(about))
    hours = at("Mon 06:00"), at("Mon 09:30"), at("Mon 10:00")
    assert [about for about in told if about.duty == "duty"] == [
        About(duty="duty", moment=moment) for moment in hours
    ]


def test_who_helps_touches_the_duty_that_is_helped() -> None:
    assert near(week(15), ("p2", "there"), ("p1", "duty")) == ["searcher-within-reach"]
    assert not near(week(16), ("p2", "there"), ("p1", "duty")), "nobody there could help"
