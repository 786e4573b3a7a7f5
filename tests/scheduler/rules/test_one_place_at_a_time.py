"""Nobody is in two places at once."""

from __future__ import annotations

import pytest

from scheduler.forces import DutyKind
from scheduler.moments import Span
from scheduler.rule import Scope
from tests.builders import a_duty, a_member, a_problem, a_unit, at, in_force, worked
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("one-place-at-a-time")
EARLY, LATE = a_duty("early"), a_duty("late", "Mon 13:00", "Mon 21:00", area="clemenceau")


def test_a_unit_is_on_one_duty_at_a_time() -> None:
    problem = a_problem([a_unit(), a_unit("p2")], [EARLY, LATE], [RULE])
    assert allowed(problem, ("p1", "early"), ("p2", "late"))
    (found,) = breaches(problem, ("p1", "early"), ("p1", "late"))
    assert (found.rule, found.unit, found.duty) == ("one-place-at-a-time", "p1", "late")
    assert found.sentence("en") == (
        "p1: two duties at the same time, from Mon 30 Nov, 13:00 to Mon 30 Nov, 14:00, "
        "for p1-1 and p1-2."
    )


@pytest.mark.parametrize(("before", "good"), [(0, True), (1, False)])
def test_one_duty_may_begin_when_the_other_is_released(before: int, good: bool) -> None:
    """Reporting and release count, not only the time on the street."""
    duties = [a_duty("early", after=30), a_duty("next", "Mon 14:30", "Mon 20:00", before=before)]
    problem = a_problem([a_unit()], duties, [RULE])
    assert allowed(problem, ("p1", "early"), ("p1", "next")) is good


def test_a_short_duty_inside_a_long_one_and_one_after_it() -> None:
    short, later = a_duty("short", "Mon 07:00", "Mon 08:00"), a_duty("x", "Mon 13:00", "Mon 14:00")
    problem = a_problem([a_unit()], [EARLY, short, later], [RULE])
    assert allowed(problem, ("p1", "short"), ("p1", "x"))
    assert not allowed(problem, ("p1", "early"), ("p1", "x"))
    assert len(breaches(problem, ("p1", "early"), ("p1", "short"), ("p1", "x"))) == 2


def test_who_serves_in_two_units_is_in_one_of_them_at_a_time() -> None:
    lent = a_member("m1")
    units = a_unit("p1", lent, a_member("m2")), a_unit("p2", lent, a_member("m3"))
    problem = a_problem(units, [EARLY, LATE], [RULE])
    (found,) = breaches(problem, ("p1", "early"), ("p2", "late"))
    assert found.values["members"] == ("m1",)
    assert not allowed(problem, ("p1", "early"), ("p2", "early"))


def test_an_absent_member_is_nowhere() -> None:
    lent = a_member("m1", absences=(Span(at("Mon 20:00"), at("Mon 22:00")),))
    units = a_unit("p1", lent, a_member("m2")), a_unit("p2", lent, a_member("m3"))
    problem = a_problem(units, [EARLY, LATE], [RULE])
    assert allowed(problem, ("p1", "early"), ("p2", "late"))
    assert not allowed(problem, ("p1", "early"), ("p2", "early"))


def test_two_who_share_a_clock_may_be_in_two_places() -> None:
    units = (
        a_unit("p1", a_member("m1", clock="shared")),
        a_unit("p2", a_member("m2", clock="shared")),
    )
    assert allowed(a_problem(units, [EARLY, LATE], [RULE]), ("p1", "early"), ("p2", "late"))


@pytest.mark.parametrize(("until", "good"), [("Sun 30:00", True), ("Sun 30:01", False)])
def test_certain_work_that_lasts_into_the_horizon_leaves_no_room(until: str, good: bool) -> None:
    history = {"p1": [worked("Sun 22:00", until)]}
    problem = a_problem([a_unit()], [EARLY], [RULE], worked=history)
    assert allowed(problem)
    assert allowed(problem, ("p1", "early")) is good


def test_each_ones_own_certain_work_leaves_no_room() -> None:
    history = {"m2": [worked("Sun 22:00", "Sun 30:01")]}
    pair = a_unit("p1", a_member("m1"), a_member("m2"))
    problem = a_problem([pair], [EARLY], [RULE], worked=history)
    (found,) = breaches(problem, ("p1", "early"))
    assert found.values["members"] == ("m2",)


def test_so_does_work_published_after_the_horizon() -> None:
    night = a_duty("night", "Sun 22:00", "Sun 30:00")
    history = {"p1": [worked("Mon 05:59", "Mon 12:00", week=1)]}
    assert not allowed(a_problem([a_unit()], [night], [RULE], worked=history), ("p1", "night"))


def test_two_past_works_at_once_are_no_breach_of_this_roster() -> None:
    history = {"p1": [worked("Sun 08:00", "Sun 16:00"), worked("Sun 12:00", "Sun 20:00")]}
    assert allowed(a_problem([a_unit()], [EARLY], [RULE], worked=history), ("p1", "early"))


def test_the_place_of_what_is_out_of_scope_is_a_place_too() -> None:
    rule = in_force("one-place-at-a-time", Scope(kinds=(DutyKind.PATROL,)))
    standby = [
        a_duty(name, "Mon 12:00", "Mon 18:00", kind=DutyKind.STANDBY) for name in ("one", "other")
    ]
    problem = a_problem([a_unit()], [EARLY, *standby], [rule])
    assert allowed(problem, ("p1", "one"), ("p1", "other"))
    found = breaches(problem, ("p1", "early"), ("p1", "one"), ("p1", "other"))
    assert [v.duty for v in found] == ["early", "early"]


def test_a_judgement_nearby_names_only_what_that_duty_clashes_with() -> None:
    duties = [EARLY, LATE, a_duty("tue", "Tue 06:00", "Tue 14:00")]
    problem = a_problem([a_unit()], duties, [RULE])
    pairs = [("p1", d.id) for d in duties]
    assert near(problem, ("p1", "late"), *pairs) == ["one-place-at-a-time"]
    assert near(problem, ("p1", "tue"), *pairs) == []
