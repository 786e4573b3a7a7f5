"""Computing: a run is taken, tells its progress, and ends; nothing is solved in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.errors import UnknownRun, WrongState
from patrols.journal.entries import enter
from patrols.rosters import keeping
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.records import RosterRecord
from patrols.rosters.snapshot import draft_problem
from patrols.runs.lifecycle import OPEN, RunState, may_move
from patrols.runs.outcomes import ended_as, outcome_json, roster_of
from patrols.runs.queueing import queue
from patrols.runs.records import IncumbentRecord, RunRecord
from patrols.store.office import Office
from scheduler.check import judge
from scheduler.errors import ModelDisagrees
from scheduler.formats import fingerprint
from scheduler.outcome import Incumbent, Outcome
from scheduler.roles import with_roles

LOST_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Task:
    """What the worker needs to solve, outside any transaction."""

    run_id: int
    problem: str
    seconds: int
    seed: int


def take_run(office: Office, actor: Actor) -> Task | None:
    """The oldest queued run, now running; two workers never take the same one."""
    require(actor, "computing.take_run")
    oldest = (
        select(RunRecord)
        .where(RunRecord.state == RunState.QUEUED)
        .order_by(RunRecord.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with office.store.transaction() as work:
        run = work.session.scalar(oldest)
        if run is None:
            return None
        _move(run, RunState.RUNNING)
        run.attempts += 1
        run.started_at = run.heard_at = office.now()
        run.incumbents.clear()
        return Task(run.id, run.problem, run.seconds, run.seed)


def record_progress(
    office: Office, actor: Actor, *, run_id: int, incumbents: Sequence[Incumbent]
) -> bool:
    """Keeps what was found since the last time; False tells the worker to stop."""
    require(actor, "computing.record_progress")
    with office.store.transaction() as work:
        run = _locked(work.session, run_id)
        if run.state is not RunState.RUNNING:
            return False
        run.heard_at = office.now()
        first = len(run.incumbents)
        for number, found in enumerate(incumbents, start=first):
            run.incumbents.append(
                IncumbentRecord(
                    number=number,
                    level=found.level,
                    objective=found.objective,
                    bound=found.bound,
                    seconds=found.seconds,
                )
            )
        return True


def record_outcome(office: Office, actor: Actor, *, run_id: int, outcome: Outcome) -> RunState:
    """The drafted roster, if its inputs are still those of the run; judged before it is kept.

    Inputs that changed meanwhile make the run stale, and another is queued with those of now.
    Raises `ModelDisagrees`, which keeps nothing, when a checker refuses what the solver made.
    """
    require(actor, "computing.record_outcome")
    with office.store.transaction() as work:
        session, now = work.session, office.now()
        run = _locked(session, run_id)
        if run.state is not RunState.RUNNING:
            return run.state
        roster = keeping.locked(session, run.roster_id)
        run.ended_at, run.ended_as = now, ended_as(outcome)
        run.outcome = outcome_json(outcome)
        problem = draft_problem(session, office, roster, run.requested_at)
        if fingerprint(problem) != run.fingerprint:
            _move(run, RunState.STALE)
            fresh = draft_problem(session, office, roster, now)
            queue(session, roster.id, fresh, seconds=run.seconds, at=now)
            return run.state
        _move(run, RunState.FINISHED)
        drafted = roster_of(outcome)
        if drafted is None:
            keeping.move(roster, RosterState.FAILED)
        else:
            verdict = judge(problem, drafted)
            if not verdict.lawful:
                raise ModelDisagrees(verdict.unexcused)
            keeping.write(roster, problem, with_roles(problem, drafted))
            keeping.move(roster, RosterState.DRAFT)
        entry = _Entry(office, actor, "record_outcome")
        entry.write(session, roster, {"run": run.id, "as": run.ended_as})
        return run.state


def fail_run(office: Office, actor: Actor, *, run_id: int, error: str) -> None:
    """Something of ours broke: the run says what, and the draft can be requested again."""
    require(actor, "computing.fail_run")
    with office.store.transaction() as work:
        run = _locked(work.session, run_id)
        if run.state is RunState.RUNNING:
            _end(work.session, _Entry(office, actor, "fail_run"), run, RunState.FAILED, error)


def cancel_run(office: Office, actor: Actor, *, run_id: int) -> None:
    """The worker stops at its next word; the draft can be requested again."""
    require(actor, "computing.cancel_run")
    with office.store.transaction() as work:
        run = _locked(work.session, run_id)
        if run.state not in OPEN:
            raise WrongState(subject=f"Run {run_id}", state=run.state, needed="queued or running")
        _end(work.session, _Entry(office, actor, "cancel_run"), run, RunState.CANCELLED)


def release_lost_runs(office: Office, actor: Actor) -> tuple[int, ...]:
    """Runs of a worker that was not heard of go back to the queue; after a few tries they fail."""
    require(actor, "computing.release_lost_runs")
    silent = (
        select(RunRecord)
        .where(RunRecord.state == RunState.RUNNING, RunRecord.heard_at < office.now() - LOST_AFTER)
        .with_for_update(skip_locked=True)
    )
    with office.store.transaction() as work:
        lost = tuple(work.session.scalars(silent))
        for run in lost:
            if run.attempts < MOST_ATTEMPTS:
                _move(run, RunState.QUEUED)
            else:
                error = f"the worker was lost {run.attempts} times"
                entry = _Entry(office, actor, "release_lost_runs")
                _end(work.session, entry, run, RunState.FAILED, error)
        return tuple(run.id for run in lost)


def _locked(session: Session, run_id: int) -> RunRecord:
    run = session.scalar(select(RunRecord).where(RunRecord.id == run_id).with_for_update())
    if run is None:
        raise UnknownRun(run=run_id)
    return run


def _move(run: RunRecord, to: RunState) -> None:
    if not may_move(run.state, to):
        raise WrongState(subject=f"Run {run.id}", state=run.state, needed=to)
    run.state = to


@dataclass(frozen=True, slots=True)
class _Entry:
    """Who took which step of computing, for the journal of the roster."""

    office: Office
    actor: Actor
    step: str

    def write(self, session: Session, roster: RosterRecord, after: dict[str, object]) -> None:
        enter(
            session,
            at=self.office.now(),
            actor=self.actor,
            step=f"computing.{self.step}",
            kind="roster",
            subject=roster.id,
            after=after,
        )


def _end(
    session: Session, entry: _Entry, run: RunRecord, state: RunState, error: str | None = None
) -> None:
    _move(run, state)
    run.ended_at, run.error = entry.office.now(), error
    roster = keeping.locked(session, run.roster_id)
    keeping.move(roster, RosterState.FAILED)
    entry.write(session, roster, {"run": run.id, "error": error})
