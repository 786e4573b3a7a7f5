"""Nobody is sent where nobody asked for them, and never more than were asked for."""

from __future__ import annotations

import pytest

from scheduler.duties import Count, Need
from scheduler.forces import Force, Qualification, Unit
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("need-maximum")
UNITS = a_unit("p1"), a_unit("p2"), a_unit("p3"), soldiers("s1"), soldiers("s2")


def week(
    *needs: Need, units: tuple[Unit, ...] = UNITS, scope: Scope | None = None
) -> RosterProblem:
    return a_problem(units, [a_duty(needs=needs)], [in_force("need-maximum", scope)])


def test_teams_up_to_the_maximum() -> None:
    duty = a_duty(before=20, needs=(a_need(target=1, maximum=2),))
    problem = a_problem(UNITS, [duty], [RULE])
    pairs = ("p1", "duty"), ("p2", "duty")
    assert allowed(problem, *pairs)
    (found,) = breaches(problem, *pairs, ("p3", "duty"))
    assert (found.unit, found.duty, found.by) == (None, "duty", 1)
    assert found.sentence("en") == (
        "peterbos, Mon 30 Nov, 06:00: 3 police teams; at most 2 were asked for."
    )


@pytest.mark.parametrize(("maximum", "good"), [(5, False), (6, True)])
def test_persons_up_to_the_maximum(maximum: int, good: bool) -> None:
    need = a_need(Force.MILITARY, counts=Count.PERSONS, target=3, maximum=maximum)
    assert allowed(week(need), ("s1", "duty"), ("s2", "duty")) is good


def test_each_need_that_counts_a_unit_has_its_own_maximum() -> None:
    problem = week(a_need(target=2), a_need(None, target=2))
    assert allowed(problem, ("p1", "duty"), ("p2", "duty"))
    assert not allowed(problem, ("p1", "duty"), ("p2", "duty"), ("s1", "duty"))


def test_a_unit_that_no_need_calls_for_stays_out() -> None:
    (found,) = breaches(week(a_need()), ("s1", "duty"))
    assert (found.rule, found.unit, found.duty) == ("need-maximum", "s1", "duty")
    sentences = [found.sentence(language) for language in ("en", "nl", "fr", "de")]
    assert sentences == [
        "s1 does not match any need of the duty in peterbos, Mon 30 Nov, 06:00.",
        "s1 beantwoordt aan geen enkele behoefte van de dienst in peterbos, ma 30 nov 06:00.",
        "s1 ne répond à aucun besoin du service à peterbos, lun. 30 nov. 06:00.",
        "s1 entspricht keinem Bedarf des Dienstes in peterbos, Mo. 30. Nov. 06:00.",
    ]


def test_a_duty_without_needs_takes_anybody() -> None:
    assert allowed(week(), ("p1", "duty"), ("s1", "duty"))


@pytest.mark.parametrize(("until", "good"), [("Mon 06:00", False), ("Mon 07:00", True)])
def test_a_need_calls_for_present_holders_in_date(until: str, good: bool) -> None:
    absent = Span(at("Mon 13:00"), at("Mon 14:00"))
    unit = a_unit(
        "p1",
        a_member("m1", holds=("radio",), absences=(absent,)),
        a_member("m2", holds=(Qualification("radio", at(until)),)),
    )
    problem = week(a_need(qualification="radio"), units=(unit,))
    assert allowed(problem, ("p1", "duty")) is good


def test_a_unit_that_is_wholly_away_is_not_called_for() -> None:
    away = a_member("m1", absences=(Span(at("Mon 06:00"), at("Mon 07:00")),))
    problem = week(a_need(), units=(a_unit("p1", away),))
    assert not allowed(problem, ("p1", "duty"))


def test_a_rule_for_soldiers_binds_once_a_soldier_is_there() -> None:
    problem = week(a_need(target=1), a_need(None, target=4), scope=Scope(forces=(Force.MILITARY,)))
    pairs = ("p1", "duty"), ("p2", "duty")
    assert allowed(problem, *pairs)
    assert not allowed(problem, *pairs, ("s1", "duty"))


def test_a_unit_out_of_scope_may_stay_uncalled() -> None:
    assert allowed(week(a_need(), scope=Scope(forces=(Force.POLICE,))), ("s1", "duty"))


def test_a_pair_touches_its_own_duty_only() -> None:
    duties = a_duty("duty", needs=(a_need(),)), a_duty("other", needs=(a_need(),))
    problem = a_problem(UNITS, duties, [RULE])
    crowd = ("p1", "duty"), ("p2", "duty"), ("s1", "other"), ("p3", "other")
    assert near(problem, ("p1", "duty"), *crowd) == ["need-maximum"]
    assert near(problem, ("p3", "other"), *crowd) == []
