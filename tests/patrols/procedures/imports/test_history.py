from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import select

from patrols.availability.records import WorkedRecord
from patrols.store.office import Office
from tests.patrols.procedures.imports.files import faults, told


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
