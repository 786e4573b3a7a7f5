"""The shipped reference data says what it should, and where it comes from."""

from collections import Counter
from dataclasses import fields
from itertools import pairwise
from math import asin, ceil, cos, radians, sin, sqrt

import pytest

from config.reference import FILES, FOLDER, Reference
from config.reference.geometry import Ring, ring_faults
from config.reference.places import Area
from config.reference.wording import Provenance

SQUARE: Ring = ((4.30, 50.80), (4.31, 50.80), (4.31, 50.81), (4.30, 50.81), (4.30, 50.80))
BOW_TIE: Ring = ((4.30, 50.80), (4.32, 50.81), (4.32, 50.80), (4.30, 50.82), (4.30, 50.80))


def kilometres(one: Area, other: Area) -> float:
    a, b = radians(one.latitude), radians(other.latitude)
    along = radians(other.longitude - one.longitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(along / 2) ** 2
    return 2 * 6371 * asin(sqrt(half))


def test_every_data_file_is_loaded_and_has_source_and_confidence(reference: Reference) -> None:
    shipped = {p.name for p in FOLDER.iterdir() if p.suffix in (".toml", ".geojson", ".csv")}

    assert {file for file, _ in FILES.values()} == shipped
    for part in fields(reference):
        said = getattr(reference, part.name)
        assert isinstance(said, Provenance)
        assert said.source
        assert said.confidence in ("V", "V-", "M", "A")


def test_the_six_cities_and_their_zones_are_there(reference: Reference) -> None:
    zones = {zone.code: zone.city for zone in reference.zones.zone}

    assert len(reference.cities.city) == 6
    assert [code for code, city in zones.items() if city == "brussels"] == [
        "5339",
        "5340",
        "5341",
        "5342",
        "5343",
        "5344",
    ]
    assert set(zones.values()) == {city.id for city in reference.cities.city}
    assert [service.code for service in reference.zones.service] == ["SPC"]


def test_the_six_zones_of_brussels_hold_its_nineteen_municipalities(reference: Reference) -> None:
    nis = [m.nis for z in reference.zones.zone if z.city == "brussels" for m in z.municipalities]

    assert sorted(nis) == [f"210{number:02}" for number in range(1, 20)]


def test_a_merger_that_is_only_planned_ends_no_zone(reference: Reference) -> None:
    (merger,) = reference.zones.planned_merger

    assert len(merger.zones) == 6
    assert all(zone.valid_to is None for zone in reference.zones.zone)


def test_patrol_areas_are_drawn_around_their_point_and_marked_approximate(
    reference: Reference,
) -> None:
    areas = reference.drawn_areas()

    assert len(areas) == 6
    for area in areas:
        assert area.approximate
        assert not list(ring_faults(area.polygon))
        longitudes, latitudes = zip(*area.polygon, strict=True)
        assert min(longitudes) < area.longitude < max(longitudes)
        assert min(latitudes) < area.latitude < max(latitudes)


def test_protected_places_lie_in_or_beside_their_area(reference: Reference) -> None:
    places = [place for area in reference.drawn_areas() for place in area.protected_places]

    assert {place.area for place in places if place.kind == "school"} == {"peterbos", "bethleem"}
    for area in reference.drawn_areas():
        for place in area.protected_places:
            assert abs(place.point[0] - area.longitude) < 0.005
            assert abs(place.point[1] - area.latitude) < 0.003


def test_a_place_that_soldiers_guard_in_the_demo_is_invented(reference: Reference) -> None:
    invented = {place.id for place in reference.places.features if place.properties.fictional}
    guarded = {row.place for row in reference.coverage.guards if row.place}

    assert guarded
    assert guarded <= invented


@pytest.mark.parametrize(
    ("ring", "fault"),
    [
        (SQUARE, None),
        (SQUARE[::-1], "the ring runs clockwise"),
        (SQUARE[:-1], "the ring is not closed"),
        (SQUARE[:3], "the ring needs at least four points, the last one equal to the first"),
        (BOW_TIE, "the ring crosses itself"),
    ],
)
def test_a_ring_is_closed_counter_clockwise_and_simple(ring: Ring, fault: str | None) -> None:
    found = [sentence.split(";")[0].split(":")[0] for sentence in ring_faults(ring)]

    assert found == ([fault] if fault else [])


def test_minutes_between_areas_follow_the_method_that_the_table_names(
    reference: Reference,
) -> None:
    areas = {area.id: area for area in reference.drawn_areas()}

    assert "40 %" in reference.travel.note
    assert len(reference.travel.ways) == 15
    for way in reference.travel.ways:
        driven = kilometres(areas[way.areas[0]], areas[way.areas[1]]) * 1.4 / 20 * 60
        assert way.minutes == ceil(3 + driven)


def test_shifts_cover_the_day_and_a_sixth_in_a_week_is_too_many(reference: Reference) -> None:
    shifts = {shift.id: shift for shift in reference.shifts.shift}
    round_the_clock = [shifts[name] for name in ("early", "late", "night")]

    assert sum(shift.length_minutes for shift in round_the_clock) == 24 * 60
    assert [shift.id for shift in round_the_clock if shift.ends_next_day] == ["night"]
    for shift in round_the_clock:
        worked = shift.reports_before_minutes + shift.length_minutes + shift.released_after_minutes
        assert 5 * worked <= 48 * 60 < 50 * 60 < 6 * worked


def test_the_forces_have_the_size_that_is_publicly_known(reference: Reference) -> None:
    forces = reference.forces
    lent = Counter(unit.service for unit in forces.unit if unit.force == "police")

    assert forces.fictional
    assert forces.strength("military") == 45
    assert 85 <= forces.strength("police") <= 100
    assert set(lent) == {"5339", "5340", "5341", "5344", "SPC"}
    assert 34 <= lent.total() <= 40


def test_the_forces_let_every_rule_bite(reference: Reference) -> None:
    units = reference.forces.unit
    spoken = [frozenset(lang for m in unit.members for lang in m.languages) for unit in units]
    briefed = [
        m.expires["roe-briefing"] for u in units if u.force == "military" for m in u.members
    ]
    searchers = [
        unit for unit in units if any("female-searcher" in m.expires for m in unit.members)
    ]
    absent = {absence.who for absence in reference.forces.absence}

    assert any("nl" not in languages for languages in spoken)
    assert any("fr" not in languages for languages in spoken)
    assert 0 < len(searchers) < len(units)
    assert {expiry for expiry in briefed if isinstance(expiry, int) and expiry < 7}
    assert all(isinstance(expiry, int) and expiry <= 16 for expiry in briefed)
    assert absent & {unit.id for unit in units}
    assert absent - {unit.id for unit in units}
    assert any(unit.areas for unit in units)


def test_every_police_unit_is_free_one_weekend_in_four(reference: Reference) -> None:
    police = [unit for unit in reference.forces.unit if unit.force == "police"]
    weeks_apart = {
        (later.from_day - earlier.from_day) // 7
        for unit in police
        for earlier, later in pairwise(unit.free_weekends())
    }

    assert Counter(unit.free_weekend for unit in police) == {0: 9, 1: 9, 2: 9, 3: 9}
    assert weeks_apart == {4}


def test_a_free_weekend_within_listed_leave_is_not_told_twice(reference: Reference) -> None:
    days = Counter(
        (absence.who, day)
        for absence in reference.forces.absences()
        for day in range(*absence.days)
    )

    assert set(days.values()) == {1}


def test_whole_units_consent_to_a_shorter_rest(reference: Reference) -> None:
    consenting = {consent.member for consent in reference.forces.consent}
    numbers = [{m.number for m in unit.members} for unit in reference.forces.unit]

    assert any(members <= consenting for members in numbers)


def test_the_coverage_asks_for_nearly_all_that_the_forces_could_do_without_leave(
    reference: Reference,
) -> None:
    lines = list(reference.coverage.lines())
    for force in ("police", "military"):
        needs = [
            need
            for line in lines
            for need in line.pattern.needs
            if need.counts == "teams" and need.force == force
        ]
        units = sum(unit.force == force for unit in reference.forces.unit)
        assert sum(need.minimum for need in needs) < 0.7 * 5 * units
        assert 0.85 <= sum(need.target for need in needs) / (5 * units) <= 1


def test_like_duties_of_a_day_are_numbered(reference: Reference) -> None:
    lines = list(reference.coverage.lines())
    places = [
        (line.pattern.kind, line.entry.area, line.entry.shift, line.weekday, line.number)
        for line in lines
    ]

    assert len(set(places)) == len(lines)
    assert 110 <= Counter(line.pattern.kind for line in lines)["patrol"] <= 150
    assert max(line.number for line in lines if line.pattern.kind == "patrol") == 2


def test_soldiers_are_asked_only_for_tasks_without_police_powers(reference: Reference) -> None:
    powers = {"identity-check", "search-person", "search-vehicle", "arrest", "crowd-control"}
    for pattern in reference.coverage.pattern:
        for need in pattern.needs:
            assert need.force == "police" or not powers & set(need.tasks)


def test_every_name_is_given_in_four_languages(reference: Reference) -> None:
    names = reference.areas.area[0].names

    assert [names.in_(language) for language in ("en", "nl", "fr", "de")] == [
        "Clemenceau",
        "Clemenceauwijk",
        "Quartier Clemenceau",
        "Clemenceau-Viertel",
    ]
