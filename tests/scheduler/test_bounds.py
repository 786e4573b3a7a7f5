"""Bounds that the roster itself refutes are never handed out, whatever the solver says."""

from __future__ import annotations

import pytest

from scheduler import planner
from scheduler.errors import ModelDisagrees
from scheduler.outcome import Drafted, Infeasible, Level, Outcome, OutOfTime
from scheduler.planner import Budget, draft
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_need, a_problem, a_unit

WISHES = (PreferenceInForce("minimum-missed", 1), PreferenceInForce("target-missed", 2))


def nobody_there() -> RosterProblem:
    """Its empty roster misses one minimum and two targets."""
    duty = a_duty(needs=(a_need(minimum=1, target=2),))
    return a_problem((a_unit("p1"), a_unit("p2")), (duty,), preferences=WISHES)


def levels(*bounds: int | None) -> tuple[Level, ...]:
    return tuple(Level(n, n, bound) for n, bound in enumerate(bounds, 1))


def told(monkeypatch: pytest.MonkeyPatch, outcome: Outcome) -> Outcome:
    """What drafting makes of an outcome that the solver is said to have ended with."""
    monkeypatch.setattr(planner, "solve", lambda *_: outcome)
    return draft(nobody_there(), Budget(seconds=1.0))


@pytest.mark.parametrize("bounds", [(1, 2), (0, 0), (None, None), (1, None), (None, 2), (-1, 2)])
def test_a_bound_up_to_what_the_roster_costs_is_handed_out(
    monkeypatch: pytest.MonkeyPatch, bounds: tuple[int | None, ...]
) -> None:
    outcome = Drafted(Roster(), levels(*bounds), 0.0)
    assert told(monkeypatch, outcome) is outcome


@pytest.mark.parametrize(
    ("bounds", "first"),
    [((2, 2), 1), ((2, 3), 1), ((1, 3), 2), ((0, 3), 2), ((None, 3), 2)],
)
def test_a_bound_above_what_the_roster_costs_is_told_as_our_bug(
    monkeypatch: pytest.MonkeyPatch, bounds: tuple[int | None, ...], first: int
) -> None:
    falsified = levels(*bounds)
    for outcome in (Drafted(Roster(), falsified, 0.0), OutOfTime(Roster(), falsified, 0.0)):
        with pytest.raises(ModelDisagrees) as refused:
            told(monkeypatch, outcome)
        assert refused.value.violations == (falsified[first - 1],)


def test_the_bound_is_held_against_the_checkers_and_not_against_what_the_solver_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcome = Drafted(Roster(), (Level(1, 5, 5), Level(2, 2, 2)), 0.0)
    with pytest.raises(ModelDisagrees):
        told(monkeypatch, outcome)


@pytest.mark.parametrize("outcome", [Infeasible(0.0), OutOfTime(None, (), 0.0)])
def test_where_there_is_no_roster_there_is_nothing_to_hold_against_bounds(
    monkeypatch: pytest.MonkeyPatch, outcome: Outcome
) -> None:
    assert told(monkeypatch, outcome) is outcome
