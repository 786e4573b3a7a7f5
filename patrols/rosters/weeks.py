"""ISO weeks by name (`2026-W50`), and the local days and instants in them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from patrols.errors import UnknownWeek

_NAME = re.compile(r"(\d{4})-W(\d{2})")
WEEK = timedelta(days=7)
DAY_MINUTES = 24 * 60


def monday_of(week: str) -> date:
    """The week's Monday; raises `UnknownWeek` for anything that is not an ISO week."""
    named = _NAME.fullmatch(week)
    try:
        if named:
            return date.fromisocalendar(int(named[1]), int(named[2]), 1)
    except ValueError:
        pass
    raise UnknownWeek(week=week)


def week_of(day: date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def shifted(week: str, weeks: int) -> str:
    return week_of(monday_of(week) + weeks * WEEK)


def week_at(now: datetime, timezone: str) -> str:
    return week_of(now.astimezone(ZoneInfo(timezone)).date())


def instant(day: date, minute_of_day: int, timezone: str) -> datetime:
    """The UTC instant of a local wall-clock time; past 24:00 it is a time of a following day."""
    days, minute = divmod(minute_of_day, DAY_MINUTES)
    clock = time(minute // 60, minute % 60, tzinfo=ZoneInfo(timezone))
    return datetime.combine(day + timedelta(days=days), clock).astimezone(UTC)


def bounds(week: str, timezone: str) -> tuple[datetime, datetime]:
    """Local Monday 00:00 to the next, as UTC instants."""
    monday = monday_of(week)
    return instant(monday, 0, timezone), instant(monday + WEEK, 0, timezone)
