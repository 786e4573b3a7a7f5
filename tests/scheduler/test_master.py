"""The bound of the program over lines: never above the best roster, and as high as its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from random import Random

import numpy as np
import pytest

from scheduler.duties import Mandate
from scheduler.forces import Force
from scheduler.lines import parting
from scheduler.lines.lines import Line, Lines
from scheduler.lines.parting import SHARED, leave_counts_out, parted
from scheduler.model.closing import Limit
from scheduler.model.common import common, shared_relaxation
from scheduler.model.master import Master
from scheduler.moments import Span
from scheduler.network import CONDITION, DEFINITION, EXCLUSIVE, HARD, cost
from scheduler.problem import RosterProblem
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_need, a_problem, a_unit, at, in_force, soldiers
from tests.scheduler.lines.every_line import Brute, brute, lines_by_unit
from tests.scheduler.lines.random_statements import random_statement
from tests.scheduler.tight_weeks import TINY, tight_week

ENDLESS, EXACT = 10_000.0, 1e-5
MOST_ROSTERS = 5_000
Costs = tuple[int, ...]


class Case:
    """A problem that lines speak for, with all its lawful rosters."""

    def __init__(self, week: Brute, lines: Mapping[int, Lines]) -> None:
        self.week, self.lines = week, lines
        self.parting = parted(week.statement, week.net)
        self.duty = [d.duty.id for d in week.statement.decisions]
        ways = [list(week.lines(unit)) for unit in lines]
        self.rosters: dict[tuple[tuple[int, ...], ...], Costs] = {}
        for parts in product(*ways):
            law, *levels = cost(week.net, week.settled(sum(parts, ()))).tolist()
            if not law:
                self.rosters[parts] = tuple(levels)

    def leave_counts_out(self) -> int:
        """Lines that know nothing of what only counts; how many rows that concerned."""
        before = (self.parting.row >= 0).sum()
        for unit in self.lines:
            leave_counts_out(self.week.net, self.parting, unit)
        found = lines_by_unit(self.week, self.parting)
        self.lines = {unit: lines for unit, lines in found.items() if lines is not None}
        return int(before - (self.parting.row >= 0).sum())

    def best(self, level: int, held: Mapping[int, int]) -> int | None:
        return min(
            (
                costs[level - 1]
                for costs in self.rosters.values()
                if all(costs[before - 1] <= most for before, most in held.items())
            ),
            default=None,
        )

    def master(
        self,
        level: int,
        held: Mapping[int, int],
        units: Sequence[int] | None = None,
        settled: Sequence[Line] = (),
    ) -> Master:
        relaxation = shared_relaxation(self.week.net, self.parting)
        names = {name: k for k, name in enumerate(dict.fromkeys(self.duty))}
        duty = np.array([names[name] for name in self.duty])
        relaxation.mix_crews(self.week.decided, duty, level)
        shared = common(self.parting, self.week.decided, relaxation, level, held)
        those = [self.lines[unit] for unit in units or self.lines]
        return Master(shared, those, self.parting.told, settled)


def case(week: Brute) -> Case | None:
    """None where units share more than sums, somebody has no line, or rosters are too many."""
    lines = {unit: own for unit, own in lines_by_unit(week).items() if own is not None}
    if not lines or len(lines) < len(lines_by_unit(week)) or not week.statement.levels:
        return None
    kinds = week.net.kind[parted(week.statement, week.net).row == SHARED]
    if np.isin(kinds, (DEFINITION, EXCLUSIVE, CONDITION)).any():
        return None
    if np.prod([len(week.lines(unit)) for unit in lines]) > MOST_ROSTERS:
        return None
    return Case(week, lines)


def cases(seeds: int) -> Iterator[Case]:
    for seed in range(seeds):
        for week in (brute(random_statement(Random(seed), 2, 5)), brute(tight_week(seed, TINY))):
            if (found := case(week)) is not None:
                yield found


def held_levels(those: Case) -> Iterator[tuple[int, dict[int, int]]]:
    """Each level, the ones before it held at their best, as when levels are solved in order."""
    held: dict[int, int] = {}
    for level in range(1, len(those.week.net.constant)):
        yield level, dict(held)
        best = those.best(level, held)
        if best is None:
            return
        held[level] = best


def generated(master: Master) -> Iterator[None]:
    """After each round of new lines, and when all is said and done."""
    seen = -1
    while seen != len(master.columns):
        seen = len(master.columns)
        master.generate(1, Limit(ENDLESS, timed=False))
        yield
    master.generate(100, Limit(ENDLESS, timed=False))
    yield


def holds(master: Master, best: int | None) -> None:
    """At every stage the bound is one; at the end it is what the program is worth."""
    for _ in generated(master):
        if best is not None:
            assert master.bound <= best + EXACT
            assert master.proven is None or master.proven <= best
    if best is not None:
        assert master.bound == pytest.approx(master.value, rel=EXACT, abs=EXACT)
        assert master.lacking == pytest.approx(0.0, abs=EXACT)


@pytest.mark.parametrize("seeds", [40, pytest.param(600, marks=pytest.mark.slow)])
def test_the_bound_is_never_above_the_best_roster_with_levels_held(seeds: int) -> None:
    tried, shared, told = 0, 0, 0
    for those in cases(seeds):
        for level, held in held_levels(those):
            holds(those.master(level, held), those.best(level, held))
            tried += 1
        rows = those.week.net.kind[those.parting.row == SHARED]
        shared += HARD in rows
        told += any(map(len, those.parting.told))
    assert min(tried, 4 * shared, 8 * told) > seeds // 2, (tried, shared, told)


@pytest.mark.parametrize("seeds", [20, pytest.param(300, marks=pytest.mark.slow)])
def test_it_holds_while_others_keep_their_lines(seeds: int) -> None:
    tried = 0
    for those in cases(seeds):
        units = list(those.lines)
        if len(units) < 2 or not those.rosters:
            continue
        rng = Random(tried)
        parts = rng.choice(list(those.rosters))
        free = rng.randrange(len(units))
        taken = np.zeros(len(those.week.decided), bool)
        taken[list(sum(parts, ()))] = True
        lines = [those.lines[unit].of(taken) for unit in units if unit != units[free]]
        settled = [line for line in lines if line is not None]
        assert len(settled) == len(units) - 1
        near = [
            costs
            for others, costs in those.rosters.items()
            if all(a == b for k, (a, b) in enumerate(zip(parts, others, strict=True)) if k != free)
        ]
        held = {before: min(c[before - 1] for c in near) for before in (1,)}
        levels = len(those.week.net.constant) - 1
        holds(those.master(1, {}, [units[free]], settled), held[1])
        if levels > 1:
            best = min(c[1] for c in near if c[0] <= held[1])
            holds(those.master(2, held, [units[free]], settled), best)
        tried += 1
    assert tried > seeds // 3


@pytest.mark.parametrize("seeds", [60, pytest.param(600, marks=pytest.mark.slow)])
def test_it_holds_where_what_only_counts_is_left_to_the_program(
    seeds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parting, "MANY", 1)
    tried = 0
    for those in cases(seeds):
        if those.leave_counts_out():
            for level, held in held_levels(those):
                holds(those.master(level, held), those.best(level, held))
                tried += 1
    assert tried > seeds // 6


def capped(cap: int) -> RosterProblem:
    """Three teams of two or three soldiers, wanted everywhere, of whom so many may serve."""
    units = [soldiers(f"s{k}", persons=2 + k % 2) for k in range(3)]
    need = a_need(Force.MILITARY, target=2)
    days = ("Mon", "Tue", "Wed")
    duties = [a_duty(day, f"{day} 06:00", f"{day} 14:00", needs=(need,)) for day in days]
    valid = Span(at("Mon 00:00"), at("Sun 00:00"))
    mandate = Mandate("m1", "the authority", "the basis", valid, ("peterbos",), (), cap)
    wishes = (PreferenceInForce("target-missed", 1),)
    return a_problem(
        units, duties, [in_force("mandate-cap")], mandates=(mandate,), preferences=wishes
    )


@pytest.mark.parametrize("cap", [0, 2, 3, 4, 5, 6])
def test_a_cap_over_all_who_serve_is_told_of_each_line(cap: int) -> None:
    those = case(brute(capped(cap)))
    assert those is not None
    assert all(len(told) == 1 for told in those.parting.told)
    best = those.best(1, {})
    assert best == 3 * (2 - sum(sum(sorted((2, 3, 2))[:k]) <= cap for k in (1, 2)))
    holds(those.master(1, {}), best)


def test_where_no_roster_keeps_what_is_shared_the_program_says_that_something_is_lacking() -> None:
    need = a_need(minimum=2, target=2, firm=True)
    problem = a_problem(
        [a_unit("p1"), a_unit("p2"), soldiers()],
        [a_duty("early", needs=(need,)), a_duty("also early", area="matonge", needs=(need,))],
        [in_force("firm-minimum"), in_force("one-place-at-a-time")],
        preferences=(PreferenceInForce("target-missed", 1),),
    )
    those = case(brute(problem))
    assert those is not None
    assert not those.rosters
    master = those.master(1, {})
    master.generate(100, Limit(ENDLESS, timed=False))
    assert master.lacking > 0.1
