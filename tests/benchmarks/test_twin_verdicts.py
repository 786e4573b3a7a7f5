"""Our checkers and the independent judges agree: on what is broken, and on the score, exactly.

They are asked about rosters on a walk by chance, of which no solver knows.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from scheduler.check import judge
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from tests.benchmarks.command import SHIFTS, WEEKS, Row
from tests.benchmarks.judges import Verdict, judge_shifts, judge_week
from tests.benchmarks.nrp.as_problem import duty_id, instance_problem
from tests.benchmarks.nrp.instance import read_instance
from tests.benchmarks.small import BEST, BEST_PENALTY, INSTANCE, week_text
from tests.benchmarks.weeks.as_problem import week_problem
from tests.benchmarks.weeks.week import read_week

STEPS = 700


def written(header: Row, rows: Sequence[Row]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows((header, *rows))
    return text.getvalue()


def ours(problem: RosterProblem, rows: Sequence[Row]) -> Verdict:
    """By the checkers: rows `unit,duty` or `employee,day,shift`."""
    pairs = ((row[0], row[1] if len(row) == 2 else duty_id(int(row[1]), row[2])) for row in rows)
    verdict = judge(problem, Roster.of(Assignment(*pair) for pair in pairs))
    broken = tuple(violation.sentence("en") for violation in verdict.violations)
    return Verdict(broken, tuple(cost for _, cost in verdict.score.levels))


class Shifts:
    """The tiny instance, from its best roster on."""

    kinds = (
        *(" times ", " minutes", "weekends", "in a row", "works only", "is off only"),
        *("on the day after", "works on day off"),
    )

    def __init__(self) -> None:
        self.instance = read_instance(INSTANCE)
        self.problem = instance_problem(self.instance)
        self.rows: tuple[Row, ...] = tuple(
            (name, str(day), shift)
            for name, shifts in BEST.items()
            for day, shift in enumerate(shifts)
            if shift != "."
        )

    def both(self, rows: Sequence[Row]) -> tuple[Verdict, Verdict]:
        return ours(self.problem, rows), judge_shifts(INSTANCE, written(SHIFTS.header, rows))

    def moved(self, rng: Random, rows: Sequence[Row]) -> list[Row]:
        """Another shift or none for somebody, on a day or two in a row."""
        person, first, days = (
            rng.choice(self.instance.staff).id,
            rng.randrange(9),
            rng.choice((1, 2)),
        )
        shift = rng.choice(("", "E", "L"))
        cells = [(person, str(day)) for day in range(first, min(first + days, 9))]
        kept = [row for row in rows if row[:2] not in cells]
        return kept + [(*cell, shift) for cell in cells if shift]


class Week:
    """The tiny week, from an empty roster on."""

    kinds = (
        *("not its area", "no soldiers here", "absent", "before or after", "in the 7 days"),
        *("in the week", "nights in a row", "no police", " soldiers with ", " persons"),
        *("speaks nl", "speaks fr", "holds searcher", "different soldiers"),
    )

    def __init__(self) -> None:
        self.text = week_text()
        self.week = read_week(self.text)
        self.problem = week_problem(self.week)
        self.rows: tuple[Row, ...] = ()

    def both(self, rows: Sequence[Row]) -> tuple[Verdict, Verdict]:
        return ours(self.problem, rows), judge_week(self.text, written(WEEKS.header, rows))

    def moved(self, rng: Random, rows: Sequence[Row]) -> list[Row]:
        """Another crew for a duty, or none."""
        duty, units = rng.choice(self.week.duties).id, [unit.id for unit in self.week.units]
        crew = rng.sample(units, rng.choice((0, 1, 1, 2, 2, 3)))
        return [row for row in rows if row[1] != duty] + [(unit, duty) for unit in crew]


@pytest.fixture(scope="module", params=[Shifts, Week])
def case(request: pytest.FixtureRequest) -> Shifts | Week:
    made: Shifts | Week = request.param()
    return made


def test_the_best_roster_of_the_tiny_instance_is_lawful_at_its_penalty() -> None:
    case = Shifts()
    for verdict in case.both(case.rows):
        assert verdict == Verdict((), (BEST_PENALTY,))


def test_both_agree_on_every_step_of_a_walk_through_rosters(case: Shifts | Week) -> None:
    rng, lawful, kinds = Random(1), Counter[bool](), Counter[str]()
    here: Sequence[Row] = case.rows
    for step in range(STEPS):
        there = case.moved(rng, here)
        by_us, by_judge = case.both(there)
        assert bool(by_us.broken) == bool(by_judge.broken), (step, by_us.broken, by_judge.broken)
        kinds.update(kind for kind in case.kinds for b in by_judge.broken if kind in b)
        # Whom a unit counts for while it is away is no question that a lawful roster raises.
        if not any(breach.endswith("absent") for breach in by_judge.broken):
            assert by_us.score == by_judge.score, step
        lawful[not by_us.broken] += 1
        here = here if by_us.broken else there
    assert min(lawful[True], lawful[False]) > STEPS / 10, lawful
    assert {*kinds} == {*case.kinds}, ({*case.kinds} - {*kinds}, lawful)
