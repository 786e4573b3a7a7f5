from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from patrols.errors import (
    DoubleBooked,
)
from patrols.rosters.records import AssignmentRecord
from patrols.store.office import Office
from tests.patrols import story

MONDAY_EARLY = "2026-W49-brussels-north-mon-early-1"
TUESDAY_EARLY = "2026-W49-brussels-north-tue-early-1"
MONDAY_LATE = "2026-W49-brussels-north-mon-late-1"


def test_the_database_itself_refuses_a_double_booking(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.staffed(brussels, roster_id, MONDAY_EARLY)
    story.brought_out(brussels, roster_id)
    with brussels.store.reading() as session:
        live = session.scalar(select(AssignmentRecord).where(AssignmentRecord.live))
    assert live is not None

    def again(starts_after: timedelta) -> AssignmentRecord:
        return AssignmentRecord(
            roster_id=roster_id,
            unit_id=unit,
            duty_id=TUESDAY_EARLY,
            live=True,
            since=1,
            reports_at=live.reports_at + starts_after,
            released_at=live.released_at + starts_after,
        )

    with (
        pytest.raises(IntegrityError, match="no_double_booking"),
        brussels.store.transaction() as work,
    ):
        work.session.add(again(timedelta(hours=1)))
    with brussels.store.transaction() as work:
        work.session.add(again(live.released_at - live.reports_at))


def test_a_unit_that_is_live_elsewhere_is_named_when_publishing(brussels: Office) -> None:
    """Two rosters that no rule compares: only the database sees both."""
    first = story.a_draft(brussels)
    unit = story.staffed(brussels, first, MONDAY_EARLY)
    second = story.a_draft(brussels, "2026-W50")
    with brussels.store.transaction() as work:
        duty = work.session.scalar(select(AssignmentRecord))
        assert duty is not None
        work.session.add(
            AssignmentRecord(
                roster_id=second,
                unit_id=unit,
                duty_id="2026-W50-brussels-north-mon-early-1",
                live=True,
                since=1,
                reports_at=duty.reports_at,
                released_at=duty.released_at,
            )
        )
    story.submit(brussels, first)
    story.sign_all(brussels, first)
    with pytest.raises(DoubleBooked):
        story.publish(brussels, first)
    with brussels.store.transaction() as work:
        work.session.execute(delete(AssignmentRecord).where(AssignmentRecord.roster_id == second))
    story.publish(brussels, first)
