"""Who asks for a duty gets one, who asks to be spared is spared."""

from __future__ import annotations

from dataclasses import replace

from scheduler.catalogue import preference
from scheduler.forces import Request
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Near, PreferenceInForce
from scheduler.sheet import Sheet
from tests.builders import a_duty, a_problem, a_unit, at, in_force, taken
from tests.scheduler.verdicts import cost

MONDAY = Span(at("Mon 00:00"), at("Tue 00:00"))
DUTIES = (
    a_duty("early", "Mon 06:00", "Mon 14:00", before=30, shift="early"),
    a_duty("night", "Mon 22:00", "Tue 06:00", before=30, shift="night"),
    a_duty("midnight", "Tue 00:00", "Tue 08:00", before=30, shift="early"),
)


def week(*requests: Request) -> RosterProblem:
    return a_problem(
        [a_unit("p1"), a_unit("p2", areas=("matonge",))],
        DUTIES,
        [in_force("lent-area")],
        requests=requests,
        preferences=(PreferenceInForce("requests", level=1),),
    )


def test_a_duty_asked_for_costs_its_weight_until_the_unit_has_one() -> None:
    problem = week(Request("p1", MONDAY, on=True, weight=5))
    assert cost(problem) == 5
    assert cost(problem, ("p1", "early")) == 0
    assert cost(problem, ("p1", "early"), ("p1", "night")) == 0


def test_time_off_asked_for_costs_its_weight_once_however_many_duties_start_in_it() -> None:
    problem = week(Request("p1", MONDAY, weight=5))
    assert cost(problem) == 0
    assert cost(problem, ("p1", "early")) == 5
    assert cost(problem, ("p1", "early"), ("p1", "night")) == 5


def test_a_duty_belongs_to_the_day_on_which_it_starts() -> None:
    """It reports on Monday at 23:30 and starts on Tuesday at 00:00."""
    assert cost(week(Request("p1", MONDAY)), ("p1", "midnight")) == 0
    tuesday = Span(MONDAY.ends, at("Wed 00:00"))
    assert cost(week(Request("p1", tuesday)), ("p1", "midnight")) == 1
    assert cost(week(Request("p1", tuesday)), ("p1", "night")) == 0


def test_who_reports_first_need_not_start_first() -> None:
    duties = (
        a_duty("far", "Mon 08:00", "Mon 14:00", before=180),
        a_duty("near", "Mon 07:00", "Mon 14:00", before=60),
    )
    around_7 = Request("p1", Span(at("Mon 06:30"), at("Mon 07:30")))
    problem = replace(week(around_7), duties=duties)
    assert cost(problem, ("p1", "far")) == 0
    assert cost(problem, ("p1", "near")) == 1


def test_a_shift_asked_for_is_that_shift_and_no_other() -> None:
    nights_off = week(Request("p1", MONDAY, "night", weight=3))
    assert cost(nights_off, ("p1", "early")) == 0
    assert cost(nights_off, ("p1", "early"), ("p1", "night")) == 3
    night_on = week(Request("p1", MONDAY, "night", on=True, weight=3))
    assert cost(night_on, ("p1", "early")) == 3
    assert cost(night_on, ("p1", "night")) == 0


def test_requests_add_up_and_are_each_of_one_unit() -> None:
    wednesday = Span(at("Wed 00:00"), at("Thu 00:00"))
    problem = week(
        Request("p1", MONDAY, weight=2),
        Request("p1", MONDAY, "early", on=True, weight=7),
        Request("p1", wednesday, on=True, weight=10),
    )
    assert cost(problem) == 7 + 10
    assert cost(problem, ("p1", "early")) == 2 + 10


def test_what_a_rule_refuses_the_unit_is_missed_in_every_roster() -> None:
    assert cost(week(Request("p2", MONDAY, on=True, weight=4))) == 4
    assert cost(week(Request("p2", MONDAY, weight=4)), ("p1", "early")) == 0


def test_near_a_pair_only_what_its_duty_answers_is_measured() -> None:
    problem = week(Request("p1", MONDAY, on=True, weight=5), Request("p1", MONDAY, "night", True))
    (wish,) = map(preference, problem.preferences)
    empty = Sheet(problem, taken(problem))
    assert wish.measure(problem, empty, Near("p1", "early")) == 5
    assert wish.measure(problem, empty, Near("p1", "night")) == 5 + 1
    assert wish.measure(problem, empty, Near("p1", "midnight")) == 0
