from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from patrols.access.actor import Actor
from patrols.areas.records import CoverageRecord
from patrols.availability.records import AbsenceRecord, WorkedRecord
from patrols.errors import FaultyFile, NotAllowed
from patrols.forces.records import MemberRecord, UnitRecord
from patrols.journal.queries import entries
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
from tests.people import ADMINISTRATOR, PLANNER

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


def told(office: Office, folder: Path, name: str, text: str, actor: Actor = ADMINISTRATOR) -> Any:
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


@pytest.mark.parametrize("name", STEPS)
def test_the_example_of_the_manual_is_loaded_and_journalled(
    brussels: Office, tmp_path: Path, name: str
) -> None:
    done = told(brussels, tmp_path, name, example(name))
    assert done.rows > 0
    assert done.warnings == ()
    [entry] = entries(brussels, ADMINISTRATOR, kind="file")
    assert entry.step == f"imports.import_{name}"
    assert entry.after["rows"] == done.rows


@pytest.mark.parametrize("name", STEPS)
def test_loading_the_same_file_twice_makes_no_second_rows(
    brussels: Office, tmp_path: Path, name: str
) -> None:
    told(brussels, tmp_path, name, example(name))
    before = rows(brussels, name)
    told(brussels, tmp_path, name, example(name))
    assert rows(brussels, name) == before


@pytest.mark.parametrize("name", STEPS)
def test_a_spreadsheet_s_semicolons_and_byte_order_mark_are_understood(
    brussels: Office, tmp_path: Path, name: str
) -> None:
    text = "\ufeff" + example(name).replace(",", ";")
    assert told(brussels, tmp_path, name, text).rows > 0


@pytest.mark.parametrize("name", STEPS)
def test_a_planner_imports_nothing(brussels: Office, tmp_path: Path, name: str) -> None:
    with pytest.raises(NotAllowed):
        told(brussels, tmp_path, name, example(name), PLANNER)


@pytest.mark.parametrize("name", STEPS)
def test_a_file_with_other_columns_is_told_which_there_are(
    brussels: Office, tmp_path: Path, name: str
) -> None:
    found = faults(brussels, tmp_path, name, "who,reason\nM-0001,ill\n")
    assert "line 1: column reason is not known" in " ".join(found)
    assert all("columns: " in fault for fault in found)


@pytest.mark.parametrize("name", STEPS)
def test_an_empty_file_is_told_so(brussels: Office, tmp_path: Path, name: str) -> None:
    head = example(name).splitlines()[0]
    assert faults(brussels, tmp_path, name, f"{head}\n") == ("has no lines below its head",)
    assert "is missing" in faults(brussels, tmp_path, name, "")[0]


def test_a_file_that_is_not_there_or_no_text_is_told_so(brussels: Office, tmp_path: Path) -> None:
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\xff\xfe")
    for file in (tmp_path / "none.csv", tmp_path / "picture.csv"):
        with pytest.raises(FaultyFile, match="cannot be read"):
            import_absences(brussels, ADMINISTRATOR, file=file)


def test_all_faults_of_forces_are_told_with_their_lines(brussels: Office, tmp_path: Path) -> None:
    text = (
        "unit,force,service,home,smallest,member,languages,qualifications,consents\n"
        "X-1,navy,5341,peterbos,2,P-1,nl,,\n"
        "X-2,police,DEF,atlantis,3,P-2,tlh,flying:2027-01-01 weapon:soon,\n"
        "X-2,police,5341,atlantis,3,P-2,nl,weapon weapon,shorter-rest:2027-01-01:2026-01-01\n"
        "X-3,police,5341,peterbos,1,,nl,,longer-rest:2026-01-01:2027-01-01\n"
    )
    found = faults(brussels, tmp_path, "forces", text)
    areas = "bethleem, bonnevie, brussels-north, clemenceau, matonge, peterbos"
    assert f"line 3, home: 'atlantis' is not known; allowed: {areas}" in found
    assert sorted(fault.partition("; allowed")[0] for fault in found) == [
        "line 2, force: 'navy' is not known",
        "line 2, service: '5341' is not known",
        "line 2, smallest: '2' is not a whole number from 1 to 1",
        "line 3, home: 'atlantis' is not known",
        "line 3, languages: 'tlh' is not known",
        "line 3, qualifications: 'flying' is not known",
        "line 3, qualifications: 'soon' is not a day such as 2026-12-24",
        "line 3, service: 'DEF' is not known",
        "line 3, smallest: '3' is not a whole number from 1 to 2",
        "line 4, consents: 2026-01-01 must be after 2027-01-01",
        "line 4, member: P-2 stands in line 3 already",
        "line 4, qualifications: weapon stands twice",
        "line 4, service: differs from line 3 of the same unit",
        "line 5, consents: 'longer-rest' is not known",
        "line 5, member: is empty",
    ]


def test_a_known_unit_becomes_what_the_file_says_and_nobody_is_lost(
    brussels: Office, tmp_path: Path
) -> None:
    before = rows(brussels, "forces")
    told(
        brussels,
        tmp_path,
        "forces",
        "unit,force,service,home,smallest,member,languages,qualifications,areas\n"
        "5339-A,police,5339,bethleem,1,P-5339-001,nl,weapon:2027-05-01,bethleem matonge\n",
    )
    with brussels.store.reading() as session:
        unit = session.get_one(UnitRecord, "5339-A")
        member = session.get_one(MemberRecord, "P-5339-001")
        assert (unit.home_area_id, unit.smallest, len(unit.members)) == ("bethleem", 1, 2)
        assert [area.area_id for area in unit.areas] == ["bethleem", "matonge"]
        assert [(q.name, q.expires_on) for q in member.qualifications] == [
            ("weapon", date(2027, 5, 1))
        ]
    assert rows(brussels, "forces") == before


def test_a_member_moves_to_the_unit_that_the_file_names(brussels: Office, tmp_path: Path) -> None:
    told(
        brussels,
        tmp_path,
        "forces",
        "unit,force,service,home,smallest,member,languages,qualifications\n"
        "5339-Z,police,5339,matonge,1,P-5339-001,fr nl,police-lead\n",
    )
    with brussels.store.reading() as session:
        assert session.get_one(MemberRecord, "P-5339-001").unit_id == "5339-Z"


def test_a_day_means_its_midnight_in_brussels(brussels: Office, tmp_path: Path) -> None:
    told(brussels, tmp_path, "absences", "who,from,until\n5339-A,2026-12-14,2026-12-21\n")
    with brussels.store.reading() as session:
        absence = session.scalars(select(AbsenceRecord).order_by(AbsenceRecord.id)).all()[-1]
    assert absence.unit_id == "5339-A"
    assert absence.starts_at == datetime(2026, 12, 13, 23, tzinfo=UTC)
    assert absence.ends_at == datetime(2026, 12, 20, 23, tzinfo=UTC)


def test_all_faults_of_absences_are_told_with_their_lines(
    brussels: Office, tmp_path: Path
) -> None:
    text = (
        "who,from,until\n"
        "X-9,2026-12-14,2026-12-21\n"
        "\n"
        "5339-A,2026-12-21,2026-12-14\n"
        "5339-A,tomorrow,2026-12-14T06:00\n"
        "5339-A,2026-12-21\n"
    )
    wanted = "is not a moment with its offset, such as 2026-12-24T22:00+01:00, or a day"
    assert faults(brussels, tmp_path, "absences", text) == (
        "line 6: has 2 cells; the head has 3",
        "line 2, who: there is no unit or member 'X-9'",
        "line 4, until: must be after 2026-12-21",
        f"line 5, from: 'tomorrow' {wanted}",
        f"line 5, until: '2026-12-14T06:00' {wanted}",
        f"line 6, until: '' {wanted}",
    )


def test_coverage_replaces_the_areas_it_names_and_no_other(
    brussels: Office, tmp_path: Path
) -> None:
    def lines(area: str) -> int:
        with brussels.store.reading() as session:
            wanted = select(func.count()).where(CoverageRecord.area_id == area)
            return session.scalar(wanted) or 0

    elsewhere = lines("matonge")
    told(brussels, tmp_path, "coverage", example("coverage"))
    assert (lines("peterbos"), lines("matonge")) == (2, elsewhere)


def test_all_faults_of_coverage_are_told_with_their_lines(
    brussels: Office, tmp_path: Path
) -> None:
    text = (
        "area,shift,weekday,kind,number,need,minimum,target,maximum,counts,firm,place,requires\n"
        "peterbos,dawn,someday,parade,0,police,2,1,3,heads,maybe,nowhere,flying\n"
        "peterbos,late,fri,patrol,01,police,1,1,2,,,,\n"
        "peterbos,late,sat,patrol,1,police,1,1,2,,,,\n"
        "peterbos,late,sat,patrol,1,police,1,1,x,,,,weapon\n"
    )
    found = faults(brussels, tmp_path, "coverage", text)
    told_of = [re.split(": ", fault, maxsplit=1)[0] for fault in found]
    assert sorted(told_of) == [
        "line 2, counts",
        "line 2, firm",
        "line 2, kind",
        "line 2, minimum",
        "line 2, number",
        "line 2, place",
        "line 2, requires",
        "line 2, shift",
        "line 2, weekday",
        "line 3, number",
        "line 5, maximum",
        "line 5, minimum",
        "line 5, need",
        "line 5, requires",
    ]


def test_a_target_that_no_sum_of_teams_reaches_is_loaded_with_a_warning(
    brussels: Office, tmp_path: Path
) -> None:
    text = (
        "area,shift,weekday,kind,number,need,minimum,target,maximum,force,counts\n"
        "peterbos,late,fri,patrol,1,people,0,1,1,police,persons\n"
        "peterbos,late,sat,patrol,1,people,0,5,6,police,persons\n"
    )
    done = told(brussels, tmp_path, "coverage", text)
    assert done.rows == 2
    assert done.warnings == ("line 2, target: no sum of whole teams is 1 to 1 persons",)


def test_what_kind_of_time_was_worked_follows_from_the_times(
    brussels: Office, tmp_path: Path
) -> None:
    text = (
        "member,reports_at,starts_at,ends_at,released_at\n"
        "M-0001,2026-11-10T21:40+01:00,2026-11-10T22:00+01:00,2026-11-11T06:00+01:00,"
        "2026-11-11T06:10+01:00\n"
        "M-0001,2026-11-21T13:40+01:00,2026-11-21T14:00+01:00,2026-11-21T22:00+01:00,"
        "2026-11-21T22:10+01:00\n"
    )
    told(brussels, tmp_path, "history", text)
    with brussels.store.reading() as session:
        armistice, saturday = session.scalars(select(WorkedRecord).order_by(WorkedRecord.id))
    assert (armistice.night, armistice.weekend, armistice.holiday) == (True, False, True)
    assert (saturday.night, saturday.weekend, saturday.holiday) == (False, True, False)


def test_all_faults_of_history_are_told_with_their_lines(brussels: Office, tmp_path: Path) -> None:
    day = "2026-11-10T{}:00+01:00"
    good = ",".join(day.format(hour) for hour in ("08", "09", "15", "16"))
    late = ",".join(day.format(hour) for hour in ("12", "12", "15", "16"))
    wrong = ",".join(day.format(hour) for hour in ("09", "08", "15", "16"))
    text = (
        "member,reports_at,starts_at,ends_at,released_at,area,kind\n"
        f"M-0001,{good},,\n"
        f"M-0001,{late},atlantis,parade\n"
        f"M-9999,{wrong},,\n"
        "M-0001,2026-12-10,2026-12-11,2026-12-12,2026-12-13,,\n"
        f"M-0001,{late},,\n"
    )
    found = faults(brussels, tmp_path, "history", text)
    assert [re.split(": ", fault, maxsplit=1)[0] for fault in found] == [
        "line 3, area",
        "line 3, kind",
        "line 4, member",
        "line 4, reports_at",
        "line 5, released_at",
        "line 6, reports_at",
    ]
