"""What screens and exports read of rosters: frozen, complete, nothing left to load.

Times are aware and local to the city. Names and sentences come in all four languages (`Text`,
`Shortfall`, `Violation`): whoever shows them chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from patrols.journal.queries import Entry
from patrols.rosters.lifecycle import RosterState
from patrols.runs.views import RunView
from scheduler.coverage import Shortfall
from scheduler.duties import Count
from scheduler.forces import DutyKind, Force
from scheduler.roster import Role
from scheduler.rule import Text, Violation

DEFENCE_PART = "defence"


class NeedState(StrEnum):
    """From fine to worst."""

    MET = "met"
    BELOW_TARGET = "below-target"
    BELOW_MINIMUM = "below-minimum"


SEVERITY = {state: rank for rank, state in enumerate(NeedState)}


@dataclass(frozen=True, slots=True)
class RosterLine:
    roster_id: int
    version: int
    state: RosterState


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week of a city with its rosters, the newest version first."""

    week: str
    monday: date
    rosters: tuple[RosterLine, ...]

    @property
    def published(self) -> RosterLine | None:
        return next((r for r in self.rosters if r.state is RosterState.PUBLISHED), None)

    @property
    def newest(self) -> RosterLine:
        return self.rosters[0]


@dataclass(frozen=True, slots=True)
class BoardArea:
    id: str
    place: Text
    priority: int


@dataclass(frozen=True, slots=True)
class BoardShift:
    id: str
    names: Text


@dataclass(frozen=True, slots=True)
class BoardUnit:
    """A unit on a duty: `persons` are those present of its `strength` members; `confirmed` once
    every one of them acknowledged.
    """

    unit_id: str
    name: str
    force: Force
    persons: int
    strength: int
    role: Role | None
    pinned: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class BoardNeed:
    id: str
    force: Force | None
    counts: Count
    qualification: str | None
    there: int
    minimum: int
    target: int
    maximum: int
    firm: bool

    @property
    def state(self) -> NeedState:
        if self.there < self.minimum:
            return NeedState.BELOW_MINIMUM
        return NeedState.MET if self.there >= self.target else NeedState.BELOW_TARGET


@dataclass(frozen=True, slots=True)
class BoardDuty:
    """One duty on the board; `day` is the local date on which it starts."""

    id: str
    kind: DutyKind
    area: str
    shift: str
    number: int
    day: date
    reports_at: datetime
    starts_at: datetime
    ends_at: datetime
    released_at: datetime
    units: tuple[BoardUnit, ...]
    needs: tuple[BoardNeed, ...]
    priority: int
    night: bool
    weekend: bool
    holiday: bool
    protected_place: str | None

    @property
    def persons(self) -> int:
        return sum(unit.persons for unit in self.units)

    @property
    def state(self) -> NeedState:
        """The worst state among its needs."""
        return max((need.state for need in self.needs), key=SEVERITY.__getitem__, default=_FINE)


_FINE = NeedState.MET


@dataclass(frozen=True, slots=True)
class MandateView:
    id: str
    title: Text
    authority: Text
    legal_basis: Text
    valid_from: datetime
    valid_until: datetime
    cap: int
    fictional: bool


@dataclass(frozen=True, slots=True)
class WeekBoard:
    """Areas × days × shifts of one roster; `areas` and `shifts` in the order of the screen."""

    roster_id: int
    city: str
    week: str
    monday: date
    version: int
    state: RosterState
    row_version: int
    days: tuple[date, ...]
    areas: tuple[BoardArea, ...]
    shifts: tuple[BoardShift, ...]
    duties: tuple[BoardDuty, ...]
    mandate: MandateView | None

    def at(self, area: str, day: date, shift: str) -> tuple[BoardDuty, ...]:
        return tuple(
            duty for duty in self.duties if (duty.area, duty.day, duty.shift) == (area, day, shift)
        )

    def duty(self, duty_id: str) -> BoardDuty | None:
        return next((duty for duty in self.duties if duty.id == duty_id), None)


@dataclass(frozen=True, slots=True)
class RosterHeader:
    """`author` asked for it; `authors` are the accounts of all who shaped it."""

    roster_id: int
    city: str
    week: str
    monday: date
    version: int
    state: RosterState
    row_version: int
    author: str
    authors: frozenset[str]
    requested_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None
    published_by: str | None
    supersedes: int | None


@dataclass(frozen=True, slots=True)
class SignOffView:
    """One part that must sign: an area, or `defence` for the soldiers."""

    part: str
    place: Text
    signed_by: str | None
    signed_at: datetime | None

    @property
    def signed(self) -> bool:
        return self.signed_by is not None


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One preference: what it wishes, in words, and how far the roster is from it."""

    code: str
    text: Text
    level: int
    weight: int
    value: int


@dataclass(frozen=True, slots=True)
class RosterPage:
    header: RosterHeader
    sign_offs: tuple[SignOffView, ...]
    score: tuple[ScoreLine, ...]
    shortfalls: tuple[Shortfall, ...]
    violations: tuple[Violation, ...]
    freed_minutes: int
    acknowledged: int
    to_acknowledge: int
    journal: tuple[Entry, ...]
    run: RunView | None


@dataclass(frozen=True, slots=True)
class MyDuty:
    """A published duty of one member; `beside` names the other units on it."""

    duty_id: str
    roster_id: int
    version: int
    kind: DutyKind
    place: Text
    shift: Text
    reports_at: datetime
    starts_at: datetime
    ends_at: datetime
    released_at: datetime
    role: Role | None
    unit: str
    beside: tuple[str, ...]
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True)
class MyDuties:
    """A member's published duties that have not ended, in order."""

    next: MyDuty | None
    later: tuple[MyDuty, ...]

    @property
    def all(self) -> tuple[MyDuty, ...]:
        return (self.next, *self.later) if self.next else ()

    @property
    def unacknowledged(self) -> tuple[MyDuty, ...]:
        return tuple(duty for duty in self.all if duty.acknowledged_at is None)


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A unit that might be added to a duty; `violations` says why not, when it is not lawful."""

    unit_id: str
    name: str
    force: Force
    persons: int
    familiar: bool
    violations: tuple[Violation, ...]

    @property
    def lawful(self) -> bool:
        return not self.violations
