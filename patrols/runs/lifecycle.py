"""The life of a run: one table of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class RunState(StrEnum):
    """Where one attempt of the solver stands."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"
    STALE = "stale"


# A run whose worker died goes back to the queue.
MOVES: Mapping[RunState, frozenset[RunState]] = {
    RunState.QUEUED: frozenset({RunState.RUNNING, RunState.CANCELLED}),
    RunState.RUNNING: frozenset(
        {
            RunState.QUEUED,
            RunState.FINISHED,
            RunState.FAILED,
            RunState.CANCELLED,
            RunState.STALE,
        }
    ),
    RunState.FINISHED: frozenset(),
    RunState.FAILED: frozenset(),
    RunState.CANCELLED: frozenset(),
    RunState.STALE: frozenset(),
}

OPEN = frozenset({RunState.QUEUED, RunState.RUNNING})


def may_move(before: RunState, after: RunState) -> bool:
    return after in MOVES[before]
