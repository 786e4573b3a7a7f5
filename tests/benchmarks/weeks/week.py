"""Reads a `tandem-week/1` file: fictional joint patrols, with their rules.

Everything that the format says and nothing that we make of it: peers read it here too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Annotated

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from tests.benchmarks.faulty import FaultyFile

FORMAT = "tandem-week/1"
MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)
LARGEST = 1000

Name = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Minutes = Annotated[int, Field(ge=0, le=7 * 24 * 60)]
Interval = tuple[AwareDatetime, AwareDatetime]


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of the rules; an unknown one would be a rule that nobody keeps."""

    rest_minutes: Minutes
    rolling_7_days_minutes: Minutes
    weekly_rest_minutes: Minutes
    nights_in_a_row: Count
    soldiers_per_police: Count
    soldiers_cap: Annotated[int, Field(ge=0, le=1_000_000)]

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012


@dataclass(frozen=True, slots=True)
class Area:
    """Where patrols go."""

    id: Name
    city: str
    priority: Count


@dataclass(frozen=True, slots=True)
class Unit:
    """`persons` who go together; `past` is what they worked before the horizon."""

    id: Name
    force: Annotated[str, Field(pattern="^(police|military)$")]
    persons: Annotated[int, Field(ge=1, le=LARGEST)]
    city: str
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    qualifications: tuple[str, ...]
    absences: tuple[Interval, ...]
    past: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """One patrol."""

    id: Name
    area: str
    priority: Count
    night: bool
    weekend: bool
    reports_at: AwareDatetime
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    released_at: AwareDatetime
    police_minimum: Count
    police_target: Count
    soldiers_target: Count
    soldiers_allowed: bool
    persons_maximum: Count
    qualifications: tuple[str, ...]

    @property
    def times(self) -> tuple[datetime, datetime, datetime, datetime]:
        return self.reports_at, self.starts_at, self.ends_at, self.released_at


@dataclass(frozen=True)
class Week:
    """One frozen week, or several in a row."""

    format: str
    name: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    areas: tuple[Area, ...]
    units: tuple[Unit, ...]
    duties: tuple[Duty, ...]
    rules: Rules

    def moment(self, instant: datetime) -> int:
        """Elapsed minutes since the start."""
        return (instant - self.starts_at) // MINUTE

    @property
    def minutes(self) -> int:
        return self.moment(self.ends_at)

    @cached_property
    def _duties(self) -> dict[str, Duty]:
        return {duty.id: duty for duty in self.duties}

    def duty(self, duty_id: str) -> Duty:
        return self._duties[duty_id]


_WEEK = TypeAdapter(Week)


def read_week(text: str) -> Week:
    """Raises `FaultyFile` with every fault, each with the field that has it."""
    try:
        week = _WEEK.validate_json(text, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
        raise FaultyFile(_named(detail["loc"], detail["msg"]) for detail in details) from None
    faults = tuple(_faults(week))
    if faults:
        raise FaultyFile(faults)
    return week


def _named(place: Iterable[int | str], message: str) -> str:
    where = ".".join(str(part) for part in place)
    return f"{where}: {message}" if where else message


def _faults(week: Week) -> Iterator[str]:
    if week.format != FORMAT:
        yield f"format: {week.format!r}; this reads {FORMAT!r}"
    if week.starts_at >= week.ends_at:
        yield "ends_at: not after starts_at"
    if week.starts_at.time() != time():
        yield f"starts_at: {week.starts_at:%H:%M}; only a week from midnight is supported"
    areas = {area.id for area in week.areas}
    for kind, names in (("areas", week.areas), ("units", week.units), ("duties", week.duties)):
        for name, times in Counter(thing.id for thing in names).items():
            if times > 1:
                yield f"{kind}: {name} stands {times} times; keep one"
    for unit in week.units:
        yield from _faults_of_unit(week, unit, areas)
    for duty in week.duties:
        yield from _faults_of_duty(week, duty, areas)


def _faults_of_unit(week: Week, unit: Unit, areas: set[str]) -> Iterator[str]:
    for name in sorted({*unit.areas} - areas):
        yield f"units {unit.id}.areas: unknown area {name}"
    for label, spans in (("absences", unit.absences), ("past", unit.past)):
        for begins, ends in spans:
            where = f"units {unit.id}.{label} from {begins.isoformat()}"
            if begins >= ends:
                yield f"{where}: does not end after it begins"
            if not _whole(begins, ends):
                yield f"{where}: not in whole minutes"
            if label == "past" and begins >= week.starts_at:
                yield f"{where}: begins inside the horizon"


def _faults_of_duty(week: Week, duty: Duty, areas: set[str]) -> Iterator[str]:
    where = f"duties {duty.id}"
    if duty.area not in areas:
        yield f"{where}.area: unknown area {duty.area}"
    if not duty.reports_at <= duty.starts_at < duty.ends_at <= duty.released_at:
        yield f"{where}: needs reports_at <= starts_at < ends_at <= released_at"
    if not _whole(*duty.times):
        yield f"{where}: its times are not in whole minutes"
    if not week.starts_at <= duty.starts_at < week.ends_at:
        yield f"{where}.starts_at: outside the horizon"
    if duty.police_minimum > duty.police_target:
        yield f"{where}.police_target: {duty.police_target} is below police_minimum"
    if duty.night and duty.starts_at.date() != _frame_date(week, duty):
        yield f"{where}.starts_at: its date is another one in the offset of the week's start"


def _frame_date(week: Week, duty: Duty) -> object:
    return duty.starts_at.astimezone(week.starts_at.tzinfo).date()


def _whole(*instants: datetime) -> bool:
    return not any(instant.second or instant.microsecond for instant in instants)
