"""The cheapest line at any prices, and the line that a unit has in a roster."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.lines.lines import Lines
from tests.scheduler.lines.every_line import Brute, brute, exclusive, lines_by_unit, subsets
from tests.scheduler.lines.random_statements import random_statement
from tests.scheduler.tight_weeks import TINY, tight_week

STATEMENTS, PRICES = st.integers(0, 2**16), st.integers(0, 2**32 - 1)
OFTEN = 300


def cheapest_of_all(week: Brute, lines: Lines, weights: list[float], prices: list[float]) -> float:
    """The least that a lawful line costs, by brute force."""
    layers = exclusive(week, lines)
    return min(
        sum(prices[k] for k in taken) + float(np.dot(weights, costs))
        for taken, costs in week.lines(lines.unit).items()
        if all(len(layer.intersection(taken)) < 2 for layer in layers)
    )


def compared(week: Brute, lines: Lines, number: int) -> None:
    """Compares the cheapest line of one unit at some prices with brute force."""
    rng = np.random.default_rng(number)
    prices = rng.integers(-20, 20, len(week.decided)) * rng.choice((0, 0.25, 1, 3))
    weights = rng.choice((0, 0.5, 1, 7), lines.linear.shape[1])
    value, line = lines.cheapest(weights.astype(float), prices.astype(float))
    least = cheapest_of_all(week, lines, weights.tolist(), prices.tolist())
    assert value == pytest.approx(least)
    assert prices[[*line.taken]].sum() + np.dot(weights, line.cost) == pytest.approx(least)
    assert week.lines(lines.unit)[line.taken] == line.cost


@settings(max_examples=30)
@given(STATEMENTS, PRICES)
def test_no_line_is_cheaper_than_the_cheapest(statement: int, number: int) -> None:
    week = brute(random_statement(Random(statement)))
    for lines in lines_by_unit(week).values():
        if lines is not None:
            compared(week, lines, number)


@pytest.mark.slow
def test_no_line_is_cheaper_than_the_cheapest_under_any_rules() -> None:
    for seed in range(OFTEN):
        week = brute(tight_week(seed, TINY))
        for unit, lines in lines_by_unit(week).items():
            if lines is not None:
                compared(week, lines, seed + unit)


@settings(max_examples=30)
@given(STATEMENTS)
def test_a_roster_has_for_each_unit_the_line_that_it_takes_or_none_if_unlawful(
    statement: int,
) -> None:
    week = brute(random_statement(Random(statement)))
    for unit, lines in lines_by_unit(week).items():
        if lines is None:
            continue
        others = np.ones(len(week.decided), bool)
        others[week.positions(unit)] = False  # what others do is of no account
        lawful, layers = week.lines(unit), exclusive(week, lines)
        for taken in subsets(week.positions(unit)):
            roster = others.copy()
            roster[[*taken]] = True
            line = lines.of(roster)
            apart = all(len(layer.intersection(taken)) < 2 for layer in layers)
            if apart and taken in lawful:
                assert line is not None
                assert (line.unit, line.taken, line.cost) == (unit, taken, lawful[taken])
            else:
                assert line is None
