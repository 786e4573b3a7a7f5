"""Nobody is sent where nobody asked for them, and never more than were asked for."""

from __future__ import annotations

import pytest

from scheduler.duties import Count, Need
from scheduler.forces import Force, Qualification, Unit
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from scheduler.terms import AtMost
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.posed import stated
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("need-maximum")
UNITS = a_unit("p1"), a_unit("p2"), a_unit("p3"), soldiers("s1"), soldiers("s2")


def week(
    *needs: Need, units: tuple[Unit, ...] = UNITS, scope: Scope | None = None
) -> RosterProblem:
    return a_problem(units, [a_duty(before=30, needs=needs)], [in_force("need-maximum", scope)])


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


def test_duties_that_start_or_report_at_other_times_call_for_others() -> None:
    """A qualification may run out, or an absence end, between the one and the other."""
    needs = (a_need(qualification="radio"),)
    duties = (
        a_duty("at-six", "Mon 06:00", needs=needs, before=30),
        a_duty("later", "Mon 06:10", needs=needs, before=40),
        a_duty("at-once", "Mon 06:00", needs=needs),
    )
    lapsing = a_member("m1", holds=(Qualification("radio", at("Mon 06:05")),))
    back = a_member("m2", holds=("radio",), absences=(Span(at("Mon 05:30"), at("Mon 06:00")),))
    problem = a_problem([a_unit("p1", lapsing), a_unit("p2", back)], duties, [RULE])
    verdicts = {
        (unit, duty.id): allowed(problem, (unit, duty.id))
        for unit in ("p1", "p2")
        for duty in duties
    }
    assert [pair for pair, good in verdicts.items() if good] == [
        ("p1", "at-six"),
        ("p1", "at-once"),
        ("p2", "at-once"),
    ]


@pytest.mark.parametrize("scope", [Scope(forces=(Force.POLICE,)), Scope()])
def test_the_model_gets_a_plain_sum_where_all_whom_a_need_counts_are_bound(scope: Scope) -> None:
    """A condition would weaken the bound."""
    statement = stated(week(a_need(maximum=2), a_need(None, maximum=5), scope=scope))
    (row,) = (said.clause for said in statement.clauses)
    assert isinstance(row, AtMost)
    assert (row.bound, len(row.terms), row.when) == (2, 3, ())


def test_the_model_asks_whether_somebody_bound_is_there_where_others_count_too() -> None:
    statement = stated(week(a_need(None, maximum=2), scope=Scope(forces=(Force.MILITARY,))))
    (row,) = (said.clause for said in statement.clauses)
    assert isinstance(row, AtMost)
    assert (row.bound, len(row.terms), len(row.when)) == (2, 5, 1)
