"""Absences, and work as it was done: before this office kept the rosters, or unlike them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from patrols.store.base import Base, Reviewed, one_of
from patrols.store.types import UtcDateTime, Word
from scheduler.forces import DutyKind


class AbsenceRecord(Reviewed):
    """A whole unit or one member is away. Why is nobody's business: there is no such field."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (member_id IS NULL)", name="unit_or_member"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_absences_ends_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("units.id"))
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WorkedRecord(Base):
    """What a member worked outside the rosters kept here, or otherwise than they planned."""

    __tablename__ = "worked"
    __table_args__ = (
        UniqueConstraint("member_id", "reports_at"),
        CheckConstraint(
            "reports_at <= starts_at AND starts_at < ends_at AND ends_at <= released_at",
            name="times_ordered",
        ),
        one_of("kind", DutyKind),
        Index("ix_worked_released_at", "released_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    area_id: Mapped[str | None] = mapped_column(ForeignKey("areas.id"))
    kind: Mapped[DutyKind] = mapped_column(Word(DutyKind))
    reports_at: Mapped[datetime] = mapped_column(UtcDateTime)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime] = mapped_column(UtcDateTime)
    night: Mapped[bool]
    weekend: Mapped[bool]
    holiday: Mapped[bool]
    overran: Mapped[bool] = mapped_column(default=False)
