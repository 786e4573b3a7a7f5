"""Our own engine on a public problem: draft, and what it told on the way."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.outcome import Drafted, Incumbent, Infeasible
from scheduler.planner import Budget, draft
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment
from tests.benchmarks.command import Answer, Effort, Row


def drafted(problem: RosterProblem, effort: Effort, row: Callable[[Assignment], Row]) -> Answer:
    """The engine's answer, with one row for each assignment."""
    firsts: list[float] = []

    def tell(news: Incumbent) -> None:
        if news.objective is not None and not firsts:
            firsts.append(round(effort.elapsed(), 2))

    budget = Budget(max(effort.left(), 0.1), cores=effort.cores, seed=effort.seed)
    outcome = draft(problem, budget, tell)
    if isinstance(outcome, Infeasible):
        return Answer(None, infeasible=True)
    roster = outcome.roster if isinstance(outcome, Drafted) else outcome.best
    if roster is None:
        return Answer(None)
    return Answer(
        rows=tuple(row(assignment) for assignment in roster.assignments),
        levels=tuple(level.objective for level in outcome.levels),
        bounds=tuple(level.bound or 0 for level in outcome.levels),
        first_seconds=firsts[0] if firsts else None,
    )
