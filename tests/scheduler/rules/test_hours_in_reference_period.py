"""RPPol art. VI.I.4 §1: 38 hours a week on average; over two months, to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from scheduler.catalogue import rule
from scheduler.errors import InvalidParameters
from scheduler.forces import Carried, DutyKind, Unit, Worked
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem
from scheduler.rule import RuleInForce, Scope
from scheduler.terms import About
from scheduler.wording import Minutes
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
    worked,
)
from tests.scheduler.posed import stated
from tests.scheduler.verdicts import allowed, breaches, near

EIGHTS = [a_duty(day, f"{day} 08:00", f"{day} 16:00") for day in DAYS]
TWO_MONTHS = 38 * HOUR * 61 // 7  # November and December have 61 days
NOVEMBER = at("Sun 00:00", week=-5)  # its first, 29 days before the horizon
HISTORY = at("Mon 00:00", week=-4)  # what is known since then stands duty by duty


def average(
    hours: int, months: int = 2, total: int = 0, scope: Scope | None = None
) -> RuleInForce:
    return in_force(
        "hours-in-reference-period",
        scope,
        weekly_minutes=hours * HOUR,
        months=months,
        total_minutes=total,
    )


def doing(*names: str) -> list[tuple[str, str]]:
    return [("p1", name) for name in names]


def carrying(problem: RosterProblem, *sums: Carried) -> RosterProblem:
    return replace(problem, clocks=tuple(replace(c, carried=sums) for c in problem.clocks))


def in_december(
    *rules: RuleInForce, past: Iterable[Worked] = (), unit: Unit | None = None
) -> RosterProblem:
    """A week that begins on the last day of November."""
    return a_problem([unit or a_unit()], EIGHTS, rules, worked={"p1": past})


def test_what_was_carried_and_what_is_known_leaves_the_rest_of_the_average() -> None:
    """Of two months 16 hours are left for the week."""
    known = worked("Tue 08:00", "Tue 16:00", week=-3)
    before = Carried(Span(NOVEMBER, HISTORY), HISTORY - NOVEMBER)
    assert before.minutes == DAY_MINUTES
    rest = TWO_MONTHS - 16 * HOUR - known.span.minutes - before.minutes
    busy = Carried(Span(HISTORY + 9 * DAY_MINUTES, -DAY_MINUTES), rest)
    problem = carrying(in_december(average(38), past=[known]), before, busy)
    assert allowed(problem, *doing("Mon", "Sun"))
    (found,) = breaches(problem, *doing("Mon", "Sun", "Wed"))
    assert (found.rule, found.unit, found.duty) == ("hours-in-reference-period", "p1", "Sun")
    assert found.by == 8 * HOUR
    assert found.sentence("en") == (
        "p1 works 339 h 08 in the reference period from Sun 1 Nov, 00:00 to Fri 1 Jan, 00:00; "
        "at most 331 h 08 is allowed."
    )
    less = carrying(
        in_december(average(38), past=[known]), before, replace(busy, minutes=rest + 1)
    )
    assert allowed(less, ("p1", "Mon"))
    assert not allowed(less, *doing("Mon", "Sun"))


@pytest.mark.parametrize(
    ("starts", "ends", "good"), [(-1, 0, False), (0, 1, True), (-2, 1, False), (-1, 1, False)]
)
def test_a_sum_counts_whole_in_the_period_in_which_its_stretch_starts(
    starts: int, ends: int, good: bool
) -> None:
    """In October it would leave no room; from 1 November it takes one hour of 61."""
    problem = in_december(average(7))
    day = Span(NOVEMBER + starts * DAY_MINUTES, NOVEMBER + ends * DAY_MINUTES)
    rest = Carried(Span(NOVEMBER + DAY_MINUTES, -DAY_MINUTES), 61 * HOUR - 16 * HOUR)
    assert allowed(carrying(problem, rest, Carried(day, 0)), *doing("Mon", "Tue"))
    counted = carrying(problem, rest, Carried(day, 1))
    assert allowed(counted, *doing("Mon", "Tue")) is not good


def test_each_period_has_its_own_average() -> None:
    """At 7 hours a week November has 30 hours and December 31."""
    past = [worked(f"{day} 08:00", f"{day} 16:00") for day in ("Mon", "Wed", "Fri")]
    problem = in_december(average(7, months=1), past=past)
    assert allowed(problem, *doing("Tue", "Wed", "Thu"))
    assert not allowed(problem, ("p1", "Mon"))
    (found,) = breaches(problem, *doing("Tue", "Wed", "Thu", "Fri"))
    assert (found.duty, found.values["worked"]) == ("Fri", Minutes(32 * HOUR))
    assert found.values["maximum"] == Minutes(31 * HOUR)
    assert len(breaches(problem, *doing(*DAYS[:5]))) == 2


@pytest.mark.parametrize(
    ("november", "december", "good"), [(28, 25, True), (29, 25, False), (28, 26, False)]
)
def test_a_night_across_two_periods_counts_in_each_with_its_part(
    november: int, december: int, good: bool
) -> None:
    """Two of its hours lie in November, six in December."""
    night = a_duty("night", "Mon 22:00", "Mon 30:00")
    past = worked(0 - november * HOUR, 0)
    later = worked(at("Mon 00:00", week=1), at("Mon 00:00", week=1) + december * HOUR)
    problem = a_problem([a_unit()], [night], [average(7, months=1)], worked={"p1": [past, later]})
    assert allowed(problem)
    assert allowed(problem, ("p1", "night")) is good


@pytest.mark.parametrize(("minutes", "good"), [(30, True), (31, False)])
def test_reporting_before_midnight_is_work_of_the_period_before(minutes: int, good: bool) -> None:
    duty = a_duty("early", "Tue 00:00", "Tue 08:00", before=minutes)
    past = worked(30 - 30 * HOUR, 0)
    problem = a_problem([a_unit()], [duty], [average(7, months=1)], worked={"p1": [past]})
    assert allowed(problem, ("p1", "early")) is good


def test_an_average_is_rounded_down_to_the_minute() -> None:
    """Over 61 days 60 minutes a week are 522 minutes and 6 sevenths."""
    for minutes, good in ((522, True), (523, False)):
        duty = a_duty("duty", "Mon 08:00", at("Mon 08:00") + minutes)
        problem = a_problem([a_unit()], [duty], [average(1)])
        assert allowed(problem, ("p1", "duty")) is good


def test_a_total_holds_beside_the_average() -> None:
    assert allowed(in_december(average(38)), *doing(*DAYS))
    assert not allowed(in_december(average(38, total=16 * HOUR)), *doing("Mon", "Wed", "Fri"))
    assert allowed(in_december(average(38, total=16 * HOUR)), *doing("Mon", "Wed"))
    assert not allowed(in_december(average(1, total=16 * HOUR)), *doing("Mon", "Wed"))


def on_leave(*spans: Span, clock: str = "p1") -> Unit:
    return a_unit("p1", a_member("m1", clock=clock, absences=spans))


@pytest.mark.parametrize(
    ("leave", "hours"),
    [
        ((), 61),
        ((Span(at("Mon 00:00", week=1), at("Sun 24:00", week=1)),), 54),
        ((Span(at("Mon 08:00", week=1), at("Wed 16:00", week=1)),), 60),  # Tuesday alone is whole
        ((Span(at("Wed 00:00", week=4), at("Sun 00:00", week=6)),), 59),  # 30 and 31 December
        ((Span(at("Mon 00:00"), at("Wed 00:00")), Span(at("Tue 00:00"), at("Thu 00:00"))), 58),
    ],
)
def test_leave_is_neutral(leave: tuple[Span, ...], hours: int) -> None:
    """Directive 2003/88/EC art. 16 b: an hour a day, for the days that are not leave."""
    problem = in_december(average(7), unit=on_leave(*leave))
    before = Carried(Span(NOVEMBER, -DAY_MINUTES), (hours - 8) * HOUR)
    assert allowed(carrying(problem, before), ("p1", "Fri"))
    more = carrying(problem, replace(before, minutes=before.minutes + 1))
    assert not allowed(more, ("p1", "Fri"))


def test_while_one_of_a_clock_is_at_work_the_days_are_not_neutral() -> None:
    leave = Span(at("Mon 00:00", week=1), at("Sun 24:00", week=1))
    members = a_member("m1", clock="p1", absences=(leave,)), a_member("m2", clock="p1")
    problem = in_december(average(7), unit=a_unit("p1", *members))
    before = Carried(Span(NOVEMBER, -DAY_MINUTES), 53 * HOUR)
    assert allowed(carrying(problem, before), ("p1", "Fri"))


def test_leave_is_neutral_for_the_clock_of_who_is_on_leave() -> None:
    """The other one of the unit may work 61 hours, this one 54."""
    leave = Span(at("Mon 00:00", week=1), at("Sun 24:00", week=1))
    unit = a_unit("p1", a_member("m1", absences=(leave,)), a_member("m2"))
    problem = a_problem([unit], EIGHTS, [average(7)])
    for minutes, breaks in ((46 * HOUR, 0), (46 * HOUR + 1, 1), (53 * HOUR, 1)):
        before = Carried(Span(NOVEMBER, -DAY_MINUTES), minutes)
        assert len(breaches(carrying(problem, before), ("p1", "Fri"))) == breaks


def test_each_clock_has_its_own_past() -> None:
    unit = a_unit("p1", a_member("m1"), a_member("m2"))
    past = {"m2": [worked("Mon 00:00", "Mon 60:00")]}
    problem = a_problem([unit], EIGHTS, [average(7)], worked=past)
    assert len(breaches(problem, ("p1", "Mon"))) == 1
    assert allowed(problem)


@pytest.mark.parametrize(("monday", "took"), [("2026-03-23", 7), ("2026-10-19", 9)])
def test_a_night_of_a_clock_change_counts_the_hours_that_pass(monday: str, took: int) -> None:
    horizon = a_week(monday)
    night = a_duty("night", "Sat 22:00", "Sat 30:00", horizon=horizon)
    for total, good in ((took * HOUR, True), (took * HOUR - 1, False)):
        rules = [average(38, total=total)]
        problem = a_problem([a_unit()], [night], rules, horizon=horizon)
        assert allowed(problem, ("p1", "night")) is good


def test_published_work_after_the_horizon_counts() -> None:
    later = worked("Mon 08:00", "Mon 16:00", week=1)
    rule_ = average(38, total=16 * HOUR)
    assert allowed(in_december(rule_, past=[later]), ("p1", "Fri"))
    assert not allowed(in_december(rule_, past=[later]), *doing("Fri", "Sat"))


def test_a_past_beyond_the_average_breaks_nothing_by_itself() -> None:
    past = [worked("Mon 00:00", "Mon 62:00", week=-2)]
    assert allowed(in_december(average(7), past=past))
    assert not allowed(in_december(average(7), past=past), ("p1", "Tue"))


def test_what_is_of_another_kind_neither_counts_nor_breaks_it() -> None:
    guards = Scope(kinds=(DutyKind.GUARD,))
    guard = a_duty("guard", "Fri 08:00", "Fri 16:00", kind=DutyKind.GUARD)
    rules = [average(38, total=8 * HOUR, scope=guards)]
    problem = a_problem([a_unit()], [*EIGHTS[:3], guard], rules)
    assert allowed(problem, *doing("Mon", "Tue", "Wed", "guard"))
    shorter = [average(38, total=8 * HOUR - 1, scope=guards)]
    assert not allowed(a_problem([a_unit()], [guard], shorter), ("p1", "guard"))


def test_it_does_not_bind_who_is_out_of_scope() -> None:
    rules = [average(1, scope=Scope(units=("p2",)))]
    problem = a_problem([a_unit("p1"), a_unit("p2")], EIGHTS, rules)
    assert allowed(problem, *doing(*DAYS))
    assert not allowed(problem, ("p2", "Mon"), ("p2", "Wed"))


def test_a_framework_in_force_since_midweek_counts_the_days_before() -> None:
    since = Scope(during=Span(at("Thu 00:00"), at("Sun 24:00")))
    problem = in_december(average(38, total=16 * HOUR, scope=since))
    assert allowed(problem, *doing("Mon", "Tue", "Wed"))
    (found,) = breaches(problem, *doing("Mon", "Tue", "Thu"))
    assert (found.duty, found.values["worked"]) == ("Thu", Minutes(24 * HOUR))


@pytest.mark.parametrize("months", [5, 7, 8, 9, 10, 11])
def test_periods_fill_the_year(months: int) -> None:
    told = f"^hours-in-reference-period: months is {months}; 12 is no multiple$"
    with pytest.raises(InvalidParameters, match=told):
        rule(average(38, months=months))


def test_an_average_is_within_a_week() -> None:
    for hours in (-1, 169):
        with pytest.raises(InvalidParameters, match="weekly_minutes is"):
            rule(average(hours))


def test_near_a_pair_only_its_clocks_are_judged() -> None:
    rules = [average(38, total=8 * HOUR)]
    problem = a_problem([a_unit("p1"), a_unit("p2")], EIGHTS, rules)
    both = [*doing("Mon", "Tue"), ("p2", "Mon")]
    assert near(problem, ("p2", "Mon"), *both) == []
    assert near(problem, ("p1", "Mon"), *both) == ["hours-in-reference-period"]


def test_the_model_hears_whose_hours_it_sums_and_from_which_day() -> None:
    statement = stated(in_december(average(1)))
    assert [said.about for said in statement.clauses] == [About(clock="p1", moment=NOVEMBER)]
