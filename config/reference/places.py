"""Cities, police zones and services, patrol areas and the minutes between them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from config.reading import Confidence, Strict
from config.reference.wording import Filled, Names, Provenance, Slug

Latitude = Annotated[float, Field(ge=49.4, le=51.6)]
Longitude = Annotated[float, Field(ge=2.5, le=6.5)]
Point = tuple[Longitude, Latitude]
"""As in GeoJSON: longitude first."""

Nis = Annotated[str, Field(pattern=r"^\d{5}$")]
ZoneCode = Annotated[str, Field(pattern=r"^\d{4}$")]
ServiceCode = Annotated[str, Field(pattern=r"^[A-Z]{2,5}$")]
Priority = Literal[1, 2, 3]
"""What a missing team weighs: 3 is the most urgent."""

PlaceKind = Literal[
    "school", "hospital", "place-of-worship", "court", "polling-station", "press", "playground"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class City(Strict):
    id: Slug
    names: Names
    latitude: Latitude
    longitude: Longitude
    confidence: Confidence
    languages: tuple[Literal["nl", "fr", "de"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality(Strict):
    nis: Nis
    nl: Filled
    fr: Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceZone(Strict):
    """A local police zone; `valid_to` stays empty until its end is decided."""

    code: ZoneCode
    city: Slug
    names: Names
    municipalities: Annotated[tuple[Municipality, ...], Field(min_length=1)]
    valid_from: date
    confidence: Confidence
    valid_to: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceService(Strict):
    """A federal service that lends units, such as the railway police."""

    code: ServiceCode
    names: Names
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMerger(Strict):
    """Zones that a bill would merge; nothing changes here until a date is decided."""

    id: Slug
    names: Names
    zones: Annotated[tuple[ZoneCode, ...], Field(min_length=2)]
    not_before: date
    not_after: date
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedPlace(Strict):
    """A place that soldiers do not enter unless they were asked to guard it."""

    id: Slug
    area: Slug
    kind: PlaceKind
    names: Names
    point: Point
    fictional: bool
    source: Filled
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaEntry(Strict):
    id: Slug
    city: Slug
    names: Names
    zone: ZoneCode
    services: tuple[ServiceCode, ...]
    municipalities: Annotated[tuple[Nis, ...], Field(min_length=1)]
    latitude: Latitude
    longitude: Longitude
    priority: Priority
    source: Filled
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(AreaEntry):
    """A patrol area with its drawing: `polygon` is one closed ring, counter-clockwise."""

    polygon: tuple[Point, ...]
    approximate: bool
    protected_places: tuple[ProtectedPlace, ...]

    @classmethod
    def drawn(
        cls, entry: AreaEntry, polygon: tuple[Point, ...], places: tuple[ProtectedPlace, ...]
    ) -> "Area":
        known = {field.name: getattr(entry, field.name) for field in fields(entry)}
        return cls(**known, polygon=polygon, approximate=True, protected_places=places)


@dataclass(frozen=True, slots=True)
class Way:
    """Minutes on the way between two areas, the same in both directions."""

    areas: tuple[str, str]
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CitiesFile(Provenance):
    city: tuple[City, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonesFile(Provenance):
    zone: tuple[PoliceZone, ...]
    service: tuple[PoliceService, ...]
    planned_merger: tuple[PlannedMerger, ...]

    def codes(self) -> Iterator[str]:
        """Of all that lend police units."""
        yield from (zone.code for zone in self.zone)
        yield from (service.code for service in self.service)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreasFile(Provenance):
    area: tuple[AreaEntry, ...]
