"""The mark of a demo office: it lies with the invented people, so that they never part."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from patrols.store.base import Base
from patrols.store.types import UtcDateTime

THE_ONE = 1


class DemoMarkRecord(Base):
    """One row in a demo office, none in a real one."""

    __tablename__ = "demo_mark"
    __table_args__ = (CheckConstraint(f"id = {THE_ONE}", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    founded_at: Mapped[datetime] = mapped_column(UtcDateTime)


def is_marked(session: Session) -> bool:
    return session.get(DemoMarkRecord, THE_ONE) is not None


def mark(session: Session, at: datetime) -> None:
    session.add(DemoMarkRecord(id=THE_ONE, founded_at=at))
