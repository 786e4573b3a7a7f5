"""Help from nearby: which duties stand by a duty, stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.duties import Duty
from scheduler.moments import Span
from scheduler.problem import RosterProblem


def stretches(
    problem: RosterProblem, duty: Duty, reach_minutes: int
) -> tuple[tuple[int, tuple[Duty, ...]], ...]:
    """(moment, duties in reach that cover it), for every stretch of the duty in which they
    stay the same; a reach of 0 means the duty itself alone.
    """
    near = problem.within_reach(duty, reach_minutes)
    edges = {moment for there in near for moment in (there.starts_at, there.ends_at)}
    return tuple(
        (moment, tuple(there for there in near if there.starts_at <= moment < there.ends_at))
        for moment in sorted(edges)
        if duty.starts_at <= moment < duty.ends_at
    )


def first_gap(whole: Span, parts: Iterable[Span]) -> int | None:
    """The first moment of `whole` that no part covers; None when all of it is covered."""
    reached = whole.starts
    for part in sorted(parts):
        if part.starts > reached:
            break
        reached = max(reached, part.ends)
    return reached if reached < whole.ends else None
