"""A sheet that is changed shares what stays, and says the same as one laid out anew."""

from __future__ import annotations

from random import Random

import pytest

from scheduler.errors import InvalidRoster
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Role, Roster
from scheduler.sheet import Placed, Sheet
from tests.builders import a_duty, a_problem, a_unit, taken
from tests.scheduler.micro_weeks import micro_week, random_roster

MOVES = 12


def _same(problem: RosterProblem, changed: Sheet, roster: Roster) -> bool:
    anew = Sheet(problem, roster)
    return (
        changed.roster == anew.roster
        and changed.placed == anew.placed
        and all(changed.on(duty) == anew.on(duty) for duty in problem.duties)
        and all(changed.by(unit) == anew.by(unit) for unit in problem.units)
        and all(changed.rostered(clock) == anew.rostered(clock) for clock in problem.clocks)
        and all(changed.served(clock) == anew.served(clock) for clock in problem.clocks)
        and changed.tally("areas", _area) == anew.tally("areas", _area)
    )


def _area(placed: Placed) -> tuple[str, ...]:
    return placed.duty.area, placed.unit.id


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_sheet_says_what_one_laid_out_anew_says(seed: int) -> None:
    rng = Random(seed)
    problem = micro_week(rng)
    roster = random_roster(rng, problem)
    sheet = Sheet(problem, roster)
    before, told = sheet, roster
    for _ in range(MOVES):
        pair = rng.choice(problem.units).id, rng.choice(problem.duties).id
        if rng.random() < 0.6:
            assignment = Assignment(*pair, rng.choice((None, Role.MEMBER)))
            roster, sheet = roster.with_(assignment), sheet.with_(assignment)
        else:
            roster, sheet = roster.without(*pair), sheet.without(*pair)
        assert _same(problem, sheet, roster)
    assert _same(problem, before, told)


def test_a_changed_sheet_refuses_strangers_as_a_new_one_does() -> None:
    problem = a_problem([a_unit("p1")], [a_duty("duty")])
    sheet = Sheet(problem, taken(problem))
    with pytest.raises(InvalidRoster, match="unknown unit p2"):
        sheet.with_(Assignment("p2", "duty"))
    with pytest.raises(InvalidRoster, match="unknown duty elsewhere"):
        sheet.with_(Assignment("p1", "elsewhere"))


def test_what_is_tallied_is_counted_once_for_all_sheets_of_one_layout() -> None:
    problem = a_problem([a_unit("p1"), a_unit("p2")], [a_duty("duty")])
    sheet = Sheet(problem, taken(problem, ("p1", "duty")))
    asked: list[str] = []

    def name(placed: Placed) -> tuple[str, ...]:
        asked.append(placed.unit.id)
        return (placed.unit.id,)

    assert sheet.with_(Assignment("p2", "duty")).tally("units", name) == {"p1": 1, "p2": 1}
    assert sheet.without("p1", "duty").tally("units", name) == {}
    assert sheet.tally("units", name) == {"p1": 1}
    assert asked.count("p1") <= 4, "the layout is walked once, changes by their own duty"
