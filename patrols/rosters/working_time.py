"""What members have worked and will work around a week, who is away, and who shares a clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from patrols.availability.records import AbsenceRecord, WorkedRecord
from patrols.forces.records import UnitRecord
from patrols.rosters.records import AssignmentRecord, DutyRecord
from scheduler.forces import Worked
from scheduler.moments import Horizon, Span

REMEMBERED = timedelta(days=28)
AHEAD = timedelta(days=28)

Absences = dict[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Histories:
    """Clock → what it remembers, and member → the clock that they carry."""

    clocks: dict[str, tuple[Worked, ...]]
    carried: dict[str, str]


def absences_by_member(
    session: Session, units: Sequence[UnitRecord], horizon: Horizon
) -> Absences:
    """An absence of a unit is one of each of its members; those long ago and far off are left."""
    first, last = _edges(horizon)
    found = select(AbsenceRecord).where(
        AbsenceRecord.ends_at > first, AbsenceRecord.starts_at < last
    )
    members = {unit.id: [member.id for member in unit.members] for unit in units}
    away: dict[str, set[Span]] = defaultdict(set)
    for row in session.scalars(found):
        span = Span(horizon.moment(row.starts_at), horizon.moment(row.ends_at))
        concerned = members.get(row.unit_id, []) if row.unit_id else [row.member_id or ""]
        for member in concerned:
            away[member].add(span)
    return {member: tuple(sorted(spans)) for member, spans in away.items()}


def histories(
    session: Session, units: Sequence[UnitRecord], horizon: Horizon, away: Absences
) -> Histories:
    """Members of one unit share a clock unless their histories differ.

    What a member is recorded to have worked takes the place of the published duties that it
    overlaps: hours that overran are counted once, as they were.
    """
    past = _published(session, units, horizon, away)
    for member_id, worked in _recorded(session, horizon).items():
        planned = {p for p in past[member_id] if not any(p.span.overlaps(w.span) for w in worked)}
        past[member_id] = planned | worked
    clocks: dict[str, tuple[Worked, ...]] = {}
    carried: dict[str, str] = {}
    for unit in units:
        names: dict[tuple[Worked, ...], str] = {}
        for member in unit.members:
            history = tuple(sorted(past[member.id], key=_order))
            name = names.setdefault(history, f"{unit.id}:{member.id}" if names else unit.id)
            clocks[name], carried[member.id] = history, name
    return Histories(clocks, carried)


def without_past(units: Sequence[UnitRecord]) -> Histories:
    """For those who look at one week alone: one clock for each unit, remembering nothing."""
    return Histories(
        clocks={unit.id: () for unit in units},
        carried={member.id: unit.id for unit in units for member in unit.members},
    )


def _edges(horizon: Horizon) -> tuple[datetime, datetime]:
    return (
        horizon.instant(0) - REMEMBERED,
        horizon.instant(horizon.minutes) + AHEAD,
    )


def _order(work: Worked) -> tuple[int, int, str]:
    return work.reports_at, work.released_at, work.area


def _published(
    session: Session, units: Sequence[UnitRecord], horizon: Horizon, away: Absences
) -> dict[str, set[Worked]]:
    """Published duties outside the horizon, for those members who were not away."""
    first, last = _edges(horizon)
    begins, ends = horizon.instant(0), horizon.instant(horizon.minutes)
    found = (
        select(AssignmentRecord.unit_id, DutyRecord)
        .join(DutyRecord, DutyRecord.id == AssignmentRecord.duty_id)
        .where(
            AssignmentRecord.live,
            or_(
                and_(DutyRecord.released_at > first, DutyRecord.starts_at < begins),
                and_(DutyRecord.starts_at >= ends, DutyRecord.starts_at < last),
            ),
        )
    )
    members = {unit.id: [member.id for member in unit.members] for unit in units}
    past: dict[str, set[Worked]] = defaultdict(set)
    for unit_id, duty in session.execute(found):
        work = _worked(duty, horizon)
        for member in members.get(unit_id, ()):
            if not any(span.overlaps(work.span) for span in away.get(member, ())):
                past[member].add(work)
    return past


def _recorded(session: Session, horizon: Horizon) -> dict[str, set[Worked]]:
    """What was worked outside the rosters kept here, or otherwise than they planned."""
    first, _ = _edges(horizon)
    found = select(WorkedRecord).where(
        WorkedRecord.released_at > first, WorkedRecord.starts_at < horizon.instant(0)
    )
    past: dict[str, set[Worked]] = defaultdict(set)
    for row in session.scalars(found):
        past[row.member_id].add(_worked(row, horizon))
    return past


def _worked(row: DutyRecord | WorkedRecord, horizon: Horizon) -> Worked:
    return Worked(
        reports_at=horizon.moment(row.reports_at),
        starts_at=horizon.moment(row.starts_at),
        ends_at=horizon.moment(row.ends_at),
        released_at=horizon.moment(row.released_at),
        kind=row.kind,
        area=row.area if isinstance(row, DutyRecord) else row.area_id or "",
        night=row.night,
        weekend=row.weekend,
        holiday=row.holiday,
        overran=isinstance(row, WorkedRecord) and row.overran,
        shift=row.shift if isinstance(row, DutyRecord) else "",
    )
