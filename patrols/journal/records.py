"""Journal entries, which are only ever added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from patrols.store.base import Base
from patrols.store.types import FrozenJson, UtcDateTime


class JournalClosed(RuntimeError):
    """Code tried to change or remove an entry: a bug of ours, never a user's fault."""


class JournalRecord(Base):
    """One step that somebody took; the name stays as it was on that day."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_subject", "subject_kind", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[str] = mapped_column(String(36))
    account_name: Mapped[str] = mapped_column(String(120))
    step: Mapped[str] = mapped_column(String(64))
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[Any] = mapped_column(FrozenJson, nullable=True)
    after: Mapped[Any] = mapped_column(FrozenJson, nullable=True)


def _refuse(_mapper: Mapper[Any], _connection: Any, entry: JournalRecord) -> None:
    raise JournalClosed(f"journal entry {entry.id} stays as it was written")


event.listen(JournalRecord, "before_update", _refuse)
event.listen(JournalRecord, "before_delete", _refuse)
