"""How long an answer takes: a problem built, candidates, repairs. One question, one function.

A question is asked several times of a week that has a roster, and yields the seconds of each.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from scheduler.candidates import candidates
from scheduler.coverage import shortfalls
from scheduler.disruption import Absent
from scheduler.model.build import RosterModel
from scheduler.moments import Span
from scheduler.network import network
from scheduler.planner import Budget, repair
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.sheet import Sheet
from scheduler.statement import stated
from tests.benchmarks.page import measured_on, paragraph, table
from tests.benchmarks.weeks.as_problem import week_problem
from tests.benchmarks.weeks.week import read_week

HEADING = "Answers"
TIMES = 20
REPAIRED = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A frozen week as a problem, and a roster of it."""

    file: Path
    problem: RosterProblem
    roster: Roster


Question = Callable[[Case], Iterator[float]]


@dataclass(frozen=True, slots=True)
class Timing:
    """What was asked of which week, and in how many seconds it was answered."""

    what: str
    week: str
    seconds: tuple[float, ...]


def building(case: Case) -> Iterator[float]:
    """From the file to a model that could be solved."""
    began = time.perf_counter()
    problem = week_problem(read_week(case.file.read_text(encoding="utf-8")))
    RosterModel(network(stated(problem)))
    yield time.perf_counter() - began


def candidates_of_a_duty(case: Case) -> Iterator[float]:
    """Every unit for a duty that lacks somebody, from a roster as it is stored."""
    sheet = Sheet(case.problem, case.roster)
    short = dict.fromkeys(shortfall.duty for shortfall in shortfalls(case.problem, sheet))
    for duty_id in [*short][:TIMES]:
        began = time.perf_counter()
        candidates(case.problem, Sheet(case.problem, case.roster), case.problem.duty(duty_id))
        yield time.perf_counter() - began


def repairs_of_a_roster(case: Case) -> Iterator[float]:
    """Five ways to go on when somebody is absent from the middle of the week on."""
    half = case.problem.horizon.span.ends // 2
    away = Span(half, case.problem.horizon.span.ends)
    duties = (case.problem.duty(a.duty) for a in case.roster.assignments)
    begins = zip(case.roster.assignments, duties, strict=True)
    units = dict.fromkeys(a.unit for a, duty in begins if duty.starts_at >= half)
    for unit in [*units][:REPAIRED]:
        began = time.perf_counter()
        repair(case.problem, case.roster, [Absent(away, unit=unit)], Budget(seconds=60))
        yield time.perf_counter() - began


QUESTIONS: Mapping[str, Question] = {
    "problem and model built": building,
    "candidates for a duty": candidates_of_a_duty,
    "repairs of a roster": repairs_of_a_roster,
}
# Seconds within which the median should stay, by week.
GOALS: Mapping[str, Mapping[str, float]] = {
    "problem and model built": {"1000-a": 10.0},
    "candidates for a duty": {"60-a": 0.02, "1000-a": 0.2},
    "repairs of a roster": {},
}


def ask(file: Path, roster: Path) -> list[Timing]:
    """Every question of one week; the roster as rows `unit,duty`."""
    with roster.open(encoding="utf-8", newline="") as lines:
        pairs = [(row["unit"], row["duty"]) for row in csv.DictReader(lines)]
    problem = week_problem(read_week(file.read_text(encoding="utf-8")))
    case = Case(file, problem, Roster.of(Assignment(*pair) for pair in pairs))
    return [Timing(what, file.stem, tuple(asked(case))) for what, asked in QUESTIONS.items()]


def answers_section(rosters: Mapping[Path, Path]) -> list[str]:
    """Week file → roster file; each week in a process of its own."""
    timings: list[Timing] = []
    for file, roster in rosters.items():
        with get_context("spawn").Pool(1) as pool:
            timings += pool.apply(ask, (file, roster))
    return [*paragraph(measured_on(), f"The median of up to {TIMES} answers."), *_rows(timings)]


def _rows(timings: Sequence[Timing]) -> list[str]:
    header = ["answer", "week", "median", "slowest", "goal", ""]
    rows = []
    for timing in timings:
        if timing.seconds:
            middle, goal = median(timing.seconds), GOALS[timing.what].get(timing.week)
            verdict = "" if goal is None else ("reached" if middle <= goal else "missed")
            times = [_shown(middle), _shown(max(timing.seconds)), _shown(goal) if goal else ""]
            rows.append([timing.what, timing.week, *times, verdict])
    return table(header, rows)


def _shown(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
