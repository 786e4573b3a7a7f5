"""Duties of the named shifts and kinds fall first to those who have had the fewest of late."""

from __future__ import annotations

import pytest

from scheduler.errors import InvalidParameters
from scheduler.forces import DutyKind, Worked
from scheduler.preferences.even_duties_of_a_kind import EvenDutiesOfAKind
from scheduler.problem import RosterProblem
from scheduler.rule import PreferenceInForce
from tests.builders import WEEK, a_duty, a_problem, a_unit, worked
from tests.scheduler.verdicts import cost

DUTIES = (
    a_duty("late", "Mon 14:00", "Mon 22:00", shift="late"),
    a_duty("other-late", "Tue 14:00", "Tue 22:00", shift="late"),
    a_duty("early", "Wed 06:00", "Wed 14:00", shift="early"),
    a_duty("guard", "Thu 14:00", "Thu 22:00", shift="late", kind=DutyKind.GUARD),
)


def week(
    shifts: tuple[str, ...] = (), kinds: tuple[str, ...] = (), **past: tuple[Worked, ...]
) -> RosterProblem:
    wish = PreferenceInForce(
        "even-duties-of-a-kind", level=1, parameters={"shifts": shifts, "kinds": kinds}
    )
    return a_problem([a_unit("p1"), a_unit("p2")], DUTIES, worked=past, preferences=(wish,))


def test_two_late_duties_of_one_unit_cost_more_than_one_of_each() -> None:
    problem = week(("late",))
    assert cost(problem, ("p1", "late"), ("p1", "other-late")) == 4
    assert cost(problem, ("p1", "late"), ("p2", "other-late")) == 2
    assert cost(problem, ("p1", "early")) == 0


def test_shifts_and_kinds_named_together_are_both_asked() -> None:
    late_patrols = week(("late",), ("patrol",))
    assert cost(late_patrols, ("p1", "late"), ("p1", "guard")) == 1
    assert cost(week(kinds=("guard",)), ("p1", "late"), ("p1", "guard")) == 1


def test_what_is_not_named_is_any() -> None:
    assert cost(week(), ("p1", "late"), ("p1", "early"), ("p1", "guard")) == 9


def test_those_of_the_past_28_days_make_the_next_dearer_and_cost_nothing_themselves() -> None:
    past = (
        worked("Mon 14:00", "Mon 22:00", shift="late"),
        worked("Wed 06:00", "Wed 14:00", shift="early"),
        worked("Thu 14:00", "Thu 22:00", shift="late", kind=DutyKind.GUARD),
    )
    assert cost(week(("late",), p1=past)) == 0
    assert cost(week(("late",), p1=past), ("p1", "late")) == 3**2 - 2**2
    assert cost(week(("late",), ("patrol",), p1=past), ("p1", "late")) == 2**2 - 1


def test_only_the_28_days_before_the_horizon_are_remembered() -> None:
    edge = 28 * 24 * 60
    kept = Worked(-edge - 20, -edge, 60 - edge, 60 - edge, shift="late")
    newest = Worked(-1, -1, 60, 60, shift="late")
    lost = Worked(-edge - 1, -edge - 1, -edge, -edge, shift="late")
    later = WEEK.minutes
    next_week = Worked(later, later, later + 60, later + 60, shift="late")
    assert cost(week(("late",), p1=(lost, next_week)), ("p1", "late")) == 1
    assert cost(week(("late",), p1=(lost, kept)), ("p1", "late")) == 3
    assert cost(week(("late",), p1=(newest,)), ("p1", "late")) == 3


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidParameters) as refused:
        EvenDutiesOfAKind(shifts=(), kinds=("gaurd", "post"))
    assert refused.value.code == "even-duties-of-a-kind"
    assert refused.value.faults == ("kinds has 'gaurd'; there are patrol, guard, standby, post",)
