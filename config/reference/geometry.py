"""GeoJSON shapes of patrol areas and protected places, and whether a ring is well drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Annotated, Literal

from pydantic import Field

from config.reading import Confidence, Strict
from config.reference.places import PlaceKind, Point, ProtectedPlace
from config.reference.wording import Filled, Names, Provenance, Slug

Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon(Strict):
    type: Literal["Polygon"]
    coordinates: Annotated[tuple[Ring, ...], Field(min_length=1, max_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot(Strict):
    type: Literal["Point"]
    coordinates: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineProperties(Strict):
    approximate: Literal[True]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceProperties(Strict):
    area: Slug
    kind: PlaceKind
    names: Names
    approximate: Literal[True]
    fictional: bool
    source: Filled
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(Strict):
    """Around one patrol area, whose id it bears."""

    type: Literal["Feature"]
    id: Slug
    geometry: Polygon
    properties: OutlineProperties

    @property
    def ring(self) -> Ring:
        return self.geometry.coordinates[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Strict):
    type: Literal["Feature"]
    id: Slug
    geometry: Spot
    properties: PlaceProperties

    def protected(self) -> ProtectedPlace:
        said = self.properties
        return ProtectedPlace(
            id=self.id,
            area=said.area,
            kind=said.kind,
            names=said.names,
            point=self.geometry.coordinates,
            fictional=said.fictional,
            source=said.source,
            confidence=said.confidence,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinesFile(Provenance):
    type: Literal["FeatureCollection"]
    features: tuple[Outline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesFile(Provenance):
    type: Literal["FeatureCollection"]
    features: tuple[Place, ...]


def ring_faults(ring: Ring) -> Iterator[str]:
    """What GeoJSON (RFC 7946) would not accept as an outer ring."""
    if len(ring) < 4:
        yield "the ring needs at least four points, the last one equal to the first"
        return
    if ring[0] != ring[-1]:
        yield f"the ring is not closed: the last point must be {list(ring[0])}"
        return
    if _doubled_area(ring) <= 0:
        yield "the ring runs clockwise; list its points counter-clockwise"
    if _crosses_itself(ring):
        yield "the ring crosses itself"


def _doubled_area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def _crosses_itself(ring: Ring) -> bool:
    edges = list(pairwise(ring))
    return any(
        {*first}.isdisjoint(second) and _cross(first, second)
        for first, second in combinations(edges, 2)
    )


def _cross(first: tuple[Point, Point], second: tuple[Point, Point]) -> bool:
    return _side(*first, second[0]) != _side(*first, second[1]) and _side(
        *second, first[0]
    ) != _side(*second, first[1])


def _side(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])
