"""Reads of runs for screens."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.errors import UnknownRun
from patrols.runs.outcomes import levels_in
from patrols.runs.records import RunRecord
from patrols.runs.views import RunView
from patrols.store.office import Office
from scheduler.outcome import Incumbent


def run_state(office: Office, actor: Actor, *, run_id: int) -> RunView:
    """How far a run is; asked again and again while it lasts. Raises `UnknownRun`."""
    require(actor, "runs.run_state")
    with office.store.reading() as session:
        run = session.get(RunRecord, run_id, options=[selectinload(RunRecord.incumbents)])
        if run is None:
            raise UnknownRun(run=run_id)
        return view(office, run)


def latest_run(session: Session, office: Office, roster_id: int) -> RunView | None:
    """The last attempt at a roster, for those who read the roster in the same session."""
    found = (
        select(RunRecord)
        .where(RunRecord.roster_id == roster_id)
        .order_by(RunRecord.id.desc())
        .limit(1)
        .options(selectinload(RunRecord.incumbents))
    )
    run = session.scalar(found)
    return view(office, run) if run else None


def view(office: Office, run: RunRecord) -> RunView:
    return RunView(
        run_id=run.id,
        roster_id=run.roster_id,
        state=run.state,
        seconds=run.seconds,
        requested_at=office.local(run.requested_at),
        started_at=office.local(run.started_at) if run.started_at else None,
        ended_at=office.local(run.ended_at) if run.ended_at else None,
        ended_as=run.ended_as,
        levels=levels_in(run.outcome),
        incumbents=tuple(
            Incumbent(row.level, row.objective, row.bound, row.seconds) for row in run.incumbents
        ),
        error=run.error,
    )
