from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from patrols.availability.records import AbsenceRecord
from patrols.errors import Invalid, NotYourDuty, TandemError, UnknownMember, UnknownUnit
from patrols.journal.queries import entries
from patrols.procedures.sick_call import report_absence
from patrols.store.office import Office
from tests.people import MEMBER, PLANNER

DAY = timedelta(days=1)


def test_an_absence_is_kept_and_journalled_without_a_reason(brussels: Office) -> None:
    now = brussels.now()
    told = report_absence(brussels, PLANNER, unit_id="5339-A", starts_at=now, ends_at=now + DAY)
    with brussels.store.reading() as session:
        absence = session.get_one(AbsenceRecord, told)
    assert (absence.unit_id, absence.member_id, absence.ends_at) == ("5339-A", None, now + DAY)
    [entry] = entries(brussels, PLANNER, kind="absence")
    assert set(entry.after) == {"who", "from", "until"}


def test_members_report_themselves_and_nobody_else(brussels: Office) -> None:
    now = brussels.now()
    times: Any = {"starts_at": now, "ends_at": now + DAY}
    report_absence(brussels, MEMBER, member_id="P-5339-001", **times)
    with pytest.raises(NotYourDuty):
        report_absence(brussels, MEMBER, member_id="P-5339-002", **times)
    with pytest.raises(NotYourDuty):
        report_absence(brussels, MEMBER, unit_id="5339-A", **times)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"unit_id": "X-1"}, UnknownUnit),
        ({"member_id": "X-1"}, UnknownMember),
        ({}, Invalid),
        ({"unit_id": "5339-A", "member_id": "P-5339-001"}, Invalid),
        ({"unit_id": "5339-A", "hours": 0}, Invalid),
        ({"unit_id": "5339-A", "naive": True}, Invalid),
    ],
)
def test_an_absence_that_cannot_be_is_refused(
    brussels: Office, more: dict[str, Any], refusal: type[TandemError]
) -> None:
    more = dict(more)  # the next database is handed the same one
    starts_at = brussels.now()
    if more.pop("naive", False):
        starts_at = starts_at.replace(tzinfo=None)
    ends_at = starts_at + timedelta(hours=more.pop("hours", 8))
    with pytest.raises(refusal):
        report_absence(brussels, PLANNER, starts_at=starts_at, ends_at=ends_at, **more)
    assert entries(brussels, PLANNER, kind="absence") == ()
