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
WEEKENDS_IN_ROTA = 4


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
    (empty: all); `smallest` the fewest present members with whom it goes out; `free_weekend` its
    place in the rota of free weekends (0: that of the week in review, and every fourth).
    """

    id: UnitId
    force: Force
    service: ZoneCode | ServiceCode
    home: Slug
    familiar: tuple[Slug, ...]
    smallest: Annotated[int, Field(ge=1, le=4)]
    members: Annotated[tuple[DemoMember, ...], Field(min_length=2, max_length=4)]
    areas: tuple[Slug, ...] = ()
    free_weekend: Literal[0, 1, 2, 3] | None = None

    def free_weekends(self) -> Iterator["DemoAbsence"]:
        """Saturdays and Sundays from 8 weeks before the week in review until 16 after it."""
        if self.free_weekend is not None:
            for week in range(self.free_weekend - 8, 17, WEEKENDS_IN_ROTA):
                yield DemoAbsence(who=self.id, from_day=7 * week + 5, until_day=7 * week + 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAbsence(Strict):
    """`who` (a unit or one member) is away from 00:00 of `from_day` until 00:00 of `until_day`.

    Never with a reason.
    """

    who: Filled
    from_day: Day
    until_day: Day

    @property
    def days(self) -> tuple[int, int]:
        return self.from_day, self.until_day


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

    def absences(self) -> Iterator[DemoAbsence]:
        """Those listed, and the free weekends of the rota that they leave."""
        yield from self.absence
        listed = {(a.who, day) for a in self.absence for day in range(a.from_day, a.until_day)}
        for unit in self.unit:
            for weekend in unit.free_weekends():
                if listed.isdisjoint((unit.id, day) for day in range(*weekend.days)):
                    yield weekend

    def strength(self, force: Force) -> int:
        return sum(len(unit.members) for unit in self.unit if unit.force == force)
