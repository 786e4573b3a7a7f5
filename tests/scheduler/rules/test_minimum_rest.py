"""RPPol art. VI.I.5: eleven hours of rest, ten by consent, eight after an overrun."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.forces import Consent, DutyKind, Member
from scheduler.moments import Horizon, Span
from scheduler.rule import Scope
from scheduler.wording import Minutes
from tests.builders import (
    HOUR,
    WEEK,
    a_duty,
    a_member,
    a_problem,
    a_unit,
    a_week,
    at,
    in_force,
    worked,
)
from tests.scheduler.verdicts import allowed, breaches, near

HOURS: dict[str, Any] = {
    "rest_minutes": 11 * HOUR,
    "consent_rest_minutes": 10 * HOUR,
    "consent_ends_from_minute": 20 * HOUR,
    "consent_ends_until_minute": 23 * HOUR,
    "overrun_rest_minutes": 8 * HOUR,
}
ELEVEN = in_force("minimum-rest", **HOURS)
BOTH = ("p1", "first"), ("p1", "next")


def rests(ends: str, begins: str, *members: Member, horizon: Horizon = WEEK) -> bool:
    """Whether a duty may end and the next begin then, for a unit of these members."""
    duties = [
        a_duty("first", at(ends, horizon=horizon) - 4 * HOUR, ends, horizon=horizon),
        a_duty("next", begins, at(begins, horizon=horizon) + 4 * HOUR, horizon=horizon),
    ]
    return allowed(a_problem([a_unit("p1", *members)], duties, [ELEVEN], horizon=horizon), *BOTH)


def who_consents(name: str, span: Span | None = None) -> Member:
    span = span or Span(at("Mon 00:00"), at("Sun 24:00"))
    return a_member(name, clock="p1", consents=(Consent("shorter-rest", span),))


@pytest.mark.parametrize(
    ("begins", "good"), [("Tue 07:00", True), ("Tue 06:59", False), ("Mon 20:00", False)]
)
def test_eleven_hours_after_every_duty(begins: str, good: bool) -> None:
    assert rests("Mon 20:00", begins) is good


def test_rest_runs_from_release_to_reporting() -> None:
    first = a_duty("first", "Mon 08:00", "Mon 19:00", after=60)
    for before, good in ((0, True), (1, False)):
        following = a_duty("next", "Tue 07:00", "Tue 15:00", before=before)
        problem = a_problem([a_unit()], [first, following], [ELEVEN])
        assert allowed(problem, *BOTH) is good


def test_a_sentence_says_how_long_the_rest_was() -> None:
    duties = [a_duty("first", "Mon 14:00", "Mon 22:00"), a_duty("next", "Tue 06:00", "Tue 14:00")]
    (found,) = breaches(a_problem([a_unit()], duties, [ELEVEN]), *BOTH)
    assert (found.rule, found.unit, found.duty) == ("minimum-rest", "p1", "next")
    assert found.by == -3 * HOUR
    assert found.sentence("en") == (
        "p1 rests 8 h between the duty that ends Mon 30 Nov, 22:00 and the next at "
        "Tue 1 Dec, 06:00; at least 11 h is needed."
    )


@pytest.mark.parametrize(
    ("ends", "begins", "good"),
    [
        ("Mon 20:00", "Tue 06:00", True),
        ("Mon 23:00", "Tue 09:00", True),
        ("Mon 23:00", "Tue 08:59", False),
        ("Mon 19:59", "Tue 06:00", False),
        ("Mon 23:01", "Tue 09:30", False),
    ],
)
def test_ten_hours_by_consent_after_an_end_between_20_and_23(
    ends: str, begins: str, good: bool
) -> None:
    assert rests(ends, begins, who_consents("m1"), who_consents("m2")) is good


def test_all_who_carry_the_clock_have_to_consent() -> None:
    assert not rests("Mon 22:00", "Tue 08:00", who_consents("m1"), a_member("m2", clock="p1"))
    assert rests("Mon 22:00", "Tue 09:00", who_consents("m1"), a_member("m2", clock="p1"))


def test_who_is_absent_is_not_asked() -> None:
    away = a_member("m2", clock="p1", absences=(Span(at("Mon 18:00"), at("Wed 00:00")),))
    assert rests("Mon 22:00", "Tue 08:00", who_consents("m1"), away)


def test_one_clock_each_needs_each_ones_own_consent() -> None:
    mine = a_member("m1", consents=who_consents("m1").consents)
    assert rests("Mon 22:00", "Tue 08:00", mine)
    assert not rests("Mon 22:00", "Tue 08:00", mine, a_member("m2"))
    home_on_tuesday = a_member("m2", absences=(Span(at("Tue 00:00"), at("Wed 00:00")),))
    assert rests("Mon 22:00", "Tue 08:00", mine, home_on_tuesday)


@pytest.mark.parametrize(
    ("ends", "after", "good"),
    [("Mon 22:30", 30, True), ("Mon 22:30", 31, False), ("Mon 19:45", 15, True)],
)
def test_consent_goes_by_the_release(ends: str, after: int, good: bool) -> None:
    first = a_duty("first", "Mon 16:00", ends, after=after)
    begins = first.released_at + 10 * HOUR
    following = a_duty("next", begins, begins + HOUR)
    unit = a_unit("p1", who_consents("m1"))
    assert allowed(a_problem([unit], [first, following], [ELEVEN]), *BOTH) is good
    until_released = who_consents("m1", Span(at("Mon 00:00"), first.released_at))
    lapsed = a_problem([a_unit("p1", until_released)], [first, following], [ELEVEN])
    assert not allowed(lapsed, *BOTH)


def test_a_consent_has_its_dates() -> None:
    tuesday = Span(at("Tue 00:00"), at("Wed 00:00"))
    assert rests("Tue 22:00", "Wed 08:00", who_consents("m1", tuesday))
    assert not rests("Mon 22:00", "Tue 08:00", who_consents("m1", tuesday))
    assert not rests("Wed 22:00", "Thu 08:00", who_consents("m1", tuesday))


@pytest.mark.parametrize(
    ("overran", "begins", "good"),
    [(True, "Mon 08:00", True), (True, "Mon 07:59", False), (False, "Mon 08:00", False)],
)
def test_eight_hours_after_an_unexpected_overrun(overran: bool, begins: str, good: bool) -> None:
    history = {"p1": [worked("Sun 16:00", "Sun 24:00", overran=overran)]}
    duty = a_duty("early", begins, "Mon 16:00")
    problem = a_problem([a_unit()], [duty], [ELEVEN], worked=history)
    assert allowed(problem, ("p1", "early")) is good


@pytest.mark.parametrize(("overran", "good"), [(True, True), (False, False)])
def test_a_duty_of_this_week_that_overran_counts_as_what_happened(
    overran: bool, good: bool
) -> None:
    duties = [
        a_duty("long", "Mon 16:00", "Mon 24:00", overran=overran),
        a_duty("early", "Tue 08:00", "Tue 16:00"),
    ]
    problem = a_problem([a_unit()], duties, [ELEVEN])
    assert allowed(problem, ("p1", "long"), ("p1", "early")) is good


def test_work_published_after_the_horizon_needs_its_rest_before_it() -> None:
    duty = a_duty("late", "Sun 14:00", "Sun 22:00")
    for begins, good in (("Mon 09:00", True), ("Mon 08:59", False)):
        history = {"p1": [worked(begins, "Mon 16:00", week=1)]}
        problem = a_problem([a_unit()], [duty], [ELEVEN], worked=history)
        assert allowed(problem, ("p1", "late")) is good


def test_past_work_too_close_together_is_no_breach_of_this_roster() -> None:
    history = {"p1": [worked("Sat 06:00", "Sat 14:00"), worked("Sat 16:00", "Sat 20:00")]}
    problem = a_problem([a_unit()], [a_duty("first")], [ELEVEN], worked=history)
    assert allowed(problem, ("p1", "first"))


def test_a_long_past_duty_owes_its_rest_past_a_short_one_after_it() -> None:
    short = worked("Sun 17:00", "Sun 18:00", overran=True)
    history = {"p1": [worked("Sun 08:00", "Sun 16:30"), short]}
    duty = a_duty("first", "Mon 02:00", "Mon 08:00")
    assert not allowed(a_problem([a_unit()], [duty], [ELEVEN], worked=history), ("p1", "first"))


@pytest.mark.parametrize(
    ("monday", "good"), [("2026-03-16", True), ("2026-03-23", False), ("2026-10-19", True)]
)
def test_from_23_to_10_is_ten_hours_in_the_night_of_the_spring_change(
    monday: str, good: bool
) -> None:
    assert rests("Sat 23:00", "Sun 10:00", horizon=a_week(monday)) is good


def test_from_23_to_9_is_eleven_hours_in_the_night_of_the_autumn_change() -> None:
    assert rests("Sat 23:00", "Sun 09:00", horizon=a_week("2026-10-19"))
    assert not rests("Sat 23:00", "Sun 08:59", horizon=a_week("2026-10-19"))
    assert not rests("Sat 23:00", "Sun 09:00", horizon=a_week("2026-10-12"))


def test_who_serves_in_two_units_rests_between_them() -> None:
    lent = a_member("m1")
    units = a_unit("p1", lent), a_unit("p2", lent, a_member("m2"))
    duties = [a_duty("first"), a_duty("next", "Mon 20:00", "Tue 02:00")]
    problem = a_problem(units, duties, [ELEVEN])
    assert not allowed(problem, ("p1", "first"), ("p2", "next"))
    assert allowed(problem, ("p1", "first"))


def test_an_absent_member_rests() -> None:
    leave = Span(at("Mon 18:00"), at("Tue 12:00"))
    lent = a_member("m1", absences=(leave,))
    units = a_unit("p1", lent), a_unit("p2", lent, a_member("m2"))
    duties = [a_duty("first"), a_duty("next", "Mon 20:00", "Tue 02:00")]
    problem = a_problem(units, duties, [ELEVEN])
    assert allowed(problem, ("p1", "first"), ("p2", "next"))


def test_rest_is_owed_after_a_duty_in_scope_before_any_other() -> None:
    rule = in_force("minimum-rest", Scope(kinds=(DutyKind.PATROL,)), **HOURS)
    standby = a_duty("next", "Mon 20:00", "Tue 02:00", kind=DutyKind.STANDBY)
    again = a_duty("again", "Tue 03:00", "Tue 09:00")
    problem = a_problem([a_unit()], [a_duty("first"), standby, again], [rule])
    assert not allowed(problem, *BOTH)
    assert allowed(problem, ("p1", "next"), ("p1", "again"))


def test_published_work_out_of_scope_needs_the_rest_before_it_too() -> None:
    rule = in_force("minimum-rest", Scope(kinds=(DutyKind.PATROL,)), **HOURS)
    history = {"p1": [worked("Mon 04:00", "Mon 08:00", week=1, kind=DutyKind.STANDBY)]}
    late = a_duty("first", "Sun 14:00", "Sun 22:00")
    assert not allowed(a_problem([a_unit()], [late], [rule], worked=history), ("p1", "first"))


def test_rest_is_owed_after_a_duty_under_the_framework_and_not_before_one() -> None:
    duties = [a_duty("first"), a_duty("next", "Mon 20:00", "Tue 02:00")]
    for since, good in (("Mon 06:00", False), ("Mon 06:01", True)):
        scope = Scope(during=Span(at(since), at("Sun 24:00")))
        problem = a_problem([a_unit()], duties, [in_force("minimum-rest", scope, **HOURS)])
        assert allowed(problem, *BOTH) is good


def test_rest_owed_after_one_area_alone_is_owed_after_no_other() -> None:
    rule = in_force("minimum-rest", Scope(areas=("peterbos",)), **HOURS)
    there = a_duty("there", area="matonge")
    duties = [a_duty("first"), there, a_duty("next", "Mon 20:00", "Tue 02:00")]
    problem = a_problem([a_unit()], duties, [rule, in_force("one-place-at-a-time")])
    assert not allowed(problem, *BOTH)
    assert allowed(problem, ("p1", "there"), ("p1", "next"))


def test_near_a_duty_is_judged_what_it_could_come_too_soon_after() -> None:
    duties = [
        a_duty("first", "Mon 06:00", "Mon 14:00"),
        a_duty("next", "Mon 20:00", "Mon 21:00"),
        a_duty("later", "Tue 02:00", "Tue 08:00", before=HOUR),
        a_duty("early", "Tue 20:00", "Tue 21:00", before=2 * HOUR),
        a_duty("far", "Fri 06:00", "Fri 14:00"),
    ]
    problem = a_problem([a_unit()], duties, [ELEVEN])
    pairs = [("p1", duty.id) for duty in duties]
    assert len(near(problem, ("p1", "next"), *pairs)) == 2
    assert len(near(problem, ("p1", "later"), *pairs)) == 2, "not what ended eleven hours before"
    assert len(near(problem, ("p1", "early"), *pairs)) == 1, "it reports before it starts"
    assert near(problem, ("p1", "far"), *pairs) == []


def test_no_two_duties_begin_at_the_same_moment() -> None:
    duties = [a_duty("first"), a_duty("next", "Mon 06:00", "Mon 10:00", area="clemenceau")]
    found = breaches(a_problem([a_unit()], duties, [ELEVEN]), *BOTH)
    assert {violation.values["gap"] for violation in found} == {Minutes(0)}
