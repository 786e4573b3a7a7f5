"""Queues a run, in the transaction of the step that asks for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from patrols.runs.lifecycle import RunState
from patrols.runs.records import RunRecord
from scheduler.formats import fingerprint, problem_json
from scheduler.problem import RosterProblem

SEED = 1


def queue(
    session: Session, roster_id: int, problem: RosterProblem, *, seconds: int, at: datetime
) -> RunRecord:
    """The problem is frozen here: what changes later makes the run stale."""
    run = RunRecord(
        roster_id=roster_id,
        state=RunState.QUEUED,
        problem=problem_json(problem),
        fingerprint=fingerprint(problem),
        seconds=seconds,
        seed=SEED,
        requested_at=at,
        attempts=0,
    )
    session.add(run)
    session.flush()
    return run
