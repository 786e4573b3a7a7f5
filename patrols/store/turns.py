"""Rows that say when a recurring job last had its turn: one named row each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from patrols.store.base import Base
from patrols.store.types import UtcDateTime


class TurnRecord(Base):
    """Whoever moves the row has the turn; a second process finds it moved and does nothing."""

    __tablename__ = "turns"

    job: Mapped[str] = mapped_column(String(64), primary_key=True)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
