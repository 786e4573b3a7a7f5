"""Whether the data files agree with each other: every name that one uses, another defines."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from config.reference.coverage import WEEKDAYS, Pattern, WeekEntry, patterns_in
from config.reference.forces import DEFENCE, DemoMember, DemoUnit
from config.reference.geometry import ring_faults
from config.reference.shifts import HALF_DAY_MINUTES
from config.reference.whole import Reference

COMMON_YEAR = 2001


def disagreements(reference: Reference) -> Iterator[str]:
    """Each one a sentence that names file, entry and key, and what is allowed."""
    for file, faults in (
        ("zones.toml", _zones(reference)),
        ("areas.toml", _areas(reference)),
        ("areas.geojson", _outlines(reference)),
        ("places.geojson", _places(reference)),
        ("travel.csv", _same(reference.travel.areas, _area_ids(reference))),
        ("holidays.toml", _holidays(reference)),
        ("shifts.toml", _shifts(reference)),
        ("qualifications.toml", _twice(q.id for q in reference.qualifications.qualification)),
        ("tasks.toml", _twice(task.id for task in reference.tasks.task)),
        ("forces.toml", _forces(reference)),
        ("coverage.toml", _coverage(reference)),
        ("cities.toml", _twice(city.id for city in reference.cities.city)),
    ):
        yield from (f"{file}: {fault}" for fault in faults)


def _zones(reference: Reference) -> Iterator[str]:
    zones = reference.zones
    cities = {city.id for city in reference.cities.city}
    yield from _twice(zones.codes())
    yield from _twice(m.nis for zone in zones.zone for m in zone.municipalities)
    for zone in zones.zone:
        yield from _unknown(f'zone "{zone.code}", city', [zone.city], cities)
        if zone.valid_to is not None and zone.valid_to <= zone.valid_from:
            yield f'zone "{zone.code}", valid_to: must be after {zone.valid_from}'
    for merger in zones.planned_merger:
        where = f'planned_merger "{merger.id}"'
        yield from _unknown(f"{where}, zones", merger.zones, {zone.code for zone in zones.zone})
        if merger.not_after < merger.not_before:
            yield f"{where}, not_after: must not be before {merger.not_before}"


def _areas(reference: Reference) -> Iterator[str]:
    cities = {city.id for city in reference.cities.city}
    services = {service.code for service in reference.zones.service}
    yield from _twice(_area_ids(reference))
    for area in reference.areas.area:
        where = f'area "{area.id}"'
        zones = {z.code: z for z in reference.zones.zone if z.city == area.city}
        yield from _unknown(f"{where}, city", [area.city], cities)
        yield from _unknown(f"{where}, zone", [area.zone], zones)
        yield from _unknown(f"{where}, services", area.services, services)
        if zone := zones.get(area.zone):
            known = {municipality.nis for municipality in zone.municipalities}
            yield from _unknown(f"{where}, municipalities", area.municipalities, known)


def _outlines(reference: Reference) -> Iterator[str]:
    outlines = reference.outlines.features
    yield from _same([outline.id for outline in outlines], _area_ids(reference))
    for outline in outlines:
        yield from (f'features "{outline.id}": {fault}' for fault in ring_faults(outline.ring))


def _places(reference: Reference) -> Iterator[str]:
    features = reference.places.features
    yield from _twice(place.id for place in features)
    for place in features:
        where = f'features "{place.id}", area'
        yield from _unknown(where, [place.properties.area], _area_ids(reference))


def _holidays(reference: Reference) -> Iterator[str]:
    yield from _twice(holiday.id for holiday in reference.holidays.holiday)
    for holiday in reference.holidays.holiday:
        where = f'holiday "{holiday.id}"'
        if (holiday.fixed is None) == (holiday.easter_days is None):
            yield f"{where}: give either fixed (MM-DD) or easter_days, and not both"
        elif holiday.fixed is not None and not _every_year(holiday.fixed):
            yield f"{where}, fixed: {holiday.fixed} is not a day of every year"


def _every_year(month_day: str) -> bool:
    try:
        date.fromisoformat(f"{COMMON_YEAR}-{month_day}")
    except ValueError:
        return False
    return True


def _shifts(reference: Reference) -> Iterator[str]:
    yield from _twice(shift.id for shift in reference.shifts.shift)
    for shift in reference.shifts.shift:
        around = shift.reports_before_minutes + shift.released_after_minutes
        if shift.length_minutes + around > HALF_DAY_MINUTES:
            yield (
                f'shift "{shift.id}": reporting to release may take {HALF_DAY_MINUTES} minutes'
                f" (given: {shift.length_minutes + around})"
            )


def _forces(reference: Reference) -> Iterator[str]:
    forces = reference.forces
    units, members = [u.id for u in forces.unit], [m.number for m in forces.members()]
    yield from _twice(units)
    yield from _twice(members)
    for unit in forces.unit:
        yield from _unit(reference, unit)
    for absence in forces.absence:
        where = f'absence of "{absence.who}"'
        yield from _unknown(f"{where}, who", [absence.who], {*units, *members})
        if absence.until_day <= absence.from_day:
            yield f"{where}, until_day: must be after {absence.from_day}"
    for consent in forces.consent:
        where = f'consent of "{consent.member}"'
        yield from _unknown(f"{where}, member", [consent.member], members)
        if consent.until_day <= consent.from_day:
            yield f"{where}, until_day: must be after {consent.from_day}"


def _unit(reference: Reference, unit: DemoUnit) -> Iterator[str]:
    where = f'unit "{unit.id}"'
    services = {DEFENCE} if unit.force == "military" else set(reference.zones.codes())
    yield from _unknown(f"{where}, service", [unit.service], services)
    yield from _unknown(f"{where}, home", [unit.home], _area_ids(reference))
    yield from _unknown(f"{where}, familiar", unit.familiar, _area_ids(reference))
    yield from _unknown(f"{where}, areas", unit.areas, _area_ids(reference))
    if unit.smallest > len(unit.members):
        yield f"{where}, smallest: must be from 1 to {len(unit.members)}, its members"
    for member in unit.members:
        yield from _member(reference, unit, member)


def _member(reference: Reference, unit: DemoUnit, member: DemoMember) -> Iterator[str]:
    where = f'unit "{unit.id}", member "{member.number}"'
    prefix = "M-" if unit.force == "military" else f"P-{unit.service}-"
    if not member.number.startswith(prefix):
        yield f"{where}, number: must begin with {prefix}"
    kinds = reference.qualifications.qualification
    known = [kind.id for kind in kinds if unit.force in kind.forces]
    yield from _unknown(f"{where}, expires", member.expires, known)


def _coverage(reference: Reference) -> Iterator[str]:
    coverage = reference.coverage
    yield from _twice(pattern.id for pattern in coverage.pattern)
    for kind, rows in coverage.weeks.items():
        yield from _twice(f"{kind} {row.area} {row.shift}" for row in rows)
    for pattern in coverage.pattern:
        yield from _pattern(reference, pattern)
    for kind, rows in coverage.weeks.items():
        patterns = {pattern.id for pattern in coverage.pattern if pattern.kind == kind}
        for row in rows:
            yield from _week(reference, row, kind, patterns)


def _pattern(reference: Reference, pattern: Pattern) -> Iterator[str]:
    where = f'pattern "{pattern.id}"'
    yield from _twice(need.id for need in pattern.needs)
    asked = [need.qualification for need in pattern.needs if need.qualification]
    asked += [requirement.qualification for requirement in pattern.requires]
    known = [kind.id for kind in reference.qualifications.qualification]
    yield from _unknown(f"{where}, qualification", asked, known)
    tasks = [task.id for task in reference.tasks.task]
    for need in pattern.needs:
        yield from _unknown(f'{where}, needs "{need.id}", tasks', need.tasks, tasks)
        if not need.minimum <= need.target <= need.maximum:
            yield f'{where}, needs "{need.id}": minimum <= target <= maximum must hold'


def _week(reference: Reference, row: WeekEntry, kind: str, patterns: set[str]) -> Iterator[str]:
    where = f"{kind} {row.area} {row.shift}"
    yield from _unknown(f"{where}, area", [row.area], _area_ids(reference))
    yield from _unknown(
        f"{where}, shift", [row.shift], [shift.id for shift in reference.shifts.shift]
    )
    for weekday, cell in zip(WEEKDAYS, row.week, strict=True):
        yield from _unknown(f"{where}, {weekday}", patterns_in(cell), patterns)
    if row.place is not None:
        places = reference.places.features
        known = [place.id for place in places if place.properties.area == row.area]
        yield from _unknown(f"{where}, place", [row.place], known)


def _area_ids(reference: Reference) -> list[str]:
    return [area.id for area in reference.areas.area]


def _unknown(where: str, used: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for name in used:
        if name not in known:
            yield f'{where}: "{name}" is not known; allowed: {", ".join(sorted(known)) or "none"}'


def _same(given: Collection[str], wanted: Collection[str]) -> Iterator[str]:
    yield from _twice(given)
    yield from _unknown("area", given, wanted)
    yield from (f'area "{name}" is missing' for name in wanted if name not in given)


def _twice(names: Iterable[str]) -> Iterator[str]:
    yield from (f'"{name}" stands twice' for name, n in Counter(names).items() if n > 1)
