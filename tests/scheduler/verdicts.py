"""The verdict on a roster, asked of both: what the checkers say, the model must say as well."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.catalogue import preferences_of, rules_of
from scheduler.check import score, violations
from scheduler.model.build import RosterModel
from scheduler.network import network
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.rule import Near, Violation
from scheduler.sheet import Sheet
from scheduler.statement import Statement
from tests.builders import taken


def breaches(problem: RosterProblem, *pairs: tuple[str, str]) -> tuple[Violation, ...]:
    """What the rules in force say of the roster of these (unit, duty) pairs."""
    roster = taken(problem, *pairs)
    found = tuple(violations(problem, Sheet(problem, roster)))
    assert possible(problem, roster) == (not found), f"the model disagrees with {found}"
    return found


def allowed(problem: RosterProblem, *pairs: tuple[str, str]) -> bool:
    return not breaches(problem, *pairs)


def near(problem: RosterProblem, pair: tuple[str, str], *pairs: tuple[str, str]) -> list[str]:
    """The codes of the rules that one pair of the roster is found to break."""
    sheet = Sheet(problem, taken(problem, *pairs))
    return [v.rule for v in violations(problem, sheet, Near(*pair))]


def possible(problem: RosterProblem, roster: Roster) -> bool:
    """Whether the model of the rules in force has this very roster."""
    statement = Statement(problem)
    statement.state_rules(rules_of(problem))
    decided = all(statement.taken(*pair) is not None for pair in roster.pairs)
    return decided and _solver().solve(_fixed(statement, roster).model) == cp_model.OPTIMAL


def cost(problem: RosterProblem, *pairs: tuple[str, str]) -> int:
    """What the preferences in force measure, which must be the model's cheapest price as well."""
    roster = taken(problem, *pairs)
    measured = sum(part.cost for part in score(problem, Sheet(problem, roster)).parts)
    statement = Statement(problem)
    for in_force, wish in preferences_of(problem):
        statement.price(1, in_force.weight, wish)
    built = _fixed(statement, roster)
    built.minimise(1)
    solver = _solver()
    assert solver.solve(built.model) == cp_model.OPTIMAL
    assert round(solver.objective_value) == measured, "the model asks another price"
    return measured


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
    return solver
