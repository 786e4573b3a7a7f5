"""Where patrols go: reference data that people may amend."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from patrols.store.base import Base, Reviewed, one_of
from patrols.store.types import FrozenJson, Word
from scheduler.forces import DutyKind


class CityRecord(Base):
    __tablename__ = "cities"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    names: Mapped[Any] = mapped_column(FrozenJson)
    languages: Mapped[Any] = mapped_column(FrozenJson)
    latitude: Mapped[float]
    longitude: Mapped[float]
    confidence: Mapped[str] = mapped_column(String(2))


class PoliceZoneRecord(Base):
    """A local police zone; `valid_to` is empty until its end is decided."""

    __tablename__ = "police_zones"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    city_id: Mapped[str] = mapped_column(ForeignKey("cities.id"))
    names: Mapped[Any] = mapped_column(FrozenJson)
    municipalities: Mapped[Any] = mapped_column(FrozenJson)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    confidence: Mapped[str] = mapped_column(String(2))
    note: Mapped[str] = mapped_column(Text, default="")


class AreaRecord(Reviewed):
    """A patrol area; `polygon` is one closed ring of longitude and latitude."""

    __tablename__ = "areas"
    __table_args__ = (CheckConstraint("priority BETWEEN 0 AND 1000", name="priority_range"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    city_id: Mapped[str] = mapped_column(ForeignKey("cities.id"))
    zone_code: Mapped[str] = mapped_column(ForeignKey("police_zones.code"))
    names: Mapped[Any] = mapped_column(FrozenJson)
    services: Mapped[Any] = mapped_column(FrozenJson)
    municipalities: Mapped[Any] = mapped_column(FrozenJson)
    latitude: Mapped[float]
    longitude: Mapped[float]
    polygon: Mapped[Any] = mapped_column(FrozenJson)
    approximate: Mapped[bool]
    priority: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(String(2))

    protected_places: Mapped[list[ProtectedPlaceRecord]] = relationship(
        cascade="all, delete-orphan", order_by="ProtectedPlaceRecord.id"
    )


class ProtectedPlaceRecord(Base):
    """A place that soldiers do not enter unless they were asked to guard it."""

    __tablename__ = "protected_places"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("areas.id"))
    kind: Mapped[str] = mapped_column(String(32))
    names: Mapped[Any] = mapped_column(FrozenJson)
    latitude: Mapped[float]
    longitude: Mapped[float]
    fictional: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(String(2))


class TravelRecord(Base):
    """Minutes between two areas, the same in both directions; each pair stands once."""

    __tablename__ = "travel"
    __table_args__ = (
        CheckConstraint("area_id < other_area_id", name="pair_once"),
        CheckConstraint("minutes >= 0", name="minutes_positive"),
    )

    area_id: Mapped[str] = mapped_column(ForeignKey("areas.id"), primary_key=True)
    other_area_id: Mapped[str] = mapped_column(ForeignKey("areas.id"), primary_key=True)
    minutes: Mapped[int]


class ShiftRecord(Base):
    """A template in local minutes of the day; `ends_minute` past 1440 is the next day."""

    __tablename__ = "shifts"
    __table_args__ = (
        CheckConstraint("starts_minute BETWEEN 0 AND 1439", name="starts_in_day"),
        CheckConstraint("ends_minute > starts_minute", name="ends_after_start"),
        CheckConstraint(
            "reports_before_minutes >= 0 AND released_after_minutes >= 0", name="margins_positive"
        ),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    names: Mapped[Any] = mapped_column(FrozenJson)
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]
    reports_before_minutes: Mapped[int]
    released_after_minutes: Mapped[int]


class TaskKindRecord(Base):
    """A thing that teams may be asked to do on a duty, or be forbidden."""

    __tablename__ = "task_kinds"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    names: Mapped[Any] = mapped_column(FrozenJson)
    confidence: Mapped[str] = mapped_column(String(2))


class CoverageRecord(Base):
    """One duty of every week: where, which shift, which weekday (0 is Monday), what it needs."""

    __tablename__ = "coverage"
    __table_args__ = (
        UniqueConstraint("area_id", "shift_id", "weekday", "kind", "number"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_range"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("priority BETWEEN 0 AND 1000", name="priority_range"),
        one_of("kind", DutyKind),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("areas.id"))
    shift_id: Mapped[str] = mapped_column(ForeignKey("shifts.id"))
    weekday: Mapped[int]
    number: Mapped[int]
    kind: Mapped[DutyKind] = mapped_column(Word(DutyKind))
    pattern: Mapped[str] = mapped_column(String(64))
    needs: Mapped[Any] = mapped_column(FrozenJson)
    requires: Mapped[Any] = mapped_column(FrozenJson)
    priority: Mapped[int]
    protected_place_id: Mapped[str | None] = mapped_column(ForeignKey("protected_places.id"))
