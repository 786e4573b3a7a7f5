"""Rows of notices: the messages that are owed, each to one person through one channel."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from patrols.notices.lifecycle import NoticeState
from patrols.store.base import Base, one_of
from patrols.store.types import UtcDateTime, Word

EMAIL = "email"


class NoticeRecord(Base):
    """What a person is owed because of one version of a subject; the key lets it be owed once."""

    __tablename__ = "notices"
    __table_args__ = (
        one_of("state", NoticeState),
        UniqueConstraint("subject_kind", "subject_id", "version", "person", "channel"),
        Index(None, "state", "next_attempt_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[str] = mapped_column(String(100))
    version: Mapped[int]
    person: Mapped[str] = mapped_column(String(100), index=True)
    channel: Mapped[str] = mapped_column(String(32), default=EMAIL)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(500))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[NoticeState] = mapped_column(Word(NoticeState))
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(Text)
