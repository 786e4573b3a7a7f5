"""The demo forces: fictional units, members under service numbers, absences and consents.

Days count from the Monday of the week in review, which moves with the day of the demo.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from config.reading import Confidence, Strict
from config.reference.places import ServiceCode, ZoneCode
from config.reference.wording import Filled, Names, Provenance, Slug

Force = Literal["police", "military"]
Language = Literal["nl", "fr", "de", "en"]
UnitId = Annotated[str, Field(pattern=r"^(\d{4}|[A-Z]{2,5})-[A-Z0-9]{1,3}$")]
ServiceNumber = Annotated[str, Field(pattern=r"^(P-(\d{4}|[A-Z]{2,5})-\d{3}|M-\d{4})$")]
Day = Annotated[int, Field(ge=-366, le=3660)]

DEFENCE = "DEF"


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationKind(Strict):
    """A thing that a member may be qualified for; `valid_days` from one test to the next."""

    id: Slug
    names: Names
    forces: tuple[Force, ...]
    confidence: Confidence
    valid_days: Annotated[int, Field(ge=1)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMember(Strict):
    """One invented person. `expires` says on which day each qualification is no longer held."""

    number: ServiceNumber
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    expires: dict[Slug, Day | Literal["never"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoUnit(Strict):
    """An invented unit; its members share one clock.

    `service` is a zone code, a police service or `DEF`; `areas` those for which it is lent
    (empty: all); `smallest` the fewest present members with whom it goes out.
    """

    id: UnitId
    force: Force
    service: ZoneCode | ServiceCode
    home: Slug
    familiar: tuple[Slug, ...]
    smallest: Annotated[int, Field(ge=1, le=4)]
    members: Annotated[tuple[DemoMember, ...], Field(min_length=2, max_length=4)]
    areas: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAbsence(Strict):
    """`who` (a unit or one member) is away from 00:00 of `from_day` until 00:00 of `until_day`.

    Never with a reason.
    """

    who: Filled
    from_day: Day
    until_day: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoConsent(Strict):
    """A member agrees to something that the rules allow only by agreement."""

    member: ServiceNumber
    kind: Literal["shorter-rest"]
    from_day: Day
    until_day: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationsFile(Provenance):
    qualification: tuple[QualificationKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcesFile(Provenance):
    fictional: Literal[True]
    unit: tuple[DemoUnit, ...]
    absence: tuple[DemoAbsence, ...]
    consent: tuple[DemoConsent, ...]

    def members(self) -> Iterator[DemoMember]:
        for unit in self.unit:
            yield from unit.members

    def strength(self, force: Force) -> int:
        return sum(len(unit.members) for unit in self.unit if unit.force == force)
