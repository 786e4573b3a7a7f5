"""Dives: rosters made of whole lines are lawful, keep pins, and repeat to the bit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scheduler.annealing.anneal import Annealing
from scheduler.check import judge
from scheduler.found import Found
from scheduler.lines import diagram, parting
from scheduler.model import diving as dives
from scheduler.model.build import roster_of
from scheduler.model.closing import Limit
from scheduler.model.diving import Diving
from scheduler.model.rounds import Rounds
from scheduler.network import network
from scheduler.outcome import Drafted
from scheduler.planner import Budget, draft
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment
from scheduler.statement import Statement, stated
from tests.builders import a_duty, a_problem, a_unit, in_force
from tests.scheduler.pattern_weeks import WISHES, pattern_weeks

EFFORT, PLENTY = 1.5, 1000.0


@pytest.fixture(autouse=True)
def however_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems of which diagrams are made otherwise are larger than tests have time for."""
    monkeypatch.setattr(dives, "FROM", 0)


class Dived:
    """A problem, its dives, and rounds of nothing else."""

    def __init__(self, problem: RosterProblem, seed: int = 1) -> None:
        self.statement: Statement = stated(problem)
        self.net = network(self.statement)
        self.problem = problem
        self.diving = Diving(self.statement, self.net, seed, Limit(PLENTY, timed=False))
        self.annealing = Annealing(self.statement, self.net, 1, seed)
        self.decided = self.diving.decided

    def nobody(self) -> Found:
        return self.annealing.settled(np.zeros(len(self.decided), np.int8))

    def next(self, best: Found, level: int, effort: float = PLENTY) -> Found:
        """After one more dive: what it gave in place of what it freed, if that is better."""
        closed = self.diving.near(best, level, Limit(effort, timed=False))
        if closed.taken is None:
            return best
        taken = best.values[self.decided].copy()
        taken[closed.free] = closed.taken[closed.free]
        found = self.annealing.settled(taken)
        return found if found.better_than(best) else best

    def dived(self, level: int = 1, times: int = 3) -> Found:
        best = self.nobody()
        for _ in range(times):
            best = self.next(best, level)
        return best

    def judged(self, found: Found) -> None:
        """By the checkers, who know nothing of lines."""
        verdict = judge(self.problem, roster_of(self.statement, found.values[self.decided]))
        assert verdict.lawful
        assert tuple(cost for _, cost in verdict.score.levels) == tuple(found.cost[1:])


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_the_roster_of_a_dive_is_lawful_and_within_the_bound(seed: int) -> None:
    weeks = Dived(pattern_weeks(seed))
    assert weeks.diving.able
    found = weeks.dived()
    weeks.judged(found)
    assert weeks.diving.bounds[1] <= found.cost[1] <= 1.05 * weeks.diving.bounds[1]


@pytest.mark.slow
def test_what_a_dive_at_the_second_level_finds_costs_no_more_at_the_first() -> None:
    weeks = Dived(pattern_weeks(3))
    first = weeks.dived()
    second = first
    for _ in range(3):
        second = weeks.next(second, 2)
    weeks.judged(second)
    assert second.cost[1] <= first.cost[1]
    assert weeks.diving.bounds[2] <= second.cost[2] <= first.cost[2]


def test_a_dive_keeps_what_is_pinned() -> None:
    free = pattern_weeks(1)
    there = Dived(free)
    taken = there.dived(times=1).values[there.decided]
    pairs = [(d.unit.id, d.duty.id) for d in there.statement.decisions]
    absent = [pair for pair, on in zip(pairs, taken, strict=True) if not on]
    pins = (Assignment(*absent[0]), Assignment(*absent[len(absent) // 2]))
    weeks = Dived(replace(free, pinned=pins))
    found = weeks.dived()
    weeks.judged(found)
    roster = roster_of(weeks.statement, found.values[weeks.decided])
    assert {pin.pair for pin in pins} <= roster.pairs


def test_the_same_effort_gives_the_same_dives_to_the_bit() -> None:
    both = []
    for _ in range(2):
        weeks = Dived(pattern_weeks(4), seed=7)
        best, seen = weeks.nobody(), []
        for _ in range(3):
            best = weeks.next(best, 1, EFFORT)
            seen.append(best.values.tolist())
        both.append((seen, weeks.diving.bounds))
    assert both[0] == both[1]


@pytest.mark.slow
@pytest.mark.parametrize("cores", [1, 2])
def test_rounds_and_dives_by_effort_repeat_and_end_lawful(cores: int) -> None:
    both = []
    for _ in range(2):
        weeks = Dived(pattern_weeks(5))
        args = weeks.statement, weeks.net, weeks.annealing, 1, weeks.diving
        spent = 0.0

        def left(_: Found, effort: float) -> float:
            nonlocal spent
            spent += effort
            return 3 * EFFORT - spent

        both.append(Rounds(*args).run(weeks.nobody(), 1, cores, left, timed=False))
        weeks.judged(both[-1])
    assert both[0].values.tolist() == both[1].values.tolist()


@pytest.mark.slow
def test_drafting_with_lines_is_lawful_proves_a_bound_and_repeats() -> None:
    problem = pattern_weeks(6)
    budget = Budget(seconds=None, effort=4.0, cores=2)
    first, again = (draft(problem, budget) for _ in range(2))
    assert isinstance(first, Drafted)
    assert isinstance(again, Drafted)
    assert first.roster == again.roster
    assert judge(problem, first.roster).lawful
    assert first.levels[0].bound is not None
    assert first.levels[0].bound > 0


def test_near_an_unlawful_roster_the_units_at_fault_are_freed() -> None:
    weeks = Dived(pattern_weeks(1))
    weeks.next(weeks.nobody(), 1)  # the first dive is over everybody anyway
    everything = weeks.annealing.settled(np.ones(len(weeks.decided), np.int8))
    assert not everything.lawful
    closed = weeks.diving.near(everything, 1, Limit(PLENTY, timed=False))
    assert closed.free.all()
    assert closed.taken is not None
    weeks.judged(weeks.annealing.settled(closed.taken))


def test_when_effort_is_over_a_dive_gives_nothing() -> None:
    weeks = Dived(pattern_weeks(1))
    assert weeks.diving.near(weeks.nobody(), 1, Limit(0.0, timed=False)).taken is None


def test_lines_do_not_speak_for_problems_in_which_units_share_more_than_sums() -> None:
    lead = in_force("police-lead", None, qualification="police-lead", reach_minutes=0)
    together = [a_unit(f"u{k}", holds=("police-lead",)) for k in range(3)]
    duties = [a_duty("mon"), a_duty("tue", "Tue 06:00", "Tue 14:00")]
    assert Dived(a_problem(together, duties)).diving.able
    assert not Dived(a_problem(together, duties, [lead])).diving.able


def test_where_nothing_that_somebody_does_is_lawful_there_are_no_lines() -> None:
    too_much = in_force("minutes-in-horizon", None, minimum_minutes=9999, maximum_minutes=99999)
    assert not Dived(pattern_weeks(1, 6, (too_much,))).diving.able


def test_a_problem_with_too_wide_units_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagram, "MOST_STATES", 3)
    assert not Dived(pattern_weeks(1)).diving.able


def test_a_diagram_that_is_too_wide_leaves_counts_to_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    most = in_force("maximum-duties-of-a-kind", None, shifts=("late",), maximum_duties=3)
    problem = replace(pattern_weeks(1, 6, (most,)), preferences=WISHES[:3])
    plain = Dived(problem)
    monkeypatch.setattr(diagram, "MOST_STATES", 300)
    assert not Dived(problem).diving.able
    monkeypatch.setattr(parting, "MANY", 10)
    narrow = Dived(problem)
    assert narrow.diving.able
    found = narrow.dived()
    narrow.judged(found)
    plain.judged(plain.dived())
    assert narrow.diving.bounds[1] <= plain.diving.bounds[1] <= found.cost[1]
