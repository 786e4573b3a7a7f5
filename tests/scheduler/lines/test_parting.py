"""Whose a literal and a row are: one unit's, several units', or nobody's."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from scheduler.lines.parting import NOBODY, SHARED, Parting, parted
from scheduler.network import HARD, network
from scheduler.statement import Statement
from scheduler.terms import TRUE, About, AnyOf, AtMost, AtMostOne, Literal, Term
from tests.builders import a_duty, a_problem, a_unit
from tests.scheduler.lines.every_line import Brute, brute
from tests.scheduler.lines.random_statements import random_statement
from tests.scheduler.tight_weeks import TINY, tight_week

weeks = pytest.mark.parametrize("weeks", [25, pytest.param(400, marks=pytest.mark.slow)])


@pytest.fixture
def statement() -> Statement:
    """Two units, two duties, and no rule."""
    duties = (a_duty("mon"), a_duty("tue", "Tue 06:00", "Tue 14:00"))
    return Statement(a_problem([a_unit("p1"), a_unit("p2")], duties))


def taken(statement: Statement, *pair: str) -> Literal:
    literal = statement.taken(*pair)
    assert literal is not None
    return literal


def agree(week: Brute, parting: Parting) -> None:
    found = [week.owner(units) for units in week.literals]
    assert parting.literal.tolist() == found
    assert parting.row.tolist() == [week.owner(units) for units in week.rows]
    for unit in range(len(week.statement.problem.units)):
        assert parting.decisions[unit].tolist() == week.positions(unit)
        assert parting.told[unit].tolist() == week.told(unit)
    values = week.settled(())
    nobodys = parting.literal == NOBODY
    assert parting.certain[nobodys].tolist() == values[nobodys].tolist()


@weeks
def test_owners_are_the_units_on_whose_decisions_things_depend(weeks: int) -> None:
    for seed in range(weeks):
        for week in (brute(tight_week(seed, TINY)), brute(random_statement(Random(seed), 3, 4))):
            agree(week, parted(week.statement, week.net))


def test_what_is_derived_from_one_unit_is_its_own(statement: Statement) -> None:
    either = statement.any_of([taken(statement, "p1", "mon"), taken(statement, "p1", "tue")])
    both = statement.any_of([either, taken(statement, "p2", "mon")])
    parting = parted(statement, network(statement))
    assert parting.literal[[either, both]].tolist() == [0, SHARED]
    assert [those.tolist() for those in parting.told] == [[either], []]


def test_a_choice_belongs_to_all_of_whom_its_conditions_speak(statement: Statement) -> None:
    own, shared, free = (statement.choice(name) for name in ("own", "shared", "free"))
    statement(AnyOf((~taken(statement, "p1", "mon"),), when=(own,)), About())
    statement(AnyOf((~taken(statement, "p1", "tue"),), when=(shared,)), About())
    statement(AnyOf((~taken(statement, "p2", "tue"),), when=(shared,)), About())
    parting = parted(statement, network(statement))
    assert parting.literal[[own, shared, free, TRUE]].tolist() == [0, SHARED, NOBODY, NOBODY]
    assert parting.row.tolist() == [0, SHARED, SHARED]
    assert parting.certain[free] == 1


def test_a_row_of_two_units_is_shared_and_tells_of_what_they_derived(
    statement: Statement,
) -> None:
    mon, tue = (taken(statement, "p1", day) for day in ("mon", "tue"))
    works = statement.any_of([mon, tue])
    statement(AtMostOne((mon, tue)), About())
    statement(AtMost((Term(2, works), Term(1, taken(statement, "p2", "mon"))), 2), About())
    net = network(statement)
    parting = parted(statement, net)
    assert parting.row[net.kind == HARD].tolist() == [0, SHARED]
    assert [those.tolist() for those in parting.told] == [[works], []]


def test_a_choice_that_fails_whatever_anybody_does_is_known_to_be_false(
    statement: Statement,
) -> None:
    hopeless = statement.choice("hopeless")
    statement(AnyOf((), when=(hopeless,)), About())
    without_it = statement.any_of([~hopeless, taken(statement, "p1", "mon")])
    parting = parted(statement, network(statement))
    assert parting.literal[[hopeless, without_it]].tolist() == [NOBODY, 0]
    assert parting.certain[hopeless] == 0


def test_units_without_a_decision_have_nothing(statement: Statement) -> None:
    nobody = parted(Statement(a_problem([a_unit()])), network(Statement(a_problem([a_unit()]))))
    assert [those.tolist() for those in nobody.decisions] == [[]]
    assert not np.any(nobody.row >= 0)
