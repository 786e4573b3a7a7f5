"""Reads an instance of Curtois and Qu: sections of comma-separated rows, `#` for comments.

Everything that the format says and nothing that we make of it: peers read it here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.faulty import FaultyFile
from tests.benchmarks.nrp.rows import Row, Rows, split

LONGEST_DAYS = 366
DAY_MINUTES = 24 * 60
LARGEST_COVER = 1000  # what one need of ours can ask


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind of shift, and the shifts that may not come the day after."""

    id: str
    minutes: int
    not_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """All that limits a person, days off apart; many persons have the same."""

    maximum_shifts: tuple[tuple[str, int], ...]
    maximum_minutes: int
    minimum_minutes: int
    maximum_consecutive_shifts: int
    minimum_consecutive_shifts: int
    minimum_consecutive_days_off: int
    maximum_weekends: int


@dataclass(frozen=True, slots=True)
class Employee:
    """One person of the staff."""

    id: str
    contract: Contract
    days_off: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A shift that somebody asks for (`wanted`) or asks to be spared, and its weight."""

    employee: str
    day: int
    shift: str
    weight: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """How many a shift asks on a day, and the weight of each one missing or too many."""

    day: int
    shift: str
    needed: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Instance:
    """Days count from 0, which is a Monday."""

    days: int
    shifts: tuple[Shift, ...]
    staff: tuple[Employee, ...]
    requests: tuple[Request, ...]
    covers: tuple[Cover, ...]

    @property
    def weekends(self) -> tuple[tuple[int, ...], ...]:
        """The Saturdays and Sundays, as far as the horizon has them."""
        saturdays = range(5, self.days, 7)
        return tuple(tuple(d for d in (s, s + 1) if d < self.days) for s in saturdays)


def read_instance(text: str) -> Instance:
    """Raises `FaultyFile` with every fault, each with its line."""
    rows = split(text)
    days = _days(rows)
    shifts = _shifts(rows)
    known = {shift.id for shift in shifts}
    staff = _staff(rows, known, days)
    cells = _Cells(rows, {person.id for person in staff}, known, days)
    instance = Instance(days, shifts, staff, cells.requests(), cells.covers())
    if rows.faults:
        raise FaultyFile(rows.sentences())
    return instance


def _days(rows: Rows) -> int:
    horizon = rows.of("SECTION_HORIZON", 1, 1)
    if len(horizon) != 1:
        rows.say(rows.starts("SECTION_HORIZON"), "the horizon is one row with a number of days")
        return LONGEST_DAYS
    days = rows.number(horizon[0], 0, "days of the horizon", 1, LONGEST_DAYS)
    return LONGEST_DAYS if rows.faults else days  # so that one fault does not make a hundred


def _shifts(rows: Rows) -> tuple[Shift, ...]:
    found = rows.of("SECTION_SHIFTS", 2, 3)
    known = rows.names(found, "shift")
    shifts = []
    for row in found:
        minutes = rows.number(row, 1, "length of the shift", 1, DAY_MINUTES)
        later = tuple(name for name in row.text(2).split("|") if name)
        for name in later:
            rows.known(row, name, known, "shift")
        shifts.append(Shift(row.text(0), minutes, later))
    if not shifts:
        rows.say(rows.starts("SECTION_SHIFTS"), "there is no shift: name at least one")
    return tuple(shifts)


def _staff(rows: Rows, shifts: set[str], days: int) -> tuple[Employee, ...]:
    found = rows.of("SECTION_STAFF", 8, 8)
    known = rows.names(found, "employee")
    off = _days_off(rows, known, days)
    return tuple(
        Employee(row.text(0), _contract(rows, row, shifts), tuple(sorted(off[row.text(0)])))
        for row in found
    )


def _contract(rows: Rows, row: Row, shifts: set[str]) -> Contract:
    most, least = (rows.number(row, n, f"{m} total minutes") for n, m in ((2, "max"), (3, "min")))
    if least > most:
        rows.say(row.line, f"min total minutes {least} are more than max total minutes {most}")
    return Contract(
        maximum_shifts=_maximum_shifts(rows, row, shifts),
        maximum_minutes=most,
        minimum_minutes=least,
        maximum_consecutive_shifts=rows.number(row, 4, "max consecutive shifts", 1),
        minimum_consecutive_shifts=rows.number(row, 5, "min consecutive shifts", 0, 31),
        minimum_consecutive_days_off=rows.number(row, 6, "min consecutive days off", 0, 31),
        maximum_weekends=rows.number(row, 7, "max weekends"),
    )


def _maximum_shifts(rows: Rows, row: Row, shifts: set[str]) -> tuple[tuple[str, int], ...]:
    """`E=14|L=0`; a shift that is not named is not limited."""
    limits: dict[str, int] = {}
    for part in filter(None, row.text(1).split("|")):
        shift, _, number = (piece.strip() for piece in part.partition("="))
        rows.known(row, shift, shifts, "shift")
        if shift in limits:
            rows.say(row.line, f"max shifts of {shift} stand twice: keep one")
        limits[shift] = rows.count(row, number, f"max shifts of {shift}")
    return tuple(sorted(limits.items()))


def _days_off(rows: Rows, staff: set[str], days: int) -> Mapping[str, set[int]]:
    off: dict[str, set[int]] = defaultdict(set)
    for row in rows.of("SECTION_DAYS_OFF", 1, 1 + days):
        rows.known(row, row.text(0), staff, "employee")
        for position in range(1, len(row.fields)):
            off[row.text(0)].add(rows.number(row, position, "day off", 0, days - 1))
    return off


@dataclass(frozen=True, slots=True)
class _Cells:
    """Rows about one day and shift."""

    rows: Rows
    staff: set[str]
    shifts: set[str]
    days: int

    def requests(self) -> tuple[Request, ...]:
        return (
            *self._requests("SECTION_SHIFT_ON_REQUESTS", wanted=True),
            *self._requests("SECTION_SHIFT_OFF_REQUESTS", wanted=False),
        )

    def _requests(self, section: str, *, wanted: bool) -> Sequence[Request]:
        found = []
        for row in self.rows.of(section, 4, 4):
            self.rows.known(row, row.text(0), self.staff, "employee")
            day, shift = self._cell(row, 1)
            weight = self.rows.number(row, 3, "weight")
            found.append(Request(row.text(0), day, shift, weight, wanted))
        return found

    def covers(self) -> tuple[Cover, ...]:
        found: dict[tuple[int, str], Cover] = {}
        for row in self.rows.of("SECTION_COVER", 5, 5):
            day, shift = self._cell(row, 0)
            needed = self.rows.number(row, 2, "requirement", 0, LARGEST_COVER)
            under = self.rows.number(row, 3, "weight for under")
            over = self.rows.number(row, 4, "weight for over")
            if (day, shift) in found:
                self.rows.say(row.line, f"cover of {shift} on day {day} stands twice: keep one")
            found[day, shift] = Cover(day, shift, needed, under, over)
        return tuple(found.values())

    def _cell(self, row: Row, position: int) -> tuple[int, str]:
        self.rows.known(row, row.text(position + 1), self.shifts, "shift")
        return self.rows.number(row, position, "day", 0, self.days - 1), row.text(position + 1)
