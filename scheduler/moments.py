"""Integer minutes since the horizon's start (UTC) and back to the local wall clock.

The only place that knows time zones and clock changes. Everything else in the scheduler counts
elapsed minutes, so that a night that crosses a clock change lasts its 7 or 9 hours by itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from datetime import date as Date  # noqa: N812 - `date` is a question that a horizon answers
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from scheduler.errors import InvalidProblem

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60
LONGEST_HORIZON_MINUTES = 366 * DAY_MINUTES


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open interval `[starts, ends)` in minutes since the horizon's start."""

    starts: int
    ends: int

    @property
    def minutes(self) -> int:
        return self.ends - self.starts

    def overlap_minutes(self, other: Span) -> int:
        return max(0, min(self.ends, other.ends) - max(self.starts, other.starts))

    def overlaps(self, other: Span) -> bool:
        return max(self.starts, other.starts) < min(self.ends, other.ends)

    def holds(self, moment: int) -> bool:
        return self.starts <= moment < self.ends

    def contains(self, other: Span) -> bool:
        return self.starts <= other.starts and other.ends <= self.ends


def meets(spans: Sequence[Span]) -> Callable[[Span], bool]:
    """Answers quickly whether any of `spans`, in order of start, overlaps another span."""
    starts, ends = [s.starts for s in spans], [*accumulate((s.ends for s in spans), max)]

    def answer(span: Span) -> bool:
        begun = bisect_left(starts, span.ends)
        return begun > 0 and ends[begun - 1] > span.starts

    return answer


@dataclass(frozen=True, slots=True)
class Horizon:
    """What is rostered: `minutes` elapsed minutes from `starts_at`, an aware instant.

    Raises `InvalidProblem` for a naive start, or a length outside one minute to a year.
    """

    starts_at: datetime
    minutes: int
    timezone: str = "Europe/Brussels"

    def __post_init__(self) -> None:
        faults = []
        if self.starts_at.tzinfo is None:
            faults.append("horizon.starts_at: needs an offset, such as +01:00")
        if not 0 < self.minutes <= LONGEST_HORIZON_MINUTES:
            faults.append(f"horizon.minutes: {self.minutes} is not between 1 minute and a year")
        if faults:
            raise InvalidProblem(faults)

    @property
    def span(self) -> Span:
        return Span(0, self.minutes)

    def moment(self, instant: datetime) -> int:
        """Whole minutes from the horizon's start to `instant` (negative before it)."""
        return (instant.astimezone(UTC) - self.starts_at.astimezone(UTC)) // MINUTE

    def instant(self, moment: int) -> datetime:
        return self.starts_at.astimezone(UTC) + moment * MINUTE

    def local(self, moment: int) -> datetime:
        return self.instant(moment).astimezone(_zone(self.timezone))

    def date(self, moment: int) -> Date:
        return _date(self, moment)

    def midnight(self, day: Date) -> int:
        """The moment at which the local calendar day begins."""
        return self.at(day, 0)

    def at(self, day: Date, minute_of_day: int) -> int:
        """The moment of a local wall-clock time; past 24:00 it is a time of a following day.

        A time that the spring change skips means the same distance after the change; one that
        the autumn change repeats means its first passing.
        """
        days, minute = divmod(minute_of_day, DAY_MINUTES)
        clock = time(minute // 60, minute % 60, tzinfo=_zone(self.timezone))
        return self.moment(datetime.combine(day + timedelta(days=days), clock))

    def minute_of_day(self, moment: int) -> int:
        local = self.local(moment)
        return local.hour * 60 + local.minute

    def day(self, day: Date) -> Span:
        """The local calendar day: 24 hours, or an hour more or less when the clocks change."""
        return Span(self.midnight(day), self.midnight(day + timedelta(days=1)))

    def days_of(self, span: Span) -> tuple[Date, ...]:
        """The local calendar days that a span of time touches."""
        first, last = self.date(span.starts), self.date(span.ends - 1)
        return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))

    def months(self, day: Date, length: int) -> Span:
        """The `length` calendar months, counted from January, in which the day lies."""
        passed = day.month - 1 - (day.month - 1) % length
        years, month = divmod(passed + length, 12)
        first, after = Date(day.year, passed + 1, 1), Date(day.year + years, month + 1, 1)
        return Span(self.midnight(first), self.midnight(after))

    def monday(self, week: int = 0) -> Date:
        """The Monday of the ISO week in which the horizon starts, `week` weeks on."""
        first = self.date(0)
        return first + timedelta(days=7 * week - first.weekday())

    def week(self, week: int) -> Span:
        return _days(self, week, 0, 7)

    def weekend(self, week: int) -> Span:
        """Saturday 00:00 to Sunday 24:00 local, of the horizon's first week plus `week`."""
        return _days(self, week, 5, 7)

    def weeks(self) -> range:
        """The weeks, counted from the horizon's first, that the horizon touches."""
        return self.weeks_of(self.span)

    def week_of(self, moment: int) -> int:
        """The week that holds the moment, counted from the horizon's first."""
        return _week_of(self, moment)

    def weeks_of(self, span: Span) -> range:
        """The weeks, counted from the horizon's first, that a span of time touches."""
        return range(self.week_of(span.starts), self.week_of(span.ends - 1) + 1)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=65536)
def _date(horizon: Horizon, moment: int) -> Date:
    return horizon.local(moment).date()


@lru_cache(maxsize=65536)
def _week_of(horizon: Horizon, moment: int) -> int:
    return (horizon.date(moment) - horizon.monday()).days // 7


@lru_cache(maxsize=4096)
def _days(horizon: Horizon, week: int, first: int, end: int) -> Span:
    """So many local days of a week, counted from its Monday."""
    monday = horizon.monday(week)
    first_day, last_day = monday + timedelta(days=first), monday + timedelta(days=end)
    return Span(horizon.midnight(first_day), horizon.midnight(last_day))
