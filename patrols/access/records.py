"""Accounts, their roles, the areas that commanders answer for, and sign-ins that failed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from patrols.access.actor import RoleName
from patrols.store.base import Base, Reviewed, one_of
from patrols.store.types import FrozenJson, UtcDateTime, Word


class AccountRecord(Reviewed):
    """Somebody who signs in; a unit's member is linked by service number."""

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("language IN ('en', 'nl', 'fr', 'de')", name="language_known"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=lambda: str(uuid4()))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(
        String(64), unique=True, default=lambda: uuid4().hex
    )
    language: Mapped[str] = mapped_column(String(2))
    member_id: Mapped[str | None] = mapped_column(ForeignKey("members.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    roles: Mapped[list[AccountRole]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="AccountRole.role"
    )
    commands: Mapped[list[AccountArea]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="AccountArea.area_id"
    )


class AccountRole(Base):
    __tablename__ = "account_roles"
    __table_args__ = (one_of("role", RoleName),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[RoleName] = mapped_column(Word(RoleName), primary_key=True)


class AccountArea(Base):
    """A commander answers for an area."""

    __tablename__ = "account_areas"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("areas.id"), primary_key=True)


class FailedSignIns(Base):
    """Those that still count for one subject: a digest of a client address, or of that and an
    account; `failed_at` in seconds since 1970.
    """

    __tablename__ = "failed_sign_ins"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    failed_at: Mapped[Any] = mapped_column(FrozenJson)
    forgotten_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
