"""Finds and writes rosters inside a step: locked, unchanged since read, in the right state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from patrols.access.actor import Actor
from patrols.areas.records import CityRecord
from patrols.errors import (
    DoubleBooked,
    DraftAlreadyOpen,
    InputsChangedMeanwhile,
    RosterAlreadyPublished,
    UnknownCity,
    UnknownRoster,
    WrongState,
)
from patrols.rosters.lifecycle import OPEN, RosterState, may_move
from patrols.rosters.records import AssignmentRecord, RosterRecord
from patrols.rosters.snapshot import published_roster
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster

DOUBLE_BOOKING = "no_double_booking"


def locked(session: Session, roster_id: int) -> RosterRecord:
    """The roster, which no other step changes before this one ends."""
    found = (
        select(RosterRecord)
        .where(RosterRecord.id == roster_id)
        .options(selectinload(RosterRecord.assignments), selectinload(RosterRecord.sign_offs))
        .with_for_update()
    )
    roster = session.scalar(found)
    if roster is None:
        raise UnknownRoster(roster=roster_id)
    return roster


def as_seen(
    session: Session, roster_id: int, state: RosterState, row_version: int
) -> RosterRecord:
    """The roster, locked, in that state and unchanged since somebody looked at it."""
    roster = locked(session, roster_id)
    refuse_unless(roster, state)
    refuse_stale(roster, row_version)
    return roster


def standing(roster: RosterRecord | None) -> dict[str, Any]:
    """Where a roster stands, as the journal keeps it; a week's first one stood nowhere."""
    if roster is None:
        return {}
    return {"state": roster.state, "version": roster.number, "revision": roster.row_version}


def newest(session: Session, city: str, week: str) -> RosterRecord | None:
    return session.scalar(
        select(RosterRecord)
        .where(RosterRecord.city == city, RosterRecord.week == week)
        .order_by(RosterRecord.number.desc())
        .limit(1)
    )


def hold_city(session: Session, city: str) -> None:
    """Nobody else opens a week of this city before this step ends. Raises `UnknownCity`.

    Held before any roster, always, so that two steps never wait for each other.
    """
    held = select(CityRecord.id).where(CityRecord.id == city).with_for_update(key_share=True)
    if session.scalar(held) is None:
        known = session.scalars(select(CityRecord.id).order_by(CityRecord.id))
        raise UnknownCity(city=city, known=", ".join(known))


def city_of(session: Session, roster_id: int) -> str:
    city = session.scalar(select(RosterRecord.city).where(RosterRecord.id == roster_id))
    if city is None:
        raise UnknownRoster(roster=roster_id)
    return city


def refuse_stale(roster: RosterRecord, row_version: int) -> None:
    if roster.row_version != row_version:
        raise InputsChangedMeanwhile


def refuse_unless(roster: RosterRecord, needed: RosterState) -> None:
    if roster.state is needed:
        return
    if roster.state in (RosterState.PUBLISHED, RosterState.SUPERSEDED):
        raise RosterAlreadyPublished(version=roster.number, city=roster.city, week=roster.week)
    raise _wrong_state(roster, needed)


def refuse_unpublished(roster: RosterRecord) -> None:
    if roster.state is not RosterState.PUBLISHED:
        raise _wrong_state(roster, RosterState.PUBLISHED)


def move(roster: RosterRecord, to: RosterState) -> None:
    if not may_move(roster.state, to):
        raise _wrong_state(roster, to)
    roster.state = to
    roster.row_version += 1


def _wrong_state(roster: RosterRecord, needed: RosterState) -> WrongState:
    subject = f"Version {roster.number} of {roster.city} {roster.week}"
    return WrongState(subject=subject, state=roster.state, needed=needed)


def opened(
    session: Session, actor: Actor, *, city: str, week: str, state: RosterState, at: datetime
) -> RosterRecord:
    """The next version of the week's roster, in place of one that failed; the city is held.

    Raises `DraftAlreadyOpen`.
    """
    last = newest(session, city, week)
    published = published_roster(session, city, week)
    if last is not None and last.state in OPEN:
        raise DraftAlreadyOpen(city=city, week=week, version=last.number, state=last.state)
    if last is not None and last.state is RosterState.FAILED:
        roster = last
        move(roster, state)
    else:
        number = last.number + 1 if last else 1
        roster = RosterRecord(city=city, week=week, number=number, state=state, row_version=1)
    roster.supersedes = published.id if published else None
    roster.author_id, roster.author = actor.account_id, actor.name
    roster.authors = (actor.account_id,)
    roster.requested_at = at
    session.add(roster)
    session.flush()
    return roster


def shaped_by(roster: RosterRecord, actor: Actor) -> None:
    """Whoever shapes a roster does not sign it afterwards."""
    if actor.account_id not in roster.authors:
        roster.authors = (*roster.authors, actor.account_id)


def write(roster: RosterRecord, problem: RosterProblem, wanted: Roster) -> None:
    """Makes the stored assignments those of `wanted`, touching only what differs."""
    rows = {(row.unit_id, row.duty_id): row for row in roster.assignments}
    for row in tuple(roster.assignments):
        if (row.unit_id, row.duty_id) not in wanted.pairs:
            roster.assignments.remove(row)
    for assignment in wanted.assignments:
        if held := rows.get(assignment.pair):
            held.role, held.pinned = assignment.role, assignment.pinned
        else:
            roster.assignments.append(_row(problem, assignment))


def _row(problem: RosterProblem, assignment: Assignment) -> AssignmentRecord:
    duty = problem.duty(assignment.duty)
    return AssignmentRecord(
        unit_id=assignment.unit,
        duty_id=assignment.duty,
        role=assignment.role,
        pinned=assignment.pinned,
        live=False,
        since=0,
        reports_at=problem.horizon.instant(duty.reports_at),
        released_at=problem.horizon.instant(duty.released_at),
    )


def put_in_force(session: Session, roster: RosterRecord, previous: RosterRecord | None) -> None:
    """The assignments of this roster hold from now on, and those of the previous one no more."""
    held: dict[tuple[str, str], AssignmentRecord] = {}
    if previous is not None:
        held = {(row.unit_id, row.duty_id): row for row in previous.assignments}
        for row in previous.assignments:
            row.live = False
        session.flush()
    for row in roster.assignments:
        before = held.get((row.unit_id, row.duty_id))
        row.live = True
        row.since = before.since if before and before.role is row.role else roster.number
    _refuse_double_booking(session)


def _refuse_double_booking(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if DOUBLE_BOOKING in str(error.orig):
            raise DoubleBooked from error
        raise
