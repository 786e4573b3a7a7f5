"""Absences from a file: who is away, from when until when. There is no column for a reason."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.availability.records import AbsenceRecord
from patrols.forces.records import MemberRecord, UnitRecord
from patrols.procedures.imports.table import Imported, Line, Table
from patrols.store.office import Office

STEP = "imports.import_absences"
COLUMNS = ("who", "from", "until")

Key = tuple[str | None, str | None, datetime, datetime]


def import_absences(office: Office, actor: Actor, *, file: Path) -> Imported:
    """Adds those that are not known yet."""
    require(actor, STEP)
    table = Table(file, COLUMNS)
    with office.store.transaction() as work:
        units = set(work.session.scalars(select(UnitRecord.id)))
        members = set(work.session.scalars(select(MemberRecord.id)))
        read = (_key(table, line, office, units, members) for line in table.lines)
        keys = [key for key in read if key is not None]
        table.refuse_if_faulty()
        new = [key for key in dict.fromkeys(keys) if not _known(work.session, key)]
        for unit, member, starts_at, ends_at in new:
            work.session.add(
                AbsenceRecord(
                    unit_id=unit,
                    member_id=member,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    reported_at=office.now(),
                )
            )
        table.tell(work.session, office, actor, STEP, len(new))
        return Imported(len(table.lines), len(new))


def _key(
    table: Table, line: Line, office: Office, units: set[str], members: set[str]
) -> Key | None:
    who = line.cells["who"]
    if who not in units | members:
        table.fault(line, "who", f"there is no unit or member {who!r}")
    starts_at = table.instant(line, "from", office)
    ends_at = table.instant(line, "until", office)
    if starts_at is None or ends_at is None:
        return None
    if ends_at <= starts_at:
        table.fault(line, "until", f"must be after {line.cells['from']}")
    return (who, None, starts_at, ends_at) if who in units else (None, who, starts_at, ends_at)


def _known(session: Session, key: Key) -> bool:
    unit, member, starts_at, ends_at = key
    found = select(AbsenceRecord.id).where(
        AbsenceRecord.unit_id == unit,
        AbsenceRecord.member_id == member,
        AbsenceRecord.starts_at == starts_at,
        AbsenceRecord.ends_at == ends_at,
    )
    return session.scalar(found) is not None
