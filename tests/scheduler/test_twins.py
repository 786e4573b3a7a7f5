"""Every rule says the same twice, every preference prices what it measures.

A roster is fixed in a model that holds one rule alone: feasible exactly when the checker is
silent. Half of the rosters are random, half are one move away from what that rule allows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

from scheduler.catalogue import preference, rules_of
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import Near, Violation
from scheduler.sheet import Sheet
from tests.scheduler.drawn import (
    MANY,
    Drawn,
    cases,
    each_preference,
    each_rule,
    ruled,
    tried,
    wished,
)
from tests.scheduler.posed import model_allows, model_price


def _violations(
    problem: RosterProblem, roster: Roster, near: Near | None = None
) -> list[Violation]:
    sheet = Sheet(problem, roster)
    return [v for rule in rules_of(problem) for v in rule.violations(problem, sheet, near)]


def _with_and_without(
    drawn: Drawn, problem: RosterProblem, roster: Roster
) -> tuple[Near, Roster, Roster] | None:
    """Some pair, often one of the roster, and the two rosters that it makes the difference of."""
    rng = Random(drawn.number)
    pairs = [(u.id, d.id) for u in problem.units for d in problem.duties]
    if not pairs:
        return None
    pair = rng.choice(sorted(roster.pairs) if roster.pairs and rng.random() < 0.5 else pairs)
    return Near(*pair), roster.with_(Assignment(*pair)), roster.without(*pair)


@cases
@each_rule
def test_constraint_and_checker_agree_on_every_roster(code: str, cases: int) -> None:
    verdicts: Counter[bool] = Counter()

    def case(drawn: Drawn) -> None:
        problem, roster = ruled(code, drawn)
        allowed = not _violations(problem, roster)
        assert model_allows(problem, roster) == allowed, roster
        verdicts[allowed] += 1

    tried(code, cases, case)
    if cases == MANY:
        assert min(verdicts[True], verdicts[False]) >= MANY / 5, verdicts


@cases
@each_rule
def test_what_one_pair_breaks_or_mends_is_found_near_it(code: str, cases: int) -> None:
    def case(drawn: Drawn) -> None:
        problem, roster = ruled(code, drawn)
        if moves := _with_and_without(drawn, problem, roster):
            near, *both = moves
            there, gone = (_violations(problem, roster) for roster in both)
            near_there, near_gone = (_violations(problem, roster, near) for roster in both)
            assert [v for v in there if v not in gone and v not in near_there] == []
            assert [v for v in gone if v not in there and v not in near_gone] == []
            assert [v for v in near_there if v not in there] == []
            assert [v for v in near_gone if v not in gone] == []

    tried(code, cases, case)


@cases
@each_preference
def test_the_cheapest_price_of_a_roster_is_what_is_measured(code: str, cases: int) -> None:
    costs: Counter[int] = Counter()

    def case(drawn: Drawn) -> None:
        problem, roster = wished(code, drawn)
        if _violations(problem, roster):
            problem = replace(problem, rules=())
        (wish,) = map(preference, problem.preferences)
        measured = wish.measure(problem, Sheet(problem, roster))
        assert model_price(problem, roster) == measured, roster
        costs[measured] += 1

    tried(code, cases, case)
    if cases == MANY:
        assert len(costs) > 3, costs


@cases
@each_preference
def test_a_price_near_a_pair_changes_as_the_whole_does(code: str, cases: int) -> None:
    def case(drawn: Drawn) -> None:
        problem, roster = wished(code, drawn)
        (wish,) = map(preference, problem.preferences)
        if moves := _with_and_without(drawn, problem, roster):
            near, *both = moves
            there, gone = (Sheet(problem, roster) for roster in both)
            nearby = wish.measure(problem, there, near) - wish.measure(problem, gone, near)
            assert nearby == wish.measure(problem, there) - wish.measure(problem, gone)

    tried(code, cases, case)
