"""A member's own duties, as published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.areas.records import AreaRecord, ShiftRecord
from patrols.availability.records import AbsenceRecord
from patrols.forces.records import UnitRecord
from patrols.rosters.naming import text
from patrols.rosters.records import AcknowledgementRecord, AssignmentRecord, DutyRecord
from patrols.rosters.views import MyDuties, MyDuty
from patrols.store.office import Office


def my_duties(office: Office, actor: Actor) -> MyDuties:
    """The next duty, and those that follow; none while the member is away."""
    require(actor, "rosters.my_duties")
    if actor.member_id is None or actor.unit_id is None:
        return MyDuties(None, ())
    now = office.now()
    found = (
        select(AssignmentRecord)
        .join(DutyRecord, DutyRecord.id == AssignmentRecord.duty_id)
        .where(
            AssignmentRecord.live,
            AssignmentRecord.unit_id == actor.unit_id,
            AssignmentRecord.released_at > now,
        )
        .order_by(DutyRecord.starts_at)
        .options(selectinload(AssignmentRecord.duty), selectinload(AssignmentRecord.roster))
    )
    with office.store.reading() as session:
        away = _away(session, actor, now)
        rows = tuple(
            row
            for row in session.scalars(found)
            if not any(s < row.released_at and row.reports_at < e for s, e in away)
        )
        duties = tuple(_duty(session, office, actor, row) for row in rows)
    return MyDuties(duties[0] if duties else None, duties[1:])


def _away(session: Session, actor: Actor, now: datetime) -> tuple[tuple[datetime, datetime], ...]:
    found = select(AbsenceRecord).where(
        AbsenceRecord.ends_at > now,
        or_(AbsenceRecord.member_id == actor.member_id, AbsenceRecord.unit_id == actor.unit_id),
    )
    return tuple((row.starts_at, row.ends_at) for row in session.scalars(found))


def _duty(session: Session, office: Office, actor: Actor, row: AssignmentRecord) -> MyDuty:
    duty = row.duty
    beside = session.scalars(
        select(UnitRecord.name)
        .join(AssignmentRecord, AssignmentRecord.unit_id == UnitRecord.id)
        .where(
            AssignmentRecord.roster_id == row.roster_id,
            AssignmentRecord.duty_id == duty.id,
            AssignmentRecord.unit_id != row.unit_id,
        )
        .order_by(UnitRecord.id)
    )
    acknowledged_at = session.scalar(
        select(AcknowledgementRecord.at)
        .where(
            AcknowledgementRecord.member_id == actor.member_id,
            AcknowledgementRecord.duty_id == duty.id,
            AcknowledgementRecord.version >= row.since,
        )
        .order_by(AcknowledgementRecord.version.desc())
        .limit(1)
    )
    return MyDuty(
        duty_id=duty.id,
        roster_id=row.roster_id,
        version=row.roster.number,
        kind=duty.kind,
        place=text(session.get_one(AreaRecord, duty.area).names),
        shift=text(session.get_one(ShiftRecord, duty.shift).names),
        reports_at=office.local(duty.reports_at),
        starts_at=office.local(duty.starts_at),
        ends_at=office.local(duty.ends_at),
        released_at=office.local(duty.released_at),
        role=row.role,
        unit=session.get_one(UnitRecord, row.unit_id).name,
        beside=tuple(beside),
        acknowledged_at=office.local(acknowledged_at) if acknowledged_at else None,
    )
