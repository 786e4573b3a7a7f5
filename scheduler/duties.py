"""What is to be done: areas, duties, what a duty needs, and the mandates for soldiers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.forces import DutyKind, Force
from scheduler.moments import Span


class Count(StrEnum):
    """What a need counts: teams (units), or persons where the law counts persons."""

    TEAMS = "teams"
    PERSONS = "persons"


@dataclass(frozen=True, slots=True)
class Area:
    """A patrol area; `name` as it is written on the spot (in Brussels in two languages)."""

    id: str
    city: str
    name: str = ""
    priority: int = 1


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes on the way between two areas, the same in both directions."""

    areas: tuple[str, str]
    minutes: int


@dataclass(frozen=True, slots=True)
class Need:
    """What a duty asks of whom: `minimum <= target <= maximum` teams or persons.

    Only those of `force` count (None: everybody), and of them only holders of `qualification`.
    A `firm` minimum is a rule; any other may fall short, and is then named. `tasks` is what
    those asked for will do. The weights say what one too few or too many costs, where the
    preferences in force ask.
    """

    id: str
    minimum: int
    target: int
    maximum: int
    force: Force | None = None
    counts: Count = Count.TEAMS
    qualification: str | None = None
    firm: bool = False
    tasks: tuple[str, ...] = ()
    under_weight: int = 1
    over_weight: int = 0


@dataclass(frozen=True, slots=True)
class Requirement:
    """A qualification that somebody on the duty must hold (of `force`, if given)."""

    qualification: str
    force: Force | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """One place for one interval: `reports_at <= starts_at < ends_at <= released_at`.

    Minutes since the horizon's start. Rest and hours use the outer pair, coverage the inner.
    `overran` marks an unexpected prolongation that has happened: the times are as they were.
    """

    id: str
    kind: DutyKind
    area: str
    reports_at: int
    starts_at: int
    ends_at: int
    released_at: int
    needs: tuple[Need, ...] = ()
    requires: tuple[Requirement, ...] = ()
    shift: str = ""
    number: int = 1
    priority: int = 1
    night: bool = False
    weekend: bool = False
    holiday: bool = False
    protected_place: str | None = None
    overran: bool = False

    @property
    def sort(self) -> tuple[object, ...]:
        """All that rules on working time look at: equal for duties that differ in place alone."""
        times = self.reports_at, self.starts_at, self.ends_at, self.released_at
        marks = self.shift, self.night, self.weekend, self.holiday, self.overran
        return *times, self.kind, *marks

    @property
    def span(self) -> Span:
        """From reporting to release: working time."""
        return Span(self.reports_at, self.released_at)

    @property
    def cover(self) -> Span:
        """From start to end: presence on the street."""
        return Span(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class AreaHours:
    """A stretch of time in which soldiers may be in an area."""

    area: str
    during: Span


@dataclass(frozen=True, slots=True)
class Mandate:
    """The dated decision that lets soldiers be deployed: where, when, and how many."""

    id: str
    authority: str
    legal_basis: str
    valid: Span
    areas: tuple[str, ...]
    hours: tuple[AreaHours, ...]
    cap: int
    fictional: bool = False
