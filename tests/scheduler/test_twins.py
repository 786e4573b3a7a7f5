"""Every rule says the same twice, every preference prices what it measures.

A roster is fixed in a model that holds one rule alone: feasible exactly when the checker is
silent. Half of the rosters are random, half are one move away from what that rule allows.
"""

from __future__ import annotations

import zlib
from collections import Counter
from random import Random

import pytest
from ortools.sat.python import cp_model

from scheduler.catalogue import preference, preference_classes, rule, rule_classes
from scheduler.forces import DutyKind, Force
from scheduler.model.build import RosterModel, roster_of
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.rule import Parameter, PreferenceInForce, RuleInForce, Scope
from scheduler.sheet import Sheet
from scheduler.statement import Statement
from tests.scheduler.micro_weeks import micro_week, moved, random_roster
from tests.scheduler.parameters import some_parameters

CASES = 160
ALWAYS = Scope()


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    return solver


def _fixed(statement: Statement, roster: Roster) -> RosterModel:
    """The model of what was stated, every decision taken as the roster takes it."""
    built = RosterModel(statement)
    for decision in statement.decisions:
        there = (decision.unit.id, decision.duty.id) in roster.pairs
        built.fix(decision.taken if there else ~decision.taken)
    return built


def _model_allows(problem: RosterProblem, roster: Roster) -> bool:
    statement = Statement(problem)
    statement.state_rules([rule(in_force) for in_force in problem.rules])
    if any(statement.taken(*pair) is None for pair in roster.pairs):
        return False
    built = _fixed(statement, roster)
    return _solver().solve(built.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _checker_allows(problem: RosterProblem, roster: Roster) -> bool:
    sheet = Sheet(problem, roster)
    return not [v for r in problem.rules for v in rule(r).violations(problem, sheet)]


def _allowed_roster(rng: Random, problem: RosterProblem) -> tuple[Roster, list[tuple[str, str]]]:
    """A full roster that the rule alone allows, drawn by random prices; and refused pairs."""
    statement = Statement(problem)
    statement.state_rules([rule(in_force) for in_force in problem.rules])
    built = RosterModel(statement)
    prices = [(rng.randint(-2, 6), built.boolean(d.taken)) for d in statement.decisions]
    built.model.maximize(sum(price * taken for price, taken in prices))
    solver = _solver()
    if solver.solve(built.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Roster(), []
    values = [
        solver.value(built.model.get_int_var_from_proto_index(i))
        for i in range(len(built.model.proto.variables))
    ]
    pairs = [(u.id, d.id) for u in problem.units for d in problem.duties]
    return roster_of(statement, values), [p for p in pairs if statement.taken(*p) is None]


def _some_scope(rng: Random) -> Scope:
    if rng.random() < 0.75:
        return ALWAYS
    return Scope(
        forces=rng.choice(((), (Force.POLICE,), (Force.MILITARY,))),
        kinds=rng.choice(((), (DutyKind.PATROL, DutyKind.POST))),
        contracts=rng.choice(((), ("",))),
    )


def _case(code: str, number: int) -> tuple[RosterProblem, Roster]:
    rng = Random(zlib.crc32(f"{code}-{number}".encode()))
    parameters: dict[str, Parameter] = some_parameters(rng, code)
    problem = micro_week(rng, (RuleInForce(code, parameters, _some_scope(rng)),))
    if number % 2:
        return problem, random_roster(rng, problem)
    roster, refused = _allowed_roster(rng, problem)
    return problem, moved(rng, problem, roster, refused)


@pytest.mark.parametrize("code", rule_classes())
def test_constraint_and_checker_agree_on_every_roster(code: str) -> None:
    verdicts: Counter[bool] = Counter()
    for number in range(CASES):
        problem, roster = _case(code, number)
        allowed = _checker_allows(problem, roster)
        assert _model_allows(problem, roster) == allowed, f"case {number} of {code}"
        verdicts[allowed] += 1
    assert min(verdicts[True], verdicts[False]) >= CASES / 5, verdicts


@pytest.mark.parametrize("code", preference_classes())
def test_the_cheapest_price_of_a_roster_is_what_is_measured(code: str) -> None:
    costs: Counter[int] = Counter()
    for number in range(CASES // 2):
        rng = Random(zlib.crc32(f"{code}-{number}".encode()))
        wish = PreferenceInForce(code, level=1, weight=1, parameters=some_parameters(rng, code))
        problem = micro_week(rng, preferences=(wish,))
        roster = random_roster(rng, problem)
        statement = Statement(problem)
        statement.price(1, 1, preference(wish))
        built = _fixed(statement, roster)
        built.model.minimize(built.objective(1))
        solver = _solver()
        assert solver.solve(built.model) == cp_model.OPTIMAL
        measured = preference(wish).measure(problem, Sheet(problem, roster))
        assert round(solver.objective_value) == measured, f"case {number} of {code}"
        costs[measured] += 1
    assert len(costs) > 3, costs
