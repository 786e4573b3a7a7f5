"""Branch and price against every roster there is: an empty tree leaves nothing better."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest

from scheduler.lines.lines import Line
from scheduler.model.branching import Branching
from scheduler.model.closing import Limit
from scheduler.model.dive import Dives
from tests.scheduler.test_master import ENDLESS, Case, cases, held_levels

SLACK = 1e-6


def searched(those: Case, level: int, held: dict[int, int]) -> tuple[int | None, list[float]]:
    """The least cost that the tree finds, and its bound after each roster."""
    root = those.master(level, held)
    limit = Limit(ENDLESS, timed=False)
    root.generate(100, limit)
    dives = Dives(root.common, those.lines, those.parting.told, np.random.default_rng(1))

    def worth(lines: list[Line]) -> float:
        costs = those.rosters.get(_parts(lines))
        if costs is None or any(costs[before - 1] > most for before, most in held.items()):
            return math.inf
        return costs[level - 1]

    tree = Branching(dives, root, worth)
    best, bounds = None, [tree.bound]
    while True:
        lines = tree.search(math.inf if best is None else best - 1 + SLACK, limit)
        bounds.append(tree.bound)
        if lines is None:
            return best, bounds
        cost = those.rosters[_parts(lines)][level - 1]
        assert best is None or cost < best
        best = cost


def _parts(lines: list[Line]) -> tuple[tuple[int, ...], ...]:
    return tuple(line.taken for line in sorted(lines, key=lambda line: line.unit))


@pytest.mark.parametrize("seeds", [40, pytest.param(400, marks=pytest.mark.slow)])
def test_an_empty_tree_leaves_nothing_better_than_the_best_of_all_rosters(seeds: int) -> None:
    tried, emptied = 0, 0
    for those in cases(seeds):
        for level, held in held_levels(those):
            best = those.best(level, held)
            if best is None:
                continue
            found, bounds = searched(those, level, held)
            assert found == best
            assert all(bound <= best + SLACK for bound in bounds[:-1])
            assert bounds[-1] == math.inf or bounds[-1] <= best, "a part of a step is left open"
            emptied += bounds[-1] == math.inf
            tried += 1
    assert tried > seeds // 2
    assert emptied > 0.9 * tried


@pytest.mark.parametrize("seed", range(30))
def test_a_branch_has_those_lines_alone_that_keep_it(seed: int) -> None:
    rng = Random(seed)
    for those in cases(3):
        for unit, lines in those.lines.items():
            every = [*those.week.lines(unit)]
            decisions = [*lines.positions.tolist()]
            if len(decisions) < 2:
                continue
            taken, left = rng.sample(decisions, 2)
            kept = [way for way in every if taken in way and left not in way]
            branch = lines.branch(frozenset((taken,)), frozenset((left,)))
            prices = np.array([rng.uniform(-9, 9) for _ in those.week.decided])
            weights = np.ones(lines.linear.shape[1])
            value, line = branch.cheapest(weights, prices)
            if not kept:
                assert value > 1e6
                continue
            assert branch.has(line)
            assert taken in line.taken
            assert left not in line.taken
            assert value == pytest.approx(sum(line.cost) + prices[list(line.taken)].sum())
            assert lines.cheapest(weights, prices)[0] <= value + SLACK


def test_without_time_a_tree_stays_as_it_was() -> None:
    for those in cases(10):
        root = those.master(1, {})
        root.generate(100, Limit(ENDLESS, timed=False))
        dives = Dives(root.common, those.lines, those.parting.told, np.random.default_rng(1))
        tree = Branching(dives, root, lambda _: math.inf)
        before = tree.bound
        assert tree.search(math.inf, Limit(0.0, timed=False)) is None
        assert tree.bound == before
