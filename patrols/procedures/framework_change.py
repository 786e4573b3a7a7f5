"""Another framework or mandate comes into force: imported once, never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.areas.records import AreaRecord
from patrols.engagement.faults import Known, faults_of
from patrols.engagement.file import FrameworkFile
from patrols.engagement.records import FrameworkRecord, MandateRecord
from patrols.engagement.rows import framework_row, mandate_row
from patrols.errors import FaultyFile
from patrols.forces.records import UnitRecord
from patrols.journal.entries import enter
from patrols.store.office import Office

STEP = "framework_change.import_frameworks"


def import_frameworks(
    office: Office, actor: Actor, *, files: Mapping[str, FrameworkFile], monday: date
) -> tuple[str, ...]:
    """`files` by name; gives the ids that are new. What is known with the same content stays.

    `monday` is the day from which fictional mandates count. Raises `FaultyFile` with every fault
    of all files, and then nothing is imported.
    """
    require(actor, STEP)
    with office.store.transaction() as work:
        faults = list(_faults(work.session, office, files))
        if faults:
            raise FaultyFile(", ".join(files), faults)
        new = [file for file in files.values() if _stored(work.session, file) is None]
        for file in _replaced_first(new):
            _add(work.session, office, actor, file, monday)
        return tuple(file.id for file in new)


def _faults(session: Session, office: Office, files: Mapping[str, FrameworkFile]) -> Iterator[str]:
    known = _known(session, office, files.values())
    for name, times in Counter(file.id for file in files.values()).items():
        if times > 1:
            yield f"id: {name} stands in {times} files; keep one"
    for where, file in files.items():
        stored = _stored(session, file)
        if stored is None:
            yield from (f"{where}: {fault}" for fault in faults_of(file, known))
        elif stored != file.digest():
            yield (
                f"{where}: id: {file.id} is known with other content; what is in force is "
                f'never changed, so give the new content a new id and replaces = "{file.id}"'
            )


def _stored(session: Session, file: FrameworkFile) -> str | None:
    """The digest under which the file's framework or mandate is known."""
    if file.mandate:
        mandate = session.get(MandateRecord, file.mandate.id)
        return mandate.content if mandate else None
    framework = session.get(FrameworkRecord, file.id)
    return framework.content if framework else None


def _known(session: Session, office: Office, files: Iterable[FrameworkFile]) -> Known:
    areas: dict[str, set[str]] = {}
    for area, city in session.execute(select(AreaRecord.id, AreaRecord.city_id)):
        areas.setdefault(city, set()).add(area)
    stored = session.execute(select(FrameworkRecord.id, FrameworkRecord.valid_from))
    return Known(
        areas={city: frozenset(of_city) for city, of_city in areas.items()},
        units=frozenset(session.scalars(select(UnitRecord.id))),
        frameworks={
            **{file.id: file.valid_from for file in files},
            **{id_: office.local(first).date() for id_, first in stored},
        },
    )


def _replaced_first(files: Iterable[FrameworkFile]) -> list[FrameworkFile]:
    return sorted(files, key=lambda file: (file.valid_from, file.id))


def _add(
    session: Session, office: Office, actor: Actor, file: FrameworkFile, monday: date
) -> None:
    now = office.now()
    if file.mandate:
        session.add(mandate_row(file, file.mandate, office.timezone, now, monday))
    else:
        row = framework_row(file, office.timezone, now)
        session.add(row)
        _end_replaced(session, row)
    session.flush()
    enter(
        session,
        at=now,
        actor=actor,
        step=STEP,
        kind="mandate" if file.mandate else "framework",
        subject=file.mandate.id if file.mandate else file.id,
        after={"content": file.digest(), "replaces": file.replaces},
    )


def _end_replaced(session: Session, row: FrameworkRecord) -> None:
    """What is replaced holds until the first minute of what replaces it, if not shorter."""
    replaced = session.get(FrameworkRecord, row.replaces) if row.replaces else None
    if replaced is not None and (replaced.valid_to is None or replaced.valid_to > row.valid_from):
        replaced.valid_to = row.valid_from
