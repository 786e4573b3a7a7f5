"""Rows of runs: each attempt of the solver, its whole problem, and what it found on the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from patrols.runs.lifecycle import RunState
from patrols.store.base import Base, one_of
from patrols.store.types import FrozenJson, UtcDateTime, Word


class RunRecord(Base):
    """One attempt. `problem` is kept word for word, so that any roster can be computed again."""

    __tablename__ = "runs"
    __table_args__ = (one_of("state", RunState),)

    id: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(ForeignKey("rosters.id"), index=True)
    state: Mapped[RunState] = mapped_column(Word(RunState), index=True)
    problem: Mapped[str] = mapped_column(Text, deferred=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    seconds: Mapped[int]
    seed: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=0)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_as: Mapped[str | None] = mapped_column(String(32))
    outcome: Mapped[Any] = mapped_column(FrozenJson, nullable=True)
    error: Mapped[str | None] = mapped_column(Text)

    incumbents: Mapped[list[IncumbentRecord]] = relationship(
        cascade="all, delete-orphan", order_by="IncumbentRecord.number"
    )


class IncumbentRecord(Base):
    """A better roster or bound, as it came."""

    __tablename__ = "incumbents"
    __table_args__ = (UniqueConstraint("run_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    number: Mapped[int]
    level: Mapped[int]
    objective: Mapped[int | None]
    bound: Mapped[int | None]
    seconds: Mapped[float]
