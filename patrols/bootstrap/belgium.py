"""Reference data as rows, in the order in which they lean on each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from config.reference import Reference
from config.reference.coverage import CoverageLine
from config.reference.forces import DEFENCE, DemoAbsence, DemoMember, DemoUnit
from config.reference.places import Area
from config.reference.shifts import DAY_MINUTES, Shift
from patrols.areas.records import (
    AreaRecord,
    CityRecord,
    CoverageRecord,
    PoliceZoneRecord,
    ProtectedPlaceRecord,
    ShiftRecord,
    TaskKindRecord,
    TravelRecord,
)
from patrols.availability.records import AbsenceRecord
from patrols.forces.records import (
    ConsentRecord,
    MemberRecord,
    QualificationKindRecord,
    QualificationRecord,
    ServiceRecord,
    UnitAreaKind,
    UnitAreaRecord,
    UnitRecord,
)
from patrols.procedures.reference_data import Group
from patrols.store.office import Office
from scheduler.forces import DutyKind, Force

DEFENCE_NAMES = {"en": "Defence", "nl": "Defensie", "fr": "Défense", "de": "Landesverteidigung"}


def reference_rows(reference: Reference, monday: date, office: Office) -> Iterator[Group]:
    """Belgium; in a demo also the invented forces and coverage, their days from `monday` on."""
    yield from _belgium(reference)
    if office.demo:
        yield from _forces(reference, monday, office)
        yield tuple(_coverage(reference))


def _belgium(reference: Reference) -> Iterator[Group]:
    for city in reference.cities.city:
        yield (
            CityRecord(
                **_fields(city, "id", "latitude", "longitude", "confidence"),
                names=asdict(city.names),
                languages=city.languages,
            ),
        )
    for zone in reference.zones.zone:
        own = _fields(zone, "code", "valid_from", "valid_to", "confidence", "note")
        towns = [asdict(town) for town in zone.municipalities]
        names = asdict(zone.names)
        yield (
            PoliceZoneRecord(**own, city_id=zone.city, names=names, municipalities=towns),
            ServiceRecord(id=zone.code, force=Force.POLICE, names=names),
        )
    for lender in reference.zones.service:
        names = asdict(lender.names)
        yield (ServiceRecord(id=lender.code, force=Force.POLICE, names=names),)
    yield (ServiceRecord(id=DEFENCE, force=Force.MILITARY, names=DEFENCE_NAMES),)
    yield from ((_area(area),) for area in reference.drawn_areas())
    for way in reference.travel.ways:
        first, second = sorted(way.areas)
        yield (TravelRecord(area_id=first, other_area_id=second, minutes=way.minutes),)
    yield from ((_shift(shift),) for shift in reference.shifts.shift)
    for kind in reference.qualifications.qualification:
        own = _fields(kind, "id", "forces", "valid_days", "confidence")
        yield (QualificationKindRecord(**own, names=asdict(kind.names)),)
    for task in reference.tasks.task:
        own = _fields(task, "id", "confidence")
        yield (TaskKindRecord(**own, names=asdict(task.names)),)


def _fields(entry: object, *names: str) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names}


def _area(area: Area) -> AreaRecord:
    return AreaRecord(
        **_fields(
            area,
            "id",
            "services",
            "municipalities",
            "latitude",
            "longitude",
            "polygon",
            "approximate",
            "priority",
            "source",
            "confidence",
        ),
        city_id=area.city,
        zone_code=area.zone,
        names=asdict(area.names),
        protected_places=[
            ProtectedPlaceRecord(
                **_fields(place, "id", "kind", "fictional", "source", "confidence"),
                names=asdict(place.names),
                longitude=place.point[0],
                latitude=place.point[1],
            )
            for place in area.protected_places
        ],
    )


def _shift(shift: Shift) -> ShiftRecord:
    starts = shift.starts.hour * 60 + shift.starts.minute
    assert 0 <= starts < DAY_MINUTES
    return ShiftRecord(
        **_fields(shift, "id", "reports_before_minutes", "released_after_minutes"),
        names=asdict(shift.names),
        starts_minute=starts,
        ends_minute=starts + shift.length_minutes,
    )


def _forces(reference: Reference, monday: date, office: Office) -> Iterator[Group]:
    """A unit comes with its absences: they are those of the week for which it was invented."""
    forces = reference.forces
    consents: dict[str, list[ConsentRecord]] = {}
    for given in forces.consent:
        first, last = _days(monday, given.from_day, given.until_day)
        consent = ConsentRecord(kind=given.kind, from_day=first, until_day=last)
        consents.setdefault(given.member, []).append(consent)
    listed = tuple(forces.absences())
    for unit in forces.unit:
        own = {unit.id, *(member.number for member in unit.members)}
        members = [_member(m, monday, consents.get(m.number, [])) for m in unit.members]
        absences = [_absence(away, unit, monday, office) for away in listed if away.who in own]
        yield (_unit(unit, members), *absences)


def _unit(unit: DemoUnit, members: list[MemberRecord]) -> UnitRecord:
    return UnitRecord(
        **_fields(unit, "id", "smallest"),
        service_id=unit.service,
        force=Force(unit.force),
        name=unit.id,
        home_area_id=unit.home,
        fictional=True,
        members=members,
        areas=[
            *(UnitAreaRecord(area_id=a, kind=UnitAreaKind.FAMILIAR) for a in unit.familiar),
            *(UnitAreaRecord(area_id=a, kind=UnitAreaKind.AUTHORISED) for a in unit.areas),
        ],
    )


def _member(member: DemoMember, monday: date, consents: list[ConsentRecord]) -> MemberRecord:
    return MemberRecord(
        id=member.number,
        languages=member.languages,
        consents=consents,
        qualifications=[
            QualificationRecord(
                name=name, expires_on=None if day == "never" else monday + timedelta(days=day)
            )
            for name, day in member.expires.items()
        ],
    )


def _absence(away: DemoAbsence, unit: DemoUnit, monday: date, office: Office) -> AbsenceRecord:
    zone = ZoneInfo(office.timezone)
    first, last = _days(monday, away.from_day, away.until_day)
    whole = away.who == unit.id
    return AbsenceRecord(
        unit_id=away.who if whole else None,
        member_id=None if whole else away.who,
        starts_at=datetime.combine(first, time(), zone),
        ends_at=datetime.combine(last, time(), zone),
        reported_at=office.now(),
    )


def _days(monday: date, first: int, last: int) -> tuple[date, date]:
    return monday + timedelta(days=first), monday + timedelta(days=last)


def _coverage(reference: Reference) -> Iterator[CoverageRecord]:
    priorities = {area.id: area.priority for area in reference.areas.area}
    for line in reference.coverage.lines():
        yield _line(line, priorities[line.entry.area])


def _line(line: CoverageLine, priority: int) -> CoverageRecord:
    return CoverageRecord(
        area_id=line.entry.area,
        shift_id=line.entry.shift,
        weekday=line.weekday,
        number=line.number,
        kind=DutyKind(line.pattern.kind),
        pattern=line.pattern.id,
        needs=[_plain(need) for need in line.pattern.needs],
        requires=[_plain(requirement) for requirement in line.pattern.requires],
        priority=line.entry.priority or priority,
        protected_place_id=line.entry.place,
    )


def _plain(entry: Any) -> dict[str, Any]:
    return {key: value for key, value in asdict(entry).items() if value is not None}
