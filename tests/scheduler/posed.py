"""Rosters posed to the model: whether the rules in force let it have one, and what one costs."""

from __future__ import annotations

from random import Random

from ortools.sat.python import cp_model

from scheduler.catalogue import preferences_of, rules_of
from scheduler.model.build import RosterModel, roster_of
from scheduler.network import network
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.statement import Opening, Statement

SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def model_allows(problem: RosterProblem, roster: Roster, opening: Opening | None = None) -> bool:
    """Whether the model of the rules in force has this very roster."""
    statement = stated(problem, opening)
    if any(statement.taken(*pair) is None for pair in roster.pairs):
        return False
    return _solver().solve(_fixed(statement, roster).model) in SOLVED


def model_price(problem: RosterProblem, roster: Roster) -> int:
    """The cheapest price of this roster on one level that has all preferences in force."""
    statement = stated(problem)
    for in_force, wish in preferences_of(problem):
        statement.price(1, in_force.weight, wish)
    built = _fixed(statement, roster)
    built.minimise(1)
    solver = _solver()
    assert solver.solve(built.model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def lawful_roster(rng: Random, problem: RosterProblem) -> tuple[Roster, list[tuple[str, str]]]:
    """A full roster that the rules allow, drawn by random prices; and refused pairs."""
    statement = stated(problem)
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


def stated(problem: RosterProblem, opening: Opening | None = None) -> Statement:
    """What the rules in force say."""
    statement = Statement(problem, opening)
    statement.state_rules(rules_of(problem))
    return statement


def _fixed(statement: Statement, roster: Roster) -> RosterModel:
    """The model of what was stated, every decision taken as the roster takes it."""
    built = RosterModel(network(statement))
    for decision in statement.decisions:
        there = (decision.unit.id, decision.duty.id) in roster.pairs
        built.fix(decision.taken if there else ~decision.taken)
    return built


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    return solver
