"""Frameworks and mandates, as they were decided; none of it is ever changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from patrols.store.base import Base
from patrols.store.types import FrozenJson, UtcDateTime


class FrameworkRecord(Base):
    """A dated set of rules and preferences, imported once; `content` is the file's digest.

    From its first minute it takes the place of the framework that it `replaces`.
    """

    __tablename__ = "frameworks"
    __table_args__ = (CheckConstraint("valid_to > valid_from", name="validity_ordered"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    titles: Mapped[Any] = mapped_column(FrozenJson)
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaces: Mapped[str | None] = mapped_column(ForeignKey("frameworks.id"))
    sources: Mapped[Any] = mapped_column(FrozenJson)
    confidence: Mapped[str] = mapped_column(String(2))
    content: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)

    rules: Mapped[list[RuleRecord]] = relationship(
        cascade="all, delete-orphan", order_by="RuleRecord.position"
    )
    preferences: Mapped[list[PreferenceRecord]] = relationship(
        cascade="all, delete-orphan", order_by="PreferenceRecord.position"
    )


class RuleRecord(Base):
    """A rule in force: its code, its numbers, whom it is for, its source, who may relax it."""

    __tablename__ = "rules_in_force"
    __table_args__ = (UniqueConstraint("framework_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[str] = mapped_column(ForeignKey("frameworks.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(64))
    parameters: Mapped[Any] = mapped_column(FrozenJson)
    scope: Mapped[Any] = mapped_column(FrozenJson)
    source: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(String(2))
    relaxable_by: Mapped[Any] = mapped_column(FrozenJson)
    note: Mapped[Any] = mapped_column(FrozenJson, nullable=True)


class PreferenceRecord(Base):
    """A wish: its level (1 is satisfied first) and its weight within it."""

    __tablename__ = "preferences_in_force"
    __table_args__ = (
        UniqueConstraint("framework_id", "position"),
        CheckConstraint("level >= 1", name="level_positive"),
        CheckConstraint("weight >= 0", name="weight_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[str] = mapped_column(ForeignKey("frameworks.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(64))
    level: Mapped[int]
    weight: Mapped[int]
    parameters: Mapped[Any] = mapped_column(FrozenJson)


class MandateRecord(Base):
    """The dated decision that lets soldiers be deployed: where, when, and how many."""

    __tablename__ = "mandates"
    __table_args__ = (
        CheckConstraint("valid_to > valid_from", name="validity_ordered"),
        CheckConstraint("cap >= 0", name="cap_positive"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    city_id: Mapped[str] = mapped_column(ForeignKey("cities.id"), index=True)
    titles: Mapped[Any] = mapped_column(FrozenJson)
    authority: Mapped[Any] = mapped_column(FrozenJson)
    legal_basis: Mapped[Any] = mapped_column(FrozenJson)
    areas: Mapped[Any] = mapped_column(FrozenJson)
    hours: Mapped[Any] = mapped_column(FrozenJson)
    cap: Mapped[int]
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_to: Mapped[datetime] = mapped_column(UtcDateTime)
    fictional: Mapped[bool]
    sources: Mapped[Any] = mapped_column(FrozenJson)
    confidence: Mapped[str] = mapped_column(String(2))
    content: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
