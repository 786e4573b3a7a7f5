from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import func, select

from patrols.areas.records import CoverageRecord
from patrols.store.office import Office
from tests.patrols.procedures.imports.files import example, faults, told


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


def test_a_task_under_a_wrong_name_is_refused_lest_nobody_forbid_it(
    brussels: Office, tmp_path: Path
) -> None:
    text = (
        "area,shift,weekday,kind,number,need,minimum,target,maximum,tasks\n"
        "peterbos,late,fri,patrol,1,police,1,1,2,presence arrests\n"
    )
    [fault] = faults(brussels, tmp_path, "coverage", text)
    assert fault.startswith("line 2, tasks: 'arrests' is not known; allowed: alert-police, ")


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
