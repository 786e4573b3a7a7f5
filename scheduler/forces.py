"""Who can be rostered: units, their members, and the clocks that remember what they worked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.moments import Span


class Force(StrEnum):
    """Whose people they are."""

    POLICE = "police"
    MILITARY = "military"


class DutyKind(StrEnum):
    """What a duty is: a patrol, a static guard, standby, or a post of an action."""

    PATROL = "patrol"
    GUARD = "guard"
    STANDBY = "standby"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Qualification:
    """What a member may do, in date while the moment is before `until` (None: no expiry)."""

    name: str
    until: int | None = None

    def in_date(self, moment: int) -> bool:
        return self.until is None or moment < self.until


@dataclass(frozen=True, slots=True)
class Consent:
    """A member's dated agreement, for instance to a shorter rest."""

    kind: str
    during: Span


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a unit, under a service number; `clock` names the history they carry.

    `trainings` are blocks that no duty may take away, where the rules in force protect them.
    """

    id: str
    clock: str
    qualifications: tuple[Qualification, ...] = ()
    languages: tuple[str, ...] = ()
    absences: tuple[Span, ...] = ()
    consents: tuple[Consent, ...] = ()
    trainings: tuple[Span, ...] = ()

    def away(self, span: Span) -> bool:
        return any(absence.overlaps(span) for absence in self.absences)

    def holds(self, qualification: str, moment: int) -> bool:
        return any(q.name == qualification and q.in_date(moment) for q in self.qualifications)

    def consents_to(self, kind: str, moment: int) -> bool:
        return any(
            c.kind == kind and c.during.starts <= moment < c.during.ends for c in self.consents
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest group rostered together.

    `areas` is where it may serve (empty: anywhere), `familiar` where it knows its way, `home`
    the area where it sets out (empty: not known); `smallest` is the fewest present members with
    whom it goes out.
    """

    id: str
    force: Force
    members: tuple[Member, ...]
    name: str = ""
    service: str = ""
    contract: str = ""
    areas: tuple[str, ...] = ()
    familiar: tuple[str, ...] = ()
    smallest: int = 1
    home: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """A duty outside the horizon that a clock has worked, or is already told to work.

    Times are minutes since the horizon's start, so history is negative. `overran` marks an
    unexpected prolongation, after which the law allows a shorter rest.
    """

    reports_at: int
    starts_at: int
    ends_at: int
    released_at: int
    kind: DutyKind = DutyKind.PATROL
    area: str = ""
    night: bool = False
    weekend: bool = False
    holiday: bool = False
    overran: bool = False
    shift: str = ""

    @property
    def span(self) -> Span:
        return Span(self.reports_at, self.released_at)


@dataclass(frozen=True, slots=True)
class Carried:
    """The sum of what a clock worked in a stretch of the past that `worked` says nothing of."""

    during: Span
    minutes: int


@dataclass(frozen=True, slots=True)
class Clock:
    """The working time that members share: at least 28 past days, and what lies beyond.

    `carried` sums up what lies before them, for as long as a reference period lasts.
    `contract_minutes` is what a contract asks in the horizon (None: nothing is agreed);
    `burden` what nights, weekends and holidays of earlier months have put on it, in points.
    """

    id: str
    worked: tuple[Worked, ...] = ()
    carried: tuple[Carried, ...] = ()
    contract_minutes: int | None = None
    burden: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """What a unit asks: a duty that starts in that time (`on`), or none; `weight` if refused.

    With a `shift` only duties of that shift are meant.
    """

    unit: str
    during: Span
    shift: str = ""
    on: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class JointTeam:
    """A police unit and a military unit that are used to serving together."""

    police: str
    military: str
