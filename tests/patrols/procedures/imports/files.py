"""Files as people bring them, told to the office of Brussels."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from patrols.access.actor import Actor
from patrols.areas.records import CoverageRecord
from patrols.availability.records import AbsenceRecord, WorkedRecord
from patrols.errors import FaultyFile
from patrols.forces.records import MemberRecord
from patrols.procedures.imports import (
    Imported,
    import_absences,
    import_coverage,
    import_forces,
    import_history,
)
from patrols.store.base import Base
from patrols.store.office import Office
from tests.architecture.sources import ROOT
from tests.people import ADMINISTRATOR

Import = Callable[..., Imported]
STEPS: dict[str, tuple[Import, type[Base]]] = {
    "forces": (import_forces, MemberRecord),
    "absences": (import_absences, AbsenceRecord),
    "coverage": (import_coverage, CoverageRecord),
    "history": (import_history, WorkedRecord),
}


def example(name: str) -> str:
    page = (ROOT / "docs" / "formats" / f"{name}.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    return str(block)


def told(
    office: Office, folder: Path, name: str, text: str, actor: Actor = ADMINISTRATOR
) -> Imported:
    file = folder / f"{name}.csv"
    file.write_text(text, encoding="utf-8")
    return STEPS[name][0](office, actor, file=file)


def faults(office: Office, folder: Path, name: str, text: str) -> tuple[str, ...]:
    before = rows(office, name)
    with pytest.raises(FaultyFile) as refused:
        told(office, folder, name, text)
    assert rows(office, name) == before
    return refused.value.faults


def rows(office: Office, name: str) -> int:
    with office.store.reading() as session:
        return session.scalar(select(func.count()).select_from(STEPS[name][1])) or 0
