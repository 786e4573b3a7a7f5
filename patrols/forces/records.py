"""Services, units and members, under numbers and never names of persons."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from patrols.store.base import Base, Reviewed, one_of
from patrols.store.types import FrozenJson, Word
from scheduler.forces import Force


class UnitAreaKind(StrEnum):
    """What an area is to a unit: where alone it may serve, or where it knows its way."""

    AUTHORISED = "authorised"
    FAMILIAR = "familiar"


class ServiceRecord(Base):
    """Who lends units: a police zone, a federal service, or Defence."""

    __tablename__ = "services"
    __table_args__ = (one_of("force", Force),)

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    force: Mapped[Force] = mapped_column(Word(Force))
    names: Mapped[Any] = mapped_column(FrozenJson)


class QualificationKindRecord(Base):
    """A thing that a member may be qualified for; `valid_days` from one test to the next."""

    __tablename__ = "qualification_kinds"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    names: Mapped[Any] = mapped_column(FrozenJson)
    forces: Mapped[Any] = mapped_column(FrozenJson)
    valid_days: Mapped[int | None]
    confidence: Mapped[str] = mapped_column(String(2))


class UnitRecord(Reviewed):
    """The smallest group rostered together; `smallest` present members and it goes out."""

    __tablename__ = "units"
    __table_args__ = (
        one_of("force", Force),
        CheckConstraint("smallest >= 1", name="smallest_positive"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("services.id"))
    force: Mapped[Force] = mapped_column(Word(Force))
    name: Mapped[str] = mapped_column(String(64))
    contract: Mapped[str] = mapped_column(String(64), default="")
    home_area_id: Mapped[str] = mapped_column(ForeignKey("areas.id"), index=True)
    smallest: Mapped[int]
    fictional: Mapped[bool] = mapped_column(default=False)

    members: Mapped[list[MemberRecord]] = relationship(
        cascade="all, delete-orphan", order_by="MemberRecord.id"
    )
    areas: Mapped[list[UnitAreaRecord]] = relationship(
        cascade="all, delete-orphan", order_by="UnitAreaRecord.area_id"
    )


class UnitAreaRecord(Base):
    __tablename__ = "unit_areas"
    __table_args__ = (one_of("kind", UnitAreaKind),)

    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("areas.id"), primary_key=True)
    kind: Mapped[UnitAreaKind] = mapped_column(Word(UnitAreaKind), primary_key=True)


class MemberRecord(Base):
    """One person, under a service number."""

    __tablename__ = "members"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), index=True)
    languages: Mapped[Any] = mapped_column(FrozenJson)

    qualifications: Mapped[list[QualificationRecord]] = relationship(
        cascade="all, delete-orphan", order_by="QualificationRecord.name"
    )
    consents: Mapped[list[ConsentRecord]] = relationship(
        cascade="all, delete-orphan", order_by="ConsentRecord.from_day"
    )


class QualificationRecord(Base):
    """Held until 00:00 local of `expires_on`; without that day, for good."""

    __tablename__ = "qualifications"

    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"), primary_key=True)
    name: Mapped[str] = mapped_column(ForeignKey("qualification_kinds.id"), primary_key=True)
    expires_on: Mapped[date | None]


class ConsentRecord(Base):
    """A member agrees, from 00:00 of `from_day` until 00:00 of `until_day`."""

    __tablename__ = "consents"
    __table_args__ = (CheckConstraint("until_day > from_day", name="days_ordered"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    from_day: Mapped[date]
    until_day: Mapped[date]
