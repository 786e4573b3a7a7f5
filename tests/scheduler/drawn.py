"""What hypothesis draws for the core: numbers that weeks, rosters and moves grow from.

Where a case fails, it takes away numbers, and with them units and duties, while it still fails.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from scheduler.catalogue import preference_classes, rule_classes
from scheduler.check import violations
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.rule import PreferenceInForce, RuleInForce
from scheduler.sheet import Sheet
from tests.scheduler.micro_weeks import Seeds, moved, random_roster, week_of
from tests.scheduler.parameters import some_parameters, some_scope
from tests.scheduler.posed import lawful_roster

FEW, MANY = 6, 300
MOVES = 6
NUMBERS = st.integers(0, 2**16)
ONE_PLACE = RuleInForce("one-place-at-a-time")  # then the model speaks of spans, not of duties

cases = pytest.mark.parametrize("cases", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
each_rule = pytest.mark.parametrize("code", rule_classes())
each_preference = pytest.mark.parametrize("code", preference_classes())


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a case grows from."""

    seeds: Seeds
    number: int
    near_lawful: bool
    one_place: bool


def some(usual: int, most: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Numbers for so many things as a rule, for fewer or none where that is enough."""
    few, many = st.lists(NUMBERS, max_size=most), st.lists(NUMBERS, min_size=usual, max_size=most)
    return (few | many | many).map(tuple)


WEEKS = st.builds(Seeds, week=NUMBERS, units=some(2, 5), duties=some(6, 12))
DRAWN = st.builds(Drawn, WEEKS, NUMBERS, st.booleans(), st.booleans())


def tried(code: str, cases: int, case: Callable[[Drawn], None]) -> None:
    """So many cases, other ones for each rule and the same at each run."""
    own = seed(zlib.crc32(code.encode()))
    settings(max_examples=cases)(own(given(DRAWN)(case)))()


def ruled(code: str, drawn: Drawn) -> tuple[RosterProblem, Roster]:
    """A week with that rule in force, and a roster: a random one, or a lawful one and a move."""
    rng = Random(drawn.number)
    rules = (RuleInForce(code, some_parameters(rng, code), some_scope(rng)),)
    problem = week_of(drawn.seeds, rules + (ONE_PLACE,) * drawn.one_place)
    if not drawn.near_lawful:
        return problem, random_roster(rng, problem)
    return problem, one_move_from_lawful(rng, problem, problem)


def one_move_from_lawful(rng: Random, problem: RosterProblem, strict: RosterProblem) -> Roster:
    """A lawful roster after one move. Of many rules most moves break nothing: so in half of the
    cases it is the first of a few that breaks something by the `strict` rules, if any does.
    """
    roster, refused = lawful_roster(rng, problem)
    tries = rng.choice((1, MOVES))
    moves = [moved(rng, problem, roster, refused) for _ in range(tries)]
    broken = (m for m in moves if tries > 1 and any(violations(strict, Sheet(strict, m))))
    return next(broken, moves[0])


def wished(code: str, drawn: Drawn) -> tuple[RosterProblem, Roster]:
    """A week with that preference in force, and a random or a lawful roster."""
    rng = Random(drawn.number)
    wish = PreferenceInForce(code, level=1, weight=1, parameters=some_parameters(rng, code))
    problem = week_of(drawn.seeds, (ONE_PLACE,) * drawn.one_place, (wish,))
    roster, _ = lawful_roster(rng, problem)
    return problem, roster if drawn.near_lawful else random_roster(rng, problem)
