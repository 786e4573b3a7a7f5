"""Units and members from a file, one line for each member."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.areas.records import AreaRecord
from patrols.forces.records import (
    ConsentRecord,
    MemberRecord,
    QualificationKindRecord,
    QualificationRecord,
    ServiceRecord,
    UnitAreaKind,
    UnitAreaRecord,
    UnitRecord,
)
from patrols.procedures.imports.table import Imported, Line, Table
from patrols.store.office import Office
from scheduler.forces import Force
from scheduler.wording import LANGUAGES

STEP = "imports.import_forces"
OF_UNIT = ("unit", "force", "service", "home", "smallest")
COLUMNS = (*OF_UNIT, "member", "languages", "qualifications")
OPTIONAL = ("name", "contract", "familiar", "areas", "consents")
CONSENTS = ("shorter-rest",)


@dataclass(frozen=True, slots=True)
class Known:
    """What a line may name."""

    services: dict[str, Force]
    areas: frozenset[str]
    qualifications: dict[Force, frozenset[str]]


def import_forces(office: Office, actor: Actor, *, file: Path) -> Imported:
    """New units come in, known ones become what the file says; nobody is taken out."""
    require(actor, STEP)
    table = Table(file, COLUMNS, OPTIONAL)
    with office.store.transaction() as work:
        known = _known(work.session)
        units = _units(table, known)
        members = [_member(table, line, known) for line in table.lines]
        _refuse_doubles(table)
        table.refuse_if_faulty()
        for unit in units:
            work.session.merge(unit)
        work.session.flush()
        for member in members:
            work.session.merge(member)
        table.tell(work.session, office, actor, STEP, len(units) + len(members))
        return Imported(len(table.lines), len(units) + len(members))


def _known(session: Session) -> Known:
    kinds = session.scalars(select(QualificationKindRecord)).all()
    return Known(
        services={row.id: row.force for row in session.scalars(select(ServiceRecord))},
        areas=frozenset(session.scalars(select(AreaRecord.id))),
        qualifications={
            force: frozenset(kind.id for kind in kinds if force in kind.forces) for force in Force
        },
    )


def _units(table: Table, known: Known) -> list[UnitRecord]:
    first: dict[str, Line] = {}
    strength: dict[str, int] = {}
    for line in table.lines:
        unit = table.text(line, "unit", 32)
        strength[unit] = strength.get(unit, 0) + 1
        told = first.setdefault(unit, line)
        for column in (*OF_UNIT, "name", "contract", "familiar", "areas"):
            if line.cells.get(column) != told.cells.get(column):
                table.fault(line, column, f"differs from line {told.number} of the same unit")
    return [_unit(table, line, strength[unit], known) for unit, line in first.items()]


def _unit(table: Table, line: Line, strength: int, known: Known) -> UnitRecord:
    force = table.one_of(line, "force", tuple(Force))
    lenders = [service for service, own in known.services.items() if own == force]
    unit = line.cells["unit"]
    where = {
        UnitAreaKind.FAMILIAR: table.many_of(line, "familiar", known.areas),
        UnitAreaKind.AUTHORISED: table.many_of(line, "areas", known.areas),
    }
    return UnitRecord(
        id=unit,
        service_id=table.one_of(line, "service", lenders),
        force=force,
        name=line.cells.get("name") or unit,
        contract=line.cells.get("contract", ""),
        home_area_id=table.one_of(line, "home", known.areas),
        smallest=table.whole(line, "smallest", 1, strength),
        fictional=False,
        areas=[
            UnitAreaRecord(unit_id=unit, area_id=area, kind=kind)
            for kind, areas in where.items()
            for area in areas
        ],
    )


def _member(table: Table, line: Line, known: Known) -> MemberRecord:
    member = table.text(line, "member", 32)
    force = line.cells["force"]
    allowed = known.qualifications[Force(force)] if force in tuple(Force) else frozenset()
    record = MemberRecord(
        id=member,
        unit_id=line.cells["unit"],
        languages=table.many_of(line, "languages", LANGUAGES),
        qualifications=[
            QualificationRecord(member_id=member, name=name, expires_on=until)
            for name, until in _dated(table, line, allowed)
        ],
    )
    if "consents" in line.cells:
        record.consents = list(_consents(table, line, member))
    return record


def _dated(table: Table, line: Line, allowed: frozenset[str]) -> Iterator[tuple[str, date | None]]:
    """`first-aid:2027-06-01 weapon`: with the day on which it is no longer held, or for good."""
    seen = set()
    for word in line.cells["qualifications"].split():
        name, _, until = word.partition(":")
        if name not in allowed:
            listed = ", ".join(sorted(allowed))
            table.fault(line, "qualifications", f"{name!r} is not known; allowed: {listed}")
        if name in seen:
            table.fault(line, "qualifications", f"{name} stands twice")
        seen.add(name)
        yield name, table.day(line, "qualifications", until) if until else None


def _consents(table: Table, line: Line, member: str) -> Iterator[ConsentRecord]:
    """`shorter-rest:2026-01-01:2027-01-01`: from the first day until before the second."""
    for word in line.cells.get("consents", "").split():
        kind, _, during = word.partition(":")
        first, _, last = during.partition(":")
        begins = table.day(line, "consents", first)
        ends = table.day(line, "consents", last)
        if kind not in CONSENTS:
            table.fault(line, "consents", f"{kind!r} is not known; allowed: {CONSENTS[0]}")
        elif begins is not None and ends is not None and ends <= begins:
            table.fault(line, "consents", f"{last} must be after {first}")
        elif begins is not None and ends is not None:
            yield ConsentRecord(member_id=member, kind=kind, from_day=begins, until_day=ends)


def _refuse_doubles(table: Table) -> None:
    first: dict[str, int] = {}
    for line in table.lines:
        member = line.cells["member"]
        if first.setdefault(member, line.number) != line.number:
            table.fault(line, "member", f"{member} stands in line {first[member]} already")
