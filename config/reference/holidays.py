"""Belgian public holidays of any year, from fixed dates and Easter: no table that ends."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from config.reading import Confidence, Strict
from config.reference.wording import Names, Provenance, Slug

MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayEntry(Strict):
    """Either on a `fixed` month and day or so many `easter_days` after Easter Sunday."""

    id: Slug
    names: Names
    confidence: Confidence
    fixed: MonthDay | None = None
    easter_days: Annotated[int, Field(ge=-60, le=60)] | None = None
    public_service: bool = False
    """Added for public services only; not one of the ten legal holidays."""

    def day(self, year: int) -> date:
        if self.fixed is not None:
            return date.fromisoformat(f"{year:04}-{self.fixed}")
        return easter_sunday(year) + timedelta(days=self.easter_days or 0)


@dataclass(frozen=True, slots=True)
class Holiday:
    day: date
    id: str
    names: Names
    public_service: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidaysFile(Provenance):
    holiday: tuple[HolidayEntry, ...]

    def in_year(self, year: int, *, public_service: bool = False) -> tuple[Holiday, ...]:
        """In order of date: the ten legal ones, and on request those of public services."""
        found = (
            Holiday(entry.day(year), entry.id, entry.names, entry.public_service)
            for entry in self.holiday
            if public_service or not entry.public_service
        )
        return tuple(sorted(found, key=lambda holiday: holiday.day))

    def on(self, day: date) -> Holiday | None:
        """The legal holiday of that day."""
        return next((found for found in self.in_year(day.year) if found.day == day), None)


def easter_sunday(year: int) -> date:
    """Gregorian Easter by Oudin's rule: `golden` number, age of the moon, next Sunday."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    late = epact // 28
    moon = epact - late * (1 - late * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    sunday = moon - weekday
    month = 3 + (sunday + 40) // 44
    return date(year, month, sunday + 28 - 31 * (month // 4))
