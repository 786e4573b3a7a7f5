"""A week's duties from the coverage template: instants, names, and what kind of time they take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from patrols.ports import Holidays
from patrols.rosters.weeks import DAY_MINUTES, instant, monday_of
from scheduler.forces import DutyKind

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NIGHT_STARTS_MINUTE, NIGHT_ENDS_MINUTE = 22 * 60, 6 * 60
NIGHT_AT_LEAST = timedelta(hours=3)
SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShiftTimes:
    """A shift in local minutes of its day; an end past 1440 lies on the next day."""

    id: str
    starts_minute: int
    ends_minute: int
    reports_before_minutes: int
    released_after_minutes: int


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One duty of every week: where, in which shift, on which weekday, and what it needs."""

    area: str
    shift: ShiftTimes
    weekday: int
    number: int
    kind: DutyKind
    needs: tuple[Any, ...]
    requires: tuple[Any, ...]
    priority: int
    protected_place: str | None


@dataclass(frozen=True, slots=True)
class PlannedDuty:
    """A duty of one week, its instants in UTC."""

    id: str
    line: TemplateLine
    reports_at: datetime
    starts_at: datetime
    ends_at: datetime
    released_at: datetime
    night: bool
    weekend: bool
    holiday: bool


def duties_of(
    lines: tuple[TemplateLine, ...], week: str, timezone: str, holidays: Holidays
) -> Iterator[PlannedDuty]:
    for line in lines:
        day = monday_of(week) + line.weekday * _DAY
        shift = line.shift
        starts_at = instant(day, shift.starts_minute, timezone)
        ends_at = instant(day, shift.ends_minute, timezone)
        yield PlannedDuty(
            id=name_of(line, week),
            line=line,
            reports_at=starts_at - timedelta(minutes=shift.reports_before_minutes),
            starts_at=starts_at,
            ends_at=ends_at,
            released_at=ends_at + timedelta(minutes=shift.released_after_minutes),
            night=night_between(starts_at, ends_at, timezone) >= NIGHT_AT_LEAST,
            weekend=any(d.weekday() >= SATURDAY for d in days(starts_at, ends_at, timezone)),
            holiday=any(holidays.on(d) for d in days(starts_at, ends_at, timezone)),
        )


def name_of(line: TemplateLine, week: str) -> str:
    """`2026-W50-peterbos-thu-night-1`; a guard or standby says so before its number."""
    kind = () if line.kind is DutyKind.PATROL else (line.kind.value,)
    parts = (week, line.area, WEEKDAYS[line.weekday], line.shift.id, *kind, str(line.number))
    return "-".join(parts)


def days(starts_at: datetime, ends_at: datetime, timezone: str) -> tuple[date, ...]:
    """The local calendar days that an interval touches."""
    zone = ZoneInfo(timezone)
    first = starts_at.astimezone(zone).date()
    last = (ends_at - timedelta(microseconds=1)).astimezone(zone).date()
    return tuple(first + n * _DAY for n in range((last - first).days + 1))


def night_between(starts_at: datetime, ends_at: datetime, timezone: str) -> timedelta:
    """How much of an interval lies between 22:00 and 06:00 local, in elapsed time."""
    starts_at, ends_at = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    total = timedelta(0)
    for day in days(starts_at, ends_at, timezone):
        for begins, ends in (
            (instant(day, 0, timezone), instant(day, NIGHT_ENDS_MINUTE, timezone)),
            (
                instant(day, NIGHT_STARTS_MINUTE, timezone),
                instant(day, DAY_MINUTES, timezone),
            ),
        ):
            total += max(min(ends, ends_at) - max(begins, starts_at), timedelta(0))
    return total
