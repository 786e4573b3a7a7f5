"""What is judged near one pair is all that the pair changes, for every rule and preference.

A random micro-week and a random roster; one pair is added or taken away. Lists are compared with
their doubles.
"""

from __future__ import annotations

import zlib
from random import Random

import pytest

from scheduler.catalogue import preference, preference_classes, rule, rule_classes
from scheduler.forces import DutyKind, Force
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment
from scheduler.rule import Near, PreferenceInForce, RuleInForce, Scope, Violation
from scheduler.sheet import Sheet
from tests.scheduler.micro_weeks import micro_week, random_roster
from tests.scheduler.parameters import some_parameters

pytestmark = pytest.mark.slow  # the whole catalogue, pair by pair

CASES = 25
SCOPES = (
    Scope(),
    Scope(forces=(Force.POLICE,)),
    Scope(forces=(Force.MILITARY,)),
    Scope(kinds=(DutyKind.PATROL, DutyKind.POST)),
    Scope(contracts=("",)),
)


def _less(found: list[Violation], others: list[Violation]) -> list[Violation]:
    left = list(found)
    for other in others:
        if other in left:
            left.remove(other)
    return sorted(left, key=repr)


def _moves(rng: Random, problem: RosterProblem) -> list[tuple[Sheet, Sheet, Near]]:
    """Some sheets with one pair less and one more, and the pair."""
    sheet = Sheet(problem, random_roster(rng, problem))
    moves = []
    for unit in problem.units:
        for duty in rng.sample(problem.duties, 4):
            without = sheet.without(unit.id, duty.id)
            with_ = without.with_(Assignment(unit.id, duty.id))
            moves.append((without, with_, Near(unit.id, duty.id)))
    return moves


@pytest.mark.parametrize("code", rule_classes())
def test_what_a_pair_breaks_or_mends_is_found_near_it(code: str) -> None:
    changes = 0
    for number in range(CASES):
        rng = Random(zlib.crc32(f"near-{code}-{number}".encode()))
        in_force = RuleInForce(code, some_parameters(rng, code), rng.choice(SCOPES))
        problem, judge = micro_week(rng, (in_force,)), rule(in_force)
        for without, with_, near in _moves(rng, problem):
            before, after = ([*judge.violations(problem, s)] for s in (without, with_))
            less, more = ([*judge.violations(problem, s, near)] for s in (without, with_))
            assert _less(more, less) == _less(after, before), f"case {number} of {code}"
            assert _less(less, more) == _less(before, after), f"case {number} of {code}"
            assert not _less(more, after), "near a pair nothing is found that is not there"
            changes += before != after
    assert changes > CASES / 4, f"only {changes} moves changed what {code} finds"


@pytest.mark.parametrize("code", preference_classes())
def test_what_a_pair_changes_is_measured_near_it(code: str) -> None:
    changes = 0
    for number in range(CASES):
        rng = Random(zlib.crc32(f"near-{code}-{number}".encode()))
        in_force = PreferenceInForce(code, level=1, parameters=some_parameters(rng, code))
        problem, wish = micro_week(rng, preferences=(in_force,)), preference(in_force)
        for without, with_, near in _moves(rng, problem):
            whole = wish.measure(problem, with_) - wish.measure(problem, without)
            part = wish.measure(problem, with_, near) - wish.measure(problem, without, near)
            assert part == whole, f"case {number} of {code}"
            changes += whole != 0
    assert changes > CASES / 4, f"only {changes} moves changed what {code} measures"
