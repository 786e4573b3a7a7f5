"""What has begun or was told for good stays as it is: nobody added, nobody taken off."""

from __future__ import annotations

import pytest

from scheduler.forces import Unit
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment
from scheduler.rule import RuleInForce, Scope
from scheduler.terms import About
from tests.builders import (
    DAYS,
    HOUR,
    a_duty,
    a_member,
    a_problem,
    a_unit,
    a_week,
    at,
    in_force,
)
from tests.scheduler.posed import stated
from tests.scheduler.verdicts import allowed, breaches, near

MORNINGS = [a_duty(day, f"{day} 08:00", f"{day} 16:00") for day in DAYS]


def freeze(minutes: int = 0, scope: Scope | None = None) -> RuleInForce:
    return in_force("freeze-before-duty", scope, freeze_minutes=minutes)


def told(
    *pairs: tuple[str, str],
    until: str | int | None = "Wed 00:00",
    rules: tuple[RuleInForce, ...] = (freeze(),),
    first: Unit | None = None,
) -> RosterProblem:
    """A week of which these pairs were told, frozen until some moment."""
    return a_problem(
        [first or a_unit("p1"), a_unit("p2")],
        MORNINGS,
        rules,
        reference=tuple(Assignment(*pair) for pair in pairs),
        frozen_until=None if until is None else at(until),
    )


def test_a_frozen_duty_stays_as_it_was_told_and_a_later_one_is_free() -> None:
    problem = told(("p1", "Mon"), ("p1", "Fri"))
    assert allowed(problem, ("p1", "Mon"))
    assert allowed(problem, ("p1", "Mon"), ("p2", "Wed"), ("p1", "Sat"))
    assert not allowed(problem)
    assert not allowed(problem, ("p1", "Mon"), ("p2", "Mon"))
    assert not allowed(problem, ("p2", "Mon"))
    assert not allowed(problem, ("p1", "Mon"), ("p1", "Tue"))


@pytest.mark.parametrize(
    ("until", "minutes", "frozen"),
    [
        ("Tue 08:00", 0, False),
        ("Tue 08:01", 0, True),
        ("Mon 08:00", 24 * HOUR, False),
        ("Mon 08:00", 24 * HOUR + 1, True),
        (-HOUR, 24 * HOUR, False),
        (-HOUR, 33 * HOUR + 1, True),
        (None, 7 * 24 * HOUR, False),
    ],
)
def test_it_is_frozen_when_it_starts_within_so_many_minutes_after_the_moment(
    until: str | int | None, minutes: int, frozen: bool
) -> None:
    """Monday's duty was told and stays; to be frozen or free is a matter of Tuesday's."""
    problem = told(("p1", "Mon"), ("p1", "Tue"), until=until, rules=(freeze(minutes),))
    assert allowed(problem, ("p1", "Mon"), ("p1", "Tue"))
    assert allowed(problem, ("p1", "Mon")) is not frozen
    assert allowed(problem, ("p1", "Mon"), ("p1", "Tue"), ("p2", "Tue")) is not frozen


@pytest.mark.parametrize(("monday", "frozen"), [("2026-03-16", False), ("2026-03-23", True)])
def test_the_minutes_pass_also_when_the_clocks_change(monday: str, frozen: bool) -> None:
    """From Saturday 09:00 to Sunday 08:00 it is 23 hours, or 22 in spring."""
    horizon = a_week(monday)
    problem = a_problem(
        [a_unit()],
        [a_duty("Sun", "Sun 08:00", "Sun 16:00", horizon=horizon)],
        [freeze(23 * HOUR)],
        horizon=horizon,
        frozen_until=at("Sat 09:00", 0, horizon),
    )
    assert allowed(problem, ("p1", "Sun")) is not frozen


@pytest.mark.parametrize(("until", "frozen"), [(None, False), (0, False), (1, True)])
def test_the_first_minute_of_the_horizon_is_free_where_nothing_is_frozen(
    until: int | None, frozen: bool
) -> None:
    duty = a_duty("duty", 0, 8 * HOUR, before=30)
    problem = a_problem([a_unit()], [duty], [freeze()], frozen_until=until)
    assert allowed(problem, ("p1", "duty")) is not frozen


def test_where_nobody_was_told_nobody_comes() -> None:
    problem = told()
    assert allowed(problem, ("p1", "Wed"))
    assert not allowed(problem, ("p1", "Tue"))


def test_a_sentence_says_since_when_the_duty_no_longer_changes() -> None:
    problem = told(("p1", "Mon"), rules=(freeze(24 * HOUR),))
    found = breaches(problem, ("p2", "Mon"))
    assert [(v.rule, v.unit, v.duty) for v in found] == [
        ("freeze-before-duty", "p1", "Mon"),
        ("freeze-before-duty", "p2", "Mon"),
    ]
    assert found[0].sentence("en") == (
        "p1: peterbos, Mon 30 Nov, 08:00 starts before Thu 3 Dec, 00:00 and no longer changes."
    )


def test_who_is_absent_now_may_go_and_nobody_takes_the_place() -> None:
    sick = Span(at("Tue 00:00"), at("Wed 00:00"))
    unit = a_unit("p1", a_member("m1", absences=(sick,)))
    pairs = ("p1", "Mon"), ("p1", "Tue")
    problem = told(*pairs, first=unit, rules=(freeze(), in_force("absence")))
    assert allowed(problem, ("p1", "Mon"))
    assert [v.rule for v in breaches(problem, *pairs)] == ["absence"]
    assert not allowed(problem)
    (found,) = breaches(problem, ("p1", "Mon"), ("p2", "Tue"))
    assert (found.rule, found.unit, found.duty) == ("freeze-before-duty", "p2", "Tue")


def test_who_is_absent_stays_where_no_rule_minds() -> None:
    sick = Span(at("Mon 00:00"), at("Tue 00:00"))
    unit = a_unit("p1", a_member("m1", absences=(sick,)))
    assert not allowed(told(("p1", "Mon"), first=unit))
    assert allowed(told(("p1", "Mon"), first=unit), ("p1", "Mon"))


def test_whom_any_rule_refuses_a_duty_may_go() -> None:
    unit = a_unit("p1", areas=("clemenceau",))
    problem = told(("p1", "Mon"), first=unit, rules=(in_force("lent-area"), freeze()))
    assert allowed(problem)
    assert not allowed(problem, ("p1", "Mon"))


def test_what_was_told_and_breaks_another_rule_leaves_no_lawful_roster() -> None:
    day = in_force("hours-in-24h", maximum_minutes=7 * HOUR)
    problem = told(("p1", "Mon"), rules=(freeze(), day))
    assert [v.rule for v in breaches(problem)] == ["freeze-before-duty"]
    assert [v.rule for v in breaches(problem, ("p1", "Mon"))] == ["hours-in-24h"]


def test_a_duty_that_is_no_more_asks_for_nobody() -> None:
    assert allowed(told(("p1", "gone"), ("p1", "Mon")), ("p1", "Mon"))


def test_a_scope_limits_whom_and_what_it_is_for() -> None:
    pairs = ("p1", "Mon"), ("p2", "Mon"), ("p2", "Tue")
    others = Scope(units=("p2",), during=Span(at("Tue 00:00"), at("Thu 00:00")))
    problem = told(*pairs, rules=(freeze(scope=others),))
    assert allowed(problem, ("p2", "Tue"), ("p1", "Tue"))
    (found,) = breaches(problem, *pairs[:2])
    assert (found.unit, found.duty) == ("p2", "Tue")


def test_near_a_pair_only_that_pair_is_judged() -> None:
    problem = told(("p1", "Mon"))
    assert near(problem, ("p2", "Mon"), ("p2", "Mon")) == ["freeze-before-duty"]
    assert near(problem, ("p1", "Mon"), ("p2", "Mon")) == ["freeze-before-duty"]
    assert near(problem, ("p1", "Mon"), ("p1", "Mon"), ("p2", "Mon")) == []
    assert near(problem, ("p2", "Tue"), ("p2", "Mon")) == []


def test_the_model_hears_who_has_to_stay_on_which_duty() -> None:
    statement = stated(told(("p1", "Mon"), ("p2", "Tue"), ("p2", "Fri")))
    assert [said.about for said in statement.clauses] == [
        About(unit="p1", duty="Mon"),
        About(unit="p2", duty="Tue"),
    ]
