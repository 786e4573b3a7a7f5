"""Every rule says the same twice, every preference prices what it measures.

A roster is fixed in a model that holds one rule alone: feasible exactly when the checker is
silent. Half of the rosters are random, half are one move away from what that rule allows.
Weeks, rosters and moves grow from numbers that hypothesis draws, and takes away where one fails.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from scheduler.catalogue import preference, preference_classes, rule, rule_classes, rules_of
from scheduler.model.build import RosterModel, roster_of
from scheduler.network import network
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import Near, PreferenceInForce, RuleInForce, Violation
from scheduler.sheet import Sheet
from scheduler.statement import Statement
from tests.scheduler.micro_weeks import Seeds, moved, random_roster, week_of
from tests.scheduler.parameters import some_parameters, some_scope

FEW, MANY = 30, 300
NUMBERS = st.integers(0, 2**16)
SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
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


def _ruled(code: str, drawn: Drawn) -> tuple[RosterProblem, Roster]:
    rng = Random(drawn.number)
    rules = (RuleInForce(code, some_parameters(rng, code), some_scope(rng)),)
    problem = week_of(drawn.seeds, rules + (ONE_PLACE,) * drawn.one_place)
    if not drawn.near_lawful:
        return problem, random_roster(rng, problem)
    roster, refused = lawful_roster(rng, problem)
    return problem, moved(rng, problem, roster, refused)


def _wished(code: str, drawn: Drawn) -> tuple[RosterProblem, Roster]:
    rng = Random(drawn.number)
    wish = PreferenceInForce(code, level=1, weight=1, parameters=some_parameters(rng, code))
    problem = week_of(drawn.seeds, (ONE_PLACE,) * drawn.one_place, (wish,))
    roster, _ = lawful_roster(rng, problem)
    return problem, roster if drawn.near_lawful else random_roster(rng, problem)


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    return solver


def _stated(problem: RosterProblem) -> Statement:
    statement = Statement(problem)
    statement.state_rules(rules_of(problem))
    return statement


def _fixed(statement: Statement, roster: Roster) -> RosterModel:
    """The model of what was stated, every decision taken as the roster takes it."""
    built = RosterModel(network(statement))
    for decision in statement.decisions:
        there = (decision.unit.id, decision.duty.id) in roster.pairs
        built.fix(decision.taken if there else ~decision.taken)
    return built


def model_allows(problem: RosterProblem, roster: Roster) -> bool:
    statement = _stated(problem)
    if any(statement.taken(*pair) is None for pair in roster.pairs):
        return False
    return _solver().solve(_fixed(statement, roster).model) in SOLVED


def _violations(
    problem: RosterProblem, roster: Roster, near: Near | None = None
) -> list[Violation]:
    sheet = Sheet(problem, roster)
    return [v for r in problem.rules for v in rule(r).violations(problem, sheet, near)]


def lawful_roster(rng: Random, problem: RosterProblem) -> tuple[Roster, list[tuple[str, str]]]:
    """A full roster that the rules allow, drawn by random prices; and refused pairs."""
    statement = _stated(problem)
    built = RosterModel(network(statement))
    objective = built.proto.objective
    objective.vars.extend([int(built.variable[d.taken]) for d in statement.decisions])
    objective.coeffs.extend([rng.randint(-6, 2) for _ in statement.decisions])
    solver = _solver()
    if solver.solve(built.model) not in SOLVED:
        return Roster(), []
    solution = solver.response_proto.solution
    taken = [solution[int(built.variable[d.taken])] for d in statement.decisions]
    pairs = [(u.id, d.id) for u in problem.units for d in problem.duties]
    return roster_of(statement, taken), [p for p in pairs if statement.taken(*p) is None]


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
        problem, roster = _ruled(code, drawn)
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
        problem, roster = _ruled(code, drawn)
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
        problem, roster = _wished(code, drawn)
        if _violations(problem, roster):
            problem = replace(problem, rules=())
        statement = _stated(problem)
        (wish,) = map(preference, problem.preferences)
        statement.price(1, 1, wish)
        built = _fixed(statement, roster)
        built.minimise(1)
        solver = _solver()
        assert solver.solve(built.model) == cp_model.OPTIMAL
        measured = wish.measure(problem, Sheet(problem, roster))
        assert round(solver.objective_value) == measured, roster
        costs[measured] += 1

    tried(code, cases, case)
    if cases == MANY:
        assert len(costs) > 3, costs


@cases
@each_preference
def test_a_price_near_a_pair_changes_as_the_whole_does(code: str, cases: int) -> None:
    def case(drawn: Drawn) -> None:
        problem, roster = _wished(code, drawn)
        (wish,) = map(preference, problem.preferences)
        if moves := _with_and_without(drawn, problem, roster):
            near, *both = moves
            there, gone = (Sheet(problem, roster) for roster in both)
            nearby = wish.measure(problem, there, near) - wish.measure(problem, gone, near)
            assert nearby == wish.measure(problem, there) - wish.measure(problem, gone)

    tried(code, cases, case)
