"""Unions fear for lost training: a block of it keeps its place, and time around it."""

from __future__ import annotations

import pytest

from scheduler.forces import DutyKind, Member, Unit
from scheduler.moments import Span
from scheduler.rule import RuleInForce, Scope
from tests.builders import DAYS, HOUR, a_duty, a_member, a_problem, a_unit, a_week, at, in_force
from tests.scheduler.verdicts import allowed, breaches, near

TUESDAY = Span(at("Tue 08:00"), at("Tue 16:00"))


def protected(margin: int = 0, scope: Scope | None = None) -> RuleInForce:
    return in_force("protected-training", scope, margin_minutes=margin)


def trainee(name: str = "m1", *blocks: Span, absent: tuple[Span, ...] = ()) -> Member:
    return a_member(name, trainings=blocks or (TUESDAY,), absences=absent)


def a_team(*members: Member) -> Unit:
    return a_unit("s1", *members or (trainee(),))


@pytest.mark.parametrize(
    ("starts", "ends", "good"),
    [
        ("Tue 00:00", "Tue 08:00", True),
        ("Tue 00:00", "Tue 08:01", False),
        ("Tue 16:00", "Tue 24:00", True),
        ("Tue 15:59", "Tue 24:00", False),
        ("Tue 10:00", "Tue 11:00", False),
        ("Mon 22:00", "Tue 22:00", False),
        ("Wed 08:00", "Wed 16:00", True),
    ],
)
def test_no_duty_overlaps_a_training(starts: str, ends: str, good: bool) -> None:
    problem = a_problem([a_team()], [a_duty("duty", starts, ends)], [protected()])
    assert allowed(problem, ("s1", "duty")) is good
    assert allowed(problem)


@pytest.mark.parametrize(
    ("starts", "ends", "good"),
    [
        ("Mon 12:00", "Mon 20:00", True),
        ("Mon 12:00", "Mon 20:01", False),
        ("Wed 04:00", "Wed 12:00", True),
        ("Wed 03:59", "Wed 12:00", False),
    ],
)
def test_the_time_around_it_is_free_to_the_minute(starts: str, ends: str, good: bool) -> None:
    problem = a_problem([a_team()], [a_duty("duty", starts, ends)], [protected(12 * HOUR)])
    assert allowed(problem, ("s1", "duty")) is good


def test_reporting_and_release_belong_to_the_duty() -> None:
    for before, after, good in ((0, 30, True), (0, 31, False), (31, 0, True)):
        duty = a_duty("duty", "Tue 00:00", "Tue 07:30", before=before, after=after)
        assert allowed(a_problem([a_team()], [duty], [protected()]), ("s1", "duty")) is good
    for before, good in ((30, True), (31, False)):
        late = a_duty("late", "Tue 16:30", "Tue 24:00", before=before)
        assert allowed(a_problem([a_team()], [late], [protected()]), ("s1", "late")) is good


@pytest.mark.parametrize(("monday", "good"), [("2026-03-16", True), ("2026-03-23", False)])
def test_the_time_around_it_passes_also_when_the_clocks_change(monday: str, good: bool) -> None:
    """From Saturday 22:00 to Sunday 10:00 it is 12 hours, or 11 in spring."""
    horizon = a_week(monday)
    sunday = Span(at("Sun 10:00", 0, horizon), at("Sun 16:00", 0, horizon))
    duty = a_duty("duty", "Sat 14:00", "Sat 22:00", horizon=horizon)
    team = a_team(trainee("m1", sunday))
    problem = a_problem([team], [duty], [protected(12 * HOUR)], horizon=horizon)
    assert allowed(problem, ("s1", "duty")) is good


def test_one_who_trains_keeps_the_unit_in_and_no_other_unit() -> None:
    duty = a_duty("duty", "Tue 06:00", "Tue 14:00")
    team = a_team(a_member("m0"), trainee("m1"))
    like = a_unit("s2", a_member("m2"), a_member("m3"))
    problem = a_problem([like, team], [duty], [protected()])
    assert allowed(problem, ("s2", "duty"))
    (found,) = breaches(problem, ("s1", "duty"), ("s2", "duty"))
    assert (found.rule, found.unit, found.duty) == ("protected-training", "s1", "duty")
    assert found.values["members"] == ("m1",)


def test_who_is_absent_for_the_duty_does_not_keep_the_others_in() -> None:
    duty = a_duty("duty", "Tue 06:00", "Tue 14:00")
    team = a_team(a_member("m0"), trainee("m1", absent=(TUESDAY,)))
    assert allowed(a_problem([team], [duty], [protected()]), ("s1", "duty"))


def test_a_sentence_says_who_trains_when_and_how_much_time_is_free_around() -> None:
    duty = a_duty("duty", "Tue 06:00", "Tue 14:00")
    team = a_team(trainee("m1"), trainee("m2"), a_member("m3"))
    (found,) = breaches(a_problem([team], [duty], [protected(90)]), ("s1", "duty"))
    assert found.sentence("en") == (
        "s1: the training of m1 and m2 from Tue 1 Dec, 08:00 to Tue 1 Dec, 16:00 keeps its place, "
        "free time before and after it: 1 h 30."
    )


def test_each_training_in_the_way_is_told() -> None:
    wednesday = Span(at("Wed 08:00"), at("Wed 16:00"))
    thursday = Span(at("Thu 08:00"), at("Thu 16:00"))
    duty = a_duty("duty", "Tue 14:00", "Wed 10:00")
    team = a_team(trainee("m1", thursday, wednesday, TUESDAY))
    found = breaches(a_problem([team], [duty], [protected()]), ("s1", "duty"))
    assert [v.sentence("nl") for v in found] == [
        f"s1: de training van m1 van {day} 08:00 tot {day} 16:00 blijft staan, vrije tijd ervoor "
        "en erna: 0 min."
        for day in ("di 1 dec", "wo 2 dec")
    ]


def test_a_scope_limits_on_what_and_since_when_it_is_for() -> None:
    mornings = [a_duty(day, f"{day} 08:00", f"{day} 16:00") for day in DAYS]
    guard = a_duty("guard", "Tue 06:00", "Tue 14:00", kind=DutyKind.GUARD)
    week = Span(at("Mon 00:00"), at("Sun 24:00"))
    kinds = Scope(kinds=(DutyKind.PATROL,), during=Span(at("Wed 00:00"), at("Fri 00:00")))
    problem = a_problem(
        [a_team(trainee("m1", week))], [*mornings, guard], [protected(scope=kinds)]
    )
    found = breaches(problem, *(("s1", duty) for duty in (*DAYS, "guard")))
    assert {v.duty for v in found} == {"Wed", "Thu"}
    others = a_problem([a_team()], [guard], [protected(scope=Scope(units=("s9",)))])
    assert allowed(others, ("s1", "guard"))


def test_duties_at_one_time_are_told_apart_by_reporting_and_by_scope() -> None:
    early = a_duty("early", "Tue 16:30", "Tue 22:00", before=31)
    duties = [
        a_duty("later", "Tue 16:30", "Tue 22:00", before=30),
        early,
        a_duty("guard", "Tue 15:00", "Tue 22:00", kind=DutyKind.GUARD),
        a_duty("patrol", "Tue 15:00", "Tue 22:00"),
    ]
    rules = [protected(scope=Scope(kinds=(DutyKind.PATROL,)))]
    problem = a_problem([a_team()], duties, rules)
    names = ("later", "early", "guard", "patrol")
    assert [allowed(problem, ("s1", name)) for name in names] == [True, False, True, False]


def test_who_is_absent_when_the_unit_reports_is_absent_for_the_duty() -> None:
    duty = a_duty("duty", "Tue 07:00", "Tue 15:00", before=60)
    sick = Span(at("Tue 06:00"), at("Tue 07:00"))
    team = a_team(a_member("m0"), trainee("m1", absent=(sick,)))
    assert allowed(a_problem([team], [duty], [protected()]), ("s1", "duty"))


def test_near_a_pair_only_that_pair_is_judged() -> None:
    duties = [a_duty(name, "Tue 06:00", "Tue 14:00") for name in ("one", "two")]
    problem = a_problem([a_team()], duties, [protected()])
    assert near(problem, ("s1", "one"), ("s1", "one"), ("s1", "two")) == ["protected-training"]
    assert near(problem, ("s1", "one"), ("s1", "two")) == []
