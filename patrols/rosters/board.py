"""Builds the week board from rows: who is on which duty, and which needs are met."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.areas.records import AreaRecord, ShiftRecord
from patrols.engagement.records import MandateRecord
from patrols.rosters.confirming import Confirmed, confirmations, confirmed_by
from patrols.rosters.naming import text
from patrols.rosters.records import AssignmentRecord, RosterRecord
from patrols.rosters.snapshot import scene_of
from patrols.rosters.views import (
    BoardArea,
    BoardDuty,
    BoardNeed,
    BoardShift,
    BoardUnit,
    MandateView,
    WeekBoard,
)
from patrols.rosters.weeks import bounds, monday_of
from patrols.store.office import Office
from scheduler.coverage import counted
from scheduler.duties import Duty
from scheduler.problem import RosterProblem


def board_of(session: Session, office: Office, roster: RosterRecord) -> WeekBoard:
    scene = scene_of(session, office, roster.city, roster.week)
    monday = monday_of(roster.week)
    rows: dict[str, list[AssignmentRecord]] = defaultdict(list)
    for row in roster.assignments:
        rows[row.duty_id].append(row)
    confirmed = confirmations(session, roster)
    used = {duty.area for duty in scene.duties}, {duty.shift for duty in scene.duties}
    return WeekBoard(
        roster_id=roster.id,
        city=roster.city,
        week=roster.week,
        monday=monday,
        version=roster.number,
        state=roster.state,
        row_version=roster.row_version,
        days=tuple(monday + timedelta(days=n) for n in range(7)),
        areas=_areas(session, used[0]),
        shifts=_shifts(session, used[1]),
        duties=tuple(_duty(scene, duty, rows[duty.id], confirmed) for duty in scene.duties),
        mandate=next(
            (mandate_view(office, m) for m in mandates_of(session, office, roster)), None
        ),
    )


def mandates_of(
    session: Session, office: Office, roster: RosterRecord
) -> tuple[MandateRecord, ...]:
    """Those valid in some part of the roster's week, the one that lasts longest first."""
    starts_at, ends_at = bounds(roster.week, office.timezone)
    found = (
        select(MandateRecord)
        .where(
            MandateRecord.city_id == roster.city,
            MandateRecord.valid_to > starts_at,
            MandateRecord.valid_from < ends_at,
        )
        .order_by(MandateRecord.valid_to.desc(), MandateRecord.id)
    )
    return tuple(session.scalars(found))


def mandate_view(office: Office, row: MandateRecord) -> MandateView:
    return MandateView(
        id=row.id,
        title=text(row.titles),
        authority=text(row.authority),
        legal_basis=text(row.legal_basis),
        valid_from=office.local(row.valid_from),
        valid_until=office.local(row.valid_to),
        cap=row.cap,
        fictional=row.fictional,
    )


def _areas(session: Session, used: set[str]) -> tuple[BoardArea, ...]:
    """The most important first."""
    found = select(AreaRecord).order_by(AreaRecord.priority.desc(), AreaRecord.id)
    return tuple(
        BoardArea(row.id, text(row.names), row.priority)
        for row in session.scalars(found)
        if row.id in used
    )


def _shifts(session: Session, used: set[str]) -> tuple[BoardShift, ...]:
    found = select(ShiftRecord).order_by(ShiftRecord.starts_minute, ShiftRecord.id)
    return tuple(
        BoardShift(row.id, text(row.names)) for row in session.scalars(found) if row.id in used
    )


def _duty(
    scene: RosterProblem, duty: Duty, rows: list[AssignmentRecord], confirmed: Confirmed
) -> BoardDuty:
    local = scene.horizon.local
    there = [row for row in rows if scene.has_unit(row.unit_id)]
    return BoardDuty(
        id=duty.id,
        kind=duty.kind,
        area=duty.area,
        shift=duty.shift,
        number=duty.number,
        day=local(duty.starts_at).date(),
        reports_at=local(duty.reports_at),
        starts_at=local(duty.starts_at),
        ends_at=local(duty.ends_at),
        released_at=local(duty.released_at),
        units=tuple(_unit(scene, duty, row, confirmed) for row in there),
        needs=_needs(scene, duty, there),
        priority=duty.priority,
        night=duty.night,
        weekend=duty.weekend,
        holiday=duty.holiday,
        protected_place=duty.protected_place,
    )


def _unit(
    scene: RosterProblem, duty: Duty, row: AssignmentRecord, confirmed: Confirmed
) -> BoardUnit:
    unit = scene.unit(row.unit_id)
    present = scene.present(unit, duty)
    return BoardUnit(
        unit_id=unit.id,
        name=unit.name or unit.id,
        force=unit.force,
        persons=len(present),
        strength=len(unit.members),
        role=row.role,
        pinned=row.pinned,
        confirmed=bool(present) and all(confirmed_by(confirmed, m.id, row) for m in present),
    )


def _needs(
    scene: RosterProblem, duty: Duty, rows: list[AssignmentRecord]
) -> tuple[BoardNeed, ...]:
    return tuple(
        BoardNeed(
            id=need.id,
            force=need.force,
            counts=need.counts,
            qualification=need.qualification,
            there=sum(counted(scene, need, scene.unit(row.unit_id), duty) for row in rows),
            minimum=need.minimum,
            target=need.target,
            maximum=need.maximum,
            firm=need.firm,
        )
        for need in duty.needs
    )
