from __future__ import annotations

from datetime import date
from pathlib import Path

from patrols.forces.records import MemberRecord, UnitRecord
from patrols.store.office import Office
from tests.patrols.procedures.imports.files import faults, rows, told


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
