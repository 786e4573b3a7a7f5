from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from patrols.errors import NotAllowed
from patrols.journal.entries import enter
from patrols.journal.queries import entries
from patrols.journal.records import JournalClosed, JournalRecord
from patrols.store.office import Office
from tests.databases import DrivenClock
from tests.people import COMMANDER, MEMBER, PLANNER


@pytest.fixture
def written(office: Office, clock: DrivenClock) -> Office:
    for roster, reason in ((1, ""), (2, ""), (1, "two nights too many")):
        with office.store.transaction() as work:
            enter(
                work.session,
                at=office.now(),
                actor=PLANNER,
                step="weekly_roster.send_back",
                kind="roster",
                subject=roster,
                reason=reason,
                before={"state": "submitted"},
                after={"state": "draft"},
            )
        clock.move(timedelta(minutes=1))
    return office


def test_the_latest_entry_of_a_subject_comes_first_at_local_time(written: Office) -> None:
    first, second = entries(written, COMMANDER, kind="roster", subject=1)
    assert (first.reason, second.reason) == ("two nights too many", "")
    assert first.at.isoformat() == "2026-11-25T09:02:00+01:00"
    assert first.account_name == PLANNER.name
    assert first.before == {"state": "submitted"}


def test_members_do_not_read_the_journal(written: Office) -> None:
    with pytest.raises(NotAllowed):
        entries(written, MEMBER)


def test_code_cannot_change_an_entry(written: Office) -> None:
    with pytest.raises(JournalClosed), written.store.transaction() as work:
        work.session.query(JournalRecord).first().reason = "another"  # type: ignore[union-attr]


def test_code_cannot_remove_an_entry(written: Office) -> None:
    with pytest.raises(JournalClosed), written.store.transaction() as work:
        work.session.delete(work.session.query(JournalRecord).first())


@pytest.mark.parametrize("statement", ["UPDATE journal SET reason = 'x'", "DELETE FROM journal"])
def test_the_database_refuses_too(written: Office, statement: str) -> None:
    with (
        pytest.raises(DBAPIError, match="journal_only_grows"),
        written.store.transaction() as work,
    ):
        work.session.execute(text(statement))
    assert len(entries(written, PLANNER)) == 3
