from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from patrols.availability.records import AbsenceRecord
from patrols.store.office import Office
from tests.patrols.procedures.imports.files import faults, told


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
