"""Rows of rosters: duties, versions of a week, assignments, sign-offs, acknowledgements."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from patrols.rosters.lifecycle import OPEN, RosterState
from patrols.store.base import Base, one_of
from patrols.store.types import FrozenJson, UtcDateTime, Word
from scheduler.forces import DutyKind
from scheduler.roster import Role

_OPEN = text("state IN (" + ", ".join(f"'{state}'" for state in sorted(OPEN)) + ")")
_PUBLISHED = text(f"state = '{RosterState.PUBLISHED}'")


class DutyRecord(Base):
    """A duty of one week, made from the coverage template; its name never changes."""

    __tablename__ = "duties"
    __table_args__ = (
        one_of("kind", DutyKind),
        CheckConstraint(
            "reports_at <= starts_at AND starts_at < ends_at AND ends_at <= released_at",
            name="moments_in_order",
        ),
        Index(None, "city", "week"),
        Index(None, "starts_at"),
    )

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    city: Mapped[str] = mapped_column(String(50))
    week: Mapped[str] = mapped_column(String(8))
    area: Mapped[str] = mapped_column(ForeignKey("areas.id"))
    kind: Mapped[DutyKind] = mapped_column(Word(DutyKind))
    shift: Mapped[str] = mapped_column(String(50))
    number: Mapped[int]
    reports_at: Mapped[datetime] = mapped_column(UtcDateTime)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime] = mapped_column(UtcDateTime)
    needs: Mapped[tuple[Any, ...]] = mapped_column(FrozenJson)
    requires: Mapped[tuple[Any, ...]] = mapped_column(FrozenJson)
    priority: Mapped[int]
    night: Mapped[bool]
    weekend: Mapped[bool]
    holiday: Mapped[bool]
    protected_place: Mapped[str | None] = mapped_column(String(100))


class RosterRecord(Base):
    """One version of a week's roster. `authors` are all who shaped it: none of them signs it.

    `row_version` moves with every change, and a change names the one it was decided upon.
    """

    __tablename__ = "rosters"
    __table_args__ = (
        one_of("state", RosterState),
        UniqueConstraint("city", "week", "number"),
        Index(
            "one_open_roster",
            "city",
            "week",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "one_published_roster",
            "city",
            "week",
            unique=True,
            sqlite_where=_PUBLISHED,
            postgresql_where=_PUBLISHED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    city: Mapped[str] = mapped_column(String(50))
    week: Mapped[str] = mapped_column(String(8))
    number: Mapped[int]
    state: Mapped[RosterState] = mapped_column(Word(RosterState))
    author_id: Mapped[str] = mapped_column(String(64))
    author: Mapped[str] = mapped_column(String(200))
    authors: Mapped[tuple[str, ...]] = mapped_column(FrozenJson)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by: Mapped[str | None] = mapped_column(String(200))
    frameworks: Mapped[tuple[str, ...]] = mapped_column(FrozenJson, default=())
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("rosters.id"))
    row_version: Mapped[int] = mapped_column(default=1)

    assignments: Mapped[list[AssignmentRecord]] = relationship(
        back_populates="roster",
        cascade="all, delete-orphan",
        order_by="(AssignmentRecord.duty_id, AssignmentRecord.unit_id)",
    )
    sign_offs: Mapped[list[SignOffRecord]] = relationship(cascade="all, delete-orphan")

    # Counted by hand: an edit changes assignments, which no column of this row would show.


class AssignmentRecord(Base):
    """A unit on a duty. `live` while its roster is the published one of the week.

    `since` is the version in which it came as it is: who confirmed that need not confirm again.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("roster_id", "unit_id", "duty_id"),
        Index(None, "unit_id", "live"),
        Index(None, "duty_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"))
    duty_id: Mapped[str] = mapped_column(ForeignKey("duties.id"))
    role: Mapped[Role | None] = mapped_column(Word(Role))
    pinned: Mapped[bool] = mapped_column(default=False)
    live: Mapped[bool] = mapped_column(default=False)
    since: Mapped[int] = mapped_column(default=1)
    reports_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime] = mapped_column(UtcDateTime)

    roster: Mapped[RosterRecord] = relationship(back_populates="assignments")
    duty: Mapped[DutyRecord] = relationship()


class SignOffRecord(Base):
    """One part signed: an area, or `defence`. It falls when the roster changes afterwards."""

    __tablename__ = "sign_offs"
    __table_args__ = (UniqueConstraint("roster_id", "part", "signed_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"))
    part: Mapped[str] = mapped_column(String(50))
    account_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_version: Mapped[int]


class AcknowledgementRecord(Base):
    """A member has read a published duty, as it stood in that version."""

    __tablename__ = "acknowledgements"
    __table_args__ = (UniqueConstraint("member_id", "duty_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    duty_id: Mapped[str] = mapped_column(ForeignKey("duties.id"), index=True)
    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
