"""The public face for the worker: drafts a roster. Judged by the checkers before it is told."""

from __future__ import annotations

from scheduler.check import judge
from scheduler.errors import ModelDisagrees
from scheduler.model.solve import Budget, Tell, solve
from scheduler.outcome import Drafted, Incumbent, Infeasible, Outcome, OutOfTime
from scheduler.problem import RosterProblem

__all__ = ["Budget", "Drafted", "Infeasible", "OutOfTime", "Outcome", "draft"]


def _silent(_: Incumbent) -> None:
    pass


def draft(problem: RosterProblem, budget: Budget, tell: Tell = _silent) -> Outcome:
    """The best lawful roster that the budget allows.

    `tell` hears every better roster and bound on the way, from a solver thread. Raises
    `ModelDisagrees` if a checker refuses what the solver made: a bug, never a user's fault.
    """
    outcome = solve(problem, budget, tell)
    roster = outcome.best if isinstance(outcome, OutOfTime) else getattr(outcome, "roster", None)
    if roster is not None:
        verdict = judge(problem, roster)
        if not verdict.lawful:
            raise ModelDisagrees(verdict.unexcused)
    return outcome
