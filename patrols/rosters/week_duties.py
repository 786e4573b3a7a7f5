"""Makes a week's duties from the coverage template, once."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.areas.records import AreaRecord, CoverageRecord, ShiftRecord
from patrols.errors import NoDuties
from patrols.rosters.expansion import PlannedDuty, ShiftTimes, TemplateLine, duties_of
from patrols.rosters.records import DutyRecord
from patrols.store.office import Office


def ensure_duties(session: Session, office: Office, city: str, week: str) -> None:
    """Duties that exist already stay as they are: people may have been told of them."""
    held = select(DutyRecord.id).where(DutyRecord.city == city, DutyRecord.week == week)
    if session.scalar(held.limit(1)) is not None:
        return
    lines = template(session, city)
    if not lines:
        raise NoDuties(city=city, week=week)
    session.add_all(
        _record(duty, city, week)
        for duty in duties_of(lines, week, office.timezone, office.holidays)
    )
    session.flush()


def template(session: Session, city: str) -> tuple[TemplateLine, ...]:
    shifts = {
        row.id: ShiftTimes(
            row.id,
            row.starts_minute,
            row.ends_minute,
            row.reports_before_minutes,
            row.released_after_minutes,
        )
        for row in session.scalars(select(ShiftRecord))
    }
    found = (
        select(CoverageRecord)
        .join(AreaRecord, AreaRecord.id == CoverageRecord.area_id)
        .where(AreaRecord.city_id == city)
        .order_by(CoverageRecord.id)
    )
    return tuple(
        TemplateLine(
            area=row.area_id,
            shift=shifts[row.shift_id],
            weekday=row.weekday,
            number=row.number,
            kind=row.kind,
            needs=row.needs,
            requires=row.requires,
            priority=row.priority,
            protected_place=row.protected_place_id,
        )
        for row in session.scalars(found)
    )


def _record(duty: PlannedDuty, city: str, week: str) -> DutyRecord:
    line = duty.line
    return DutyRecord(
        id=duty.id,
        city=city,
        week=week,
        area=line.area,
        kind=line.kind,
        shift=line.shift.id,
        number=line.number,
        reports_at=duty.reports_at,
        starts_at=duty.starts_at,
        ends_at=duty.ends_at,
        released_at=duty.released_at,
        needs=line.needs,
        requires=line.requires,
        priority=line.priority,
        night=duty.night,
        weekend=duty.weekend,
        holiday=duty.holiday,
        protected_place=line.protected_place,
    )
