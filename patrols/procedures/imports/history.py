"""What members worked before this office kept their rosters, so that rest and hours hold."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.areas.records import AreaRecord
from patrols.availability.records import WorkedRecord
from patrols.forces.records import MemberRecord
from patrols.procedures.imports.table import Imported, Line, Table
from patrols.rosters.expansion import NIGHT_AT_LEAST, SATURDAY, days, night_between
from patrols.store.office import Office
from scheduler.forces import DutyKind

STEP = "imports.import_history"
MOMENTS = ("reports_at", "starts_at", "ends_at", "released_at")
COLUMNS = ("member", *MOMENTS)
OPTIONAL = ("kind", "area", "overran")

Times = tuple[datetime, datetime, datetime, datetime]


def import_history(office: Office, actor: Actor, *, file: Path) -> Imported:
    """Adds those that are not known yet: a member reports once at one moment."""
    require(actor, STEP)
    table = Table(file, COLUMNS, OPTIONAL)
    with office.store.transaction() as work:
        rows = _rows(work.session, office, table)
        table.refuse_if_faulty()
        new = [row for _, row in rows if not _known(work.session, row)]
        work.session.add_all(new)
        table.tell(work.session, office, actor, STEP, len(new))
        return Imported(len(table.lines), len(new))


def _rows(session: Session, office: Office, table: Table) -> list[tuple[Line, WorkedRecord]]:
    members = set(session.scalars(select(MemberRecord.id)))
    areas = set(session.scalars(select(AreaRecord.id)))
    rows = []
    for line in table.lines:
        if line.cells["member"] not in members:
            table.fault(line, "member", f"there is no member {line.cells['member']!r}")
        area = table.maybe_one_of(line, "area", areas)
        kind = table.one_of(line, "kind", tuple(DutyKind), default=DutyKind.PATROL)
        overran = table.yes(line, "overran")
        times = _times(table, line, office)
        if times is not None and kind in tuple(DutyKind):
            row = _row(office, line.cells["member"], times, area, DutyKind(kind), overran=overran)
            rows.append((line, row))
    _refuse_overlaps(table, rows)
    return rows


def _times(table: Table, line: Line, office: Office) -> Times | None:
    match [table.instant(line, moment, office) for moment in MOMENTS]:
        case [datetime() as reports, datetime() as starts, datetime() as ends, datetime() as free]:
            if not reports <= starts < ends <= free:
                table.fault(line, "reports_at", "needs reports <= starts < ends <= released")
            if free > office.now():
                table.fault(line, "released_at", "lies in the future; history is over")
            return reports, starts, ends, free
    return None


def _row(
    office: Office,
    member: str,
    times: Times,
    area: str | None,
    kind: DutyKind,
    *,
    overran: bool,
) -> WorkedRecord:
    reports_at, starts_at, ends_at, released_at = times
    touched = days(starts_at, ends_at, office.timezone)
    return WorkedRecord(
        member_id=member,
        area_id=area,
        kind=kind,
        reports_at=reports_at,
        starts_at=starts_at,
        ends_at=ends_at,
        released_at=released_at,
        night=night_between(starts_at, ends_at, office.timezone) >= NIGHT_AT_LEAST,
        weekend=any(day.weekday() >= SATURDAY for day in touched),
        holiday=any(office.holidays.on(day) for day in touched),
        overran=overran,
    )


def _refuse_overlaps(table: Table, rows: list[tuple[Line, WorkedRecord]]) -> None:
    in_order = sorted(rows, key=lambda row: (row[1].member_id, row[1].reports_at))
    for (earlier, first), (later, second) in pairwise(in_order):
        if first.member_id == second.member_id and second.reports_at < first.released_at:
            table.fault(later, "reports_at", f"overlaps line {earlier.number}")


def _known(session: Session, row: WorkedRecord) -> bool:
    found = select(WorkedRecord.id).where(
        WorkedRecord.member_id == row.member_id, WorkedRecord.reports_at == row.reports_at
    )
    return session.scalar(found) is not None
