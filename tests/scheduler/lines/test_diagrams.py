"""The paths of a unit's diagram are its lawful lines, all of them and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random

import numpy as np
import pytest

from scheduler.lines import diagram
from scheduler.lines.diagram import Diagram, TooWide
from scheduler.lines.lines import lines_of
from scheduler.lines.parting import parted
from scheduler.statement import Statement
from scheduler.terms import About, AnyOf, AtLeast, AtMost, Term
from tests.builders import a_duty, a_need, a_problem, a_unit, in_force
from tests.scheduler.lines.every_line import Brute, brute, exclusive, lines_by_unit
from tests.scheduler.lines.random_statements import random_statement
from tests.scheduler.tight_weeks import TINY, tight_week

FEW = 25
weeks = pytest.mark.parametrize("weeks", [FEW, pytest.param(400, marks=pytest.mark.slow)])


def paths(made: Diagram) -> Iterator[tuple[int, ...]]:
    """The alternatives that each path takes, layer by layer."""
    ways: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for layer, many in enumerate(made.many.tolist()):
        ways = [
            (end, (*taken, k))
            for node, taken in ways
            for k in range(many)
            if (end := int(made.to[made.arc_first[layer] + node * many + k])) >= 0
        ]
    return (taken for _, taken in ways)


def compared(week: Brute) -> int:
    """Holds the diagram of each unit against brute force; how many had a choice."""
    choices = 0
    for unit, lines in lines_by_unit(week).items():
        expected = week.lines(unit)
        if lines is None:
            assert not expected
            continue
        layers = exclusive(week, lines)
        lawful = {
            taken: costs
            for taken, costs in expected.items()
            if all(len(layer.intersection(taken)) < 2 for layer in layers)
        }
        found = [lines.line(np.array(path)) for path in paths(lines.diagram)]
        assert {line.taken: line.cost for line in found} == lawful
        assert len(found) == len(lawful)
        assert {line.unit for line in found} == {unit}
        choices += len(lawful) > 1
    return choices


@weeks
def test_the_paths_are_the_lawful_lines_and_cost_what_the_rows_say(weeks: int) -> None:
    assert sum(compared(brute(tight_week(seed, TINY))) for seed in range(weeks)) > weeks // 4


@weeks
def test_whatever_clauses_and_prices_speak_of_a_unit_its_paths_agree_with_them(
    weeks: int,
) -> None:
    statements = (random_statement(Random(seed)) for seed in range(weeks))
    assert sum(compared(brute(statement)) for statement in statements) > weeks


@weeks
def test_decisions_of_one_layer_exclude_each_other_by_a_clause(weeks: int) -> None:
    for seed in range(weeks):
        week = brute(tight_week(seed, TINY))
        for lines in lines_by_unit(week).values():
            for layer in [] if lines is None else lines.diagram.layers:
                assert all(week.statement.exclusive(two) for two in combinations(layer, 2))


def test_duties_at_one_time_share_a_layer_and_take_their_turn_by_report() -> None:
    duties = (
        a_duty("night", "Tue 22:00", "Wed 06:00"),
        a_duty("early", "Mon 06:00", "Mon 14:00"),
        a_duty("also early", "Mon 06:00", "Mon 14:00", area="matonge"),
        a_duty("overlapping", "Mon 12:00", "Mon 20:00"),
    )
    week = brute(a_problem([a_unit()], duties, [in_force("one-place-at-a-time")]))
    lines = lines_by_unit(week)[0]
    assert lines is not None
    names = [
        {week.statement.decisions[k].duty.id for k in layer} for layer in exclusive(week, lines)
    ]
    assert names == [{"early", "also early", "overlapping"}, {"night"}]


def unruled(duties: int = 4) -> Statement:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[:duties]
    those = [a_duty(day, f"{day} 06:00", f"{day} 14:00", needs=(a_need(),)) for day in days]
    return Statement(a_problem([a_unit()], those))


def the_lines(statement: Statement) -> set[tuple[int, ...]]:
    week = brute(statement)
    lines = lines_by_unit(week)[0]
    assert lines is not None
    return {lines.line(np.array(path)).taken for path in paths(lines.diagram)}


def test_a_choice_with_an_early_and_a_late_condition_waits_for_both() -> None:
    statement = unruled()
    first, _, third, fourth = (d.taken for d in statement.decisions)
    choice = statement.choice("free")
    statement(AnyOf((~first,), when=(choice,)), About())
    statement(AnyOf((~third,), when=(choice,)), About())
    statement(AnyOf((choice, fourth)), About())
    found = the_lines(statement)
    assert (1,) in found  # the second alone: both conditions hold
    assert not {(0,), (2,), (0, 1)} & found  # one fails, and the fourth is not taken
    assert {(0, 3), (2, 3), (0, 2, 3)} <= found


def test_a_clause_that_speaks_of_a_decision_and_its_opposite_still_counts() -> None:
    statement = unruled(1)
    (decision,) = statement.decisions
    either = (Term(1, decision.taken), Term(1, ~decision.taken))
    statement(AtMost((*either, Term(2, decision.taken)), 2), About())
    assert the_lines(statement) == {()}
    statement(AtLeast((Term(1, decision.taken), Term(1, ~decision.taken)), 2), About())
    assert lines_by_unit(brute(statement)) == {0: None}


def test_a_unit_with_too_many_states_has_no_diagram(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = unruled(6)
    powers = tuple(Term(2**k, d.taken) for k, d in enumerate(statement.decisions))
    statement(AtMost(powers, 40), About())
    week = brute(statement)
    assert len(week.lines(0)) == 41
    monkeypatch.setattr(diagram, "MOST_STATES", 8)
    with pytest.raises(TooWide):
        lines_of(statement, week.net, parted(statement, week.net), 0)
