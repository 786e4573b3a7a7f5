"""Reads the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.journal.records import JournalRecord
from patrols.store.office import Office

MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One step that somebody took, at the office's wall clock."""

    at: datetime
    account_name: str
    step: str
    subject_kind: str
    subject_id: str
    reason: str
    before: Any
    after: Any


def entries(
    office: Office,
    actor: Actor,
    *,
    kind: str | None = None,
    subject: str | int | None = None,
    limit: int = MOST_ENTRIES,
) -> tuple[Entry, ...]:
    """The latest first; of one subject, of one kind of subject, or of all."""
    require(actor, "journal.entries")
    wanted = select(JournalRecord).order_by(JournalRecord.id.desc()).limit(limit)
    if kind is not None:
        wanted = wanted.where(JournalRecord.subject_kind == kind)
    if subject is not None:
        wanted = wanted.where(JournalRecord.subject_id == str(subject))
    with office.store.reading() as session:
        return tuple(_entry(office, record) for record in session.scalars(wanted))


def _entry(office: Office, record: JournalRecord) -> Entry:
    return Entry(
        at=office.local(record.at),
        account_name=record.account_name,
        step=record.step,
        subject_kind=record.subject_kind,
        subject_id=record.subject_id,
        reason=record.reason,
        before=record.before,
        after=record.after,
    )
