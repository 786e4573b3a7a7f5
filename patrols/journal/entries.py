"""Writes the journal, in the transaction of the step that it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from patrols.access.actor import Actor
from patrols.journal.records import JournalRecord


def enter(
    session: Session,
    *,
    at: datetime,
    actor: Actor,
    step: str,
    kind: str,
    subject: str | int,
    reason: str = "",
    before: Any = None,
    after: Any = None,
) -> None:
    """`subject` is an id of that `kind`; `before` and `after` are what JSON can hold."""
    session.add(
        JournalRecord(
            at=at,
            account_id=actor.account_id,
            account_name=actor.name,
            step=step,
            subject_kind=kind,
            subject_id=str(subject),
            reason=reason,
            before=before,
            after=after,
        )
    )
