"""The verdict on a roster, asked of both: what the checkers say, the model must say as well."""

from __future__ import annotations

from dataclasses import replace

from scheduler.check import score, violations
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Violation
from scheduler.sheet import Sheet
from tests.builders import taken
from tests.scheduler.posed import model_allows, model_price


def breaches(problem: RosterProblem, *pairs: tuple[str, str]) -> tuple[Violation, ...]:
    """What the rules in force say of the roster of these (unit, duty) pairs."""
    roster = taken(problem, *pairs)
    found = tuple(violations(problem, Sheet(problem, roster)))
    assert model_allows(problem, roster) == (not found), f"the model disagrees with {found}"
    return found


def allowed(problem: RosterProblem, *pairs: tuple[str, str]) -> bool:
    return not breaches(problem, *pairs)


def near(problem: RosterProblem, pair: tuple[str, str], *pairs: tuple[str, str]) -> list[str]:
    """The codes of the rules that one pair of the roster is found to break."""
    sheet = Sheet(problem, taken(problem, *pairs))
    return [v.rule for v in violations(problem, sheet, Near(*pair))]


def cost(problem: RosterProblem, *pairs: tuple[str, str]) -> int:
    """What the preferences in force measure, which must be the model's cheapest price as well."""
    roster = taken(problem, *pairs)
    measured = sum(part.cost for part in score(problem, Sheet(problem, roster)).parts)
    unruled = replace(problem, rules=())
    assert model_price(unruled, roster) == measured, "the model asks another price"
    return measured
