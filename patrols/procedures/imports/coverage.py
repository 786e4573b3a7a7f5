"""The coverage template from a file: what each week asks for, one line for each need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.areas.records import (
    AreaRecord,
    CoverageRecord,
    ProtectedPlaceRecord,
    ShiftRecord,
    TaskKindRecord,
)
from patrols.forces.records import QualificationKindRecord, UnitRecord
from patrols.procedures.imports.table import Imported, Line, Table
from patrols.rosters.expansion import WEEKDAYS
from patrols.store.office import Office
from scheduler.duties import Count
from scheduler.forces import DutyKind, Force

STEP = "imports.import_coverage"
OF_DUTY = ("area", "shift", "weekday", "kind", "number")
COLUMNS = (*OF_DUTY, "need", "minimum", "target", "maximum")
OPTIONAL = ("priority", "place", "requires", "force", "counts", "qualification", "firm", "tasks")
MOST_TEAMS, MOST_DUTIES, HIGHEST_PRIORITY = 50, 50, 1000

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a line may name, and how large the units are."""

    areas: dict[str, int]
    shifts: frozenset[str]
    places: dict[str, frozenset[str]]
    qualifications: frozenset[str]
    tasks: frozenset[str]
    sizes: dict[Force, tuple[int, ...]]


def import_coverage(office: Office, actor: Actor, *, file: Path) -> Imported:
    """Every area in the file gets exactly the file's duties; other areas keep theirs.

    Weeks whose duties are already made keep them.
    """
    require(actor, STEP)
    table = Table(file, COLUMNS, OPTIONAL)
    with office.store.transaction() as work:
        known = _known(work.session)
        duties = list(_duties(table, known))
        table.refuse_if_faulty()
        areas = {duty.area_id for duty in duties}
        work.session.execute(delete(CoverageRecord).where(CoverageRecord.area_id.in_(areas)))
        work.session.add_all(duties)
        table.tell(work.session, office, actor, STEP, len(duties))
        return Imported(len(table.lines), len(duties), tuple(_unreachable(table, known)))


def _known(session: Session) -> Known:
    units = session.scalars(select(UnitRecord).options(selectinload(UnitRecord.members))).all()
    areas = {row.id: row.priority for row in session.scalars(select(AreaRecord))}
    places = session.scalars(select(ProtectedPlaceRecord)).all()
    return Known(
        areas=areas,
        shifts=frozenset(session.scalars(select(ShiftRecord.id))),
        places={a: frozenset(place.id for place in places if place.area_id == a) for a in areas},
        qualifications=frozenset(session.scalars(select(QualificationKindRecord.id))),
        tasks=frozenset(session.scalars(select(TaskKindRecord.id))),
        sizes={
            force: tuple(len(unit.members) for unit in units if unit.force == force)
            for force in Force
        },
    )


def _duties(table: Table, known: Known) -> Iterator[CoverageRecord]:
    lines: dict[Key, list[Line]] = {}
    for line in table.lines:
        lines.setdefault(tuple(line.cells[column] for column in OF_DUTY), []).append(line)
    for of_duty in lines.values():
        _refuse_differences(table, of_duty)
        yield _duty(table, of_duty, known)


def _refuse_differences(table: Table, lines: list[Line]) -> None:
    first, *others = lines
    for line in others:
        for column in ("priority", "place", "requires"):
            if line.cells.get(column) != first.cells.get(column):
                table.fault(line, column, f"differs from line {first.number} of the same duty")
    seen: dict[str, int] = {}
    for line in lines:
        need = line.cells["need"]
        if seen.setdefault(need, line.number) != line.number:
            table.fault(line, "need", f"{need} stands in line {seen[need]} already")


def _duty(table: Table, lines: list[Line], known: Known) -> CoverageRecord:
    line = lines[0]
    area = table.one_of(line, "area", known.areas)
    weekday = table.one_of(line, "weekday", WEEKDAYS)
    own_priority = bool(line.cells.get("priority"))
    return CoverageRecord(
        area_id=area,
        shift_id=table.one_of(line, "shift", known.shifts),
        weekday=WEEKDAYS.index(weekday) if weekday in WEEKDAYS else 0,
        kind=table.one_of(line, "kind", tuple(DutyKind)),
        number=table.whole(line, "number", 1, MOST_DUTIES),
        pattern="",
        needs=[_need(table, of_need, known) for of_need in lines],
        requires=list(_requires(table, line, known)),
        priority=table.whole(line, "priority", 0, HIGHEST_PRIORITY)
        if own_priority
        else known.areas.get(area, 1),
        protected_place_id=table.maybe_one_of(line, "place", known.places.get(area, ())),
    )


def _need(table: Table, line: Line, known: Known) -> dict[str, Any]:
    least, target, most = (
        table.whole(line, column, 0, MOST_TEAMS) for column in ("minimum", "target", "maximum")
    )
    if not least <= target <= most:
        table.fault(line, "minimum", "minimum <= target <= maximum must hold")
    said = {
        "id": table.text(line, "need"),
        "minimum": least,
        "target": target,
        "maximum": most,
        "force": table.maybe_one_of(line, "force", tuple(Force)),
        "counts": table.one_of(line, "counts", tuple(Count), default=Count.TEAMS),
        "qualification": table.maybe_one_of(line, "qualification", known.qualifications),
        "firm": table.yes(line, "firm"),
        "tasks": list(_tasks(table, line, known)),
    }
    return {key: value for key, value in said.items() if value is not None}


def _tasks(table: Table, line: Line, known: Known) -> Iterator[str]:
    """A task under a wrong name would not be forbidden to anybody."""
    for task in line.cells.get("tasks", "").split():
        if task not in known.tasks:
            allowed = ", ".join(sorted(known.tasks))
            table.fault(line, "tasks", f"{task!r} is not known; allowed: {allowed}")
        yield task


def _requires(table: Table, line: Line, known: Known) -> Iterator[dict[str, str]]:
    """`astrid-radio:police female-searcher`: a qualification, and of which force if it matters."""
    for word in line.cells.get("requires", "").split():
        name, _, force = word.partition(":")
        if name not in known.qualifications or (force and force not in tuple(Force)):
            allowed = ", ".join(sorted(known.qualifications))
            table.fault(line, "requires", f"{word!r} is not known; allowed: {allowed}")
        yield {"qualification": name, "force": force} if force else {"qualification": name}


def _unreachable(table: Table, known: Known) -> Iterator[str]:
    """Targets in persons that no sum of whole teams reaches without going past the maximum."""
    for line in table.lines:
        force = line.cells.get("force")
        if line.cells.get("counts") != Count.PERSONS or line.cells.get("qualification"):
            continue
        sizes = known.sizes[Force(force)] if force else sum(known.sizes.values(), ())
        target, most = int(line.cells["target"]), int(line.cells["maximum"])
        if not any(target <= total <= most for total in _sums(sizes, most)):
            yield (
                f"line {line.number}, target: no sum of whole teams is {target} to {most} persons"
            )


def _sums(sizes: Iterable[int], most: int) -> set[int]:
    sums = {0}
    for size in sizes:
        sums |= {total + size for total in sums if total + size <= most}
    return sums
