"""Independent judges: what a roster of a public problem breaks, and its official score.

Plain loops over the raw files, written from the published semantics. Nothing here is shared with
the engine, its checkers or the readers, so that an error in one of them shows.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

Json = Mapping[str, Any]
Times = tuple[datetime, datetime]
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` is empty for a lawful roster; `score` has one number a level, smaller is better."""

    broken: tuple[str, ...]
    score: tuple[int, ...]


def judge_shifts(instance: str, roster: str) -> Verdict:
    """An instance of Curtois and Qu, and rows `employee,day,shift`."""
    sections = _sections(instance)
    days = int(sections["SECTION_HORIZON"][0][0])
    lengths = {row[0]: int(row[1]) for row in sections["SECTION_SHIFTS"]}
    staff = {row[0]: row for row in sections["SECTION_STAFF"]}
    plan: dict[str, dict[int, str]] = {name: {} for name in staff}
    broken = []
    for name, day, shift in _table(roster, ["employee", "day", "shift"]):
        if name not in staff or shift not in lengths or day not in map(str, range(days)):
            broken.append(f"{name} {day} {shift}: a stranger")
        elif int(day) in plan[name]:
            broken.append(f"{name}: two shifts on day {day}")
        else:
            plan[name][int(day)] = shift
    for name, row in staff.items():
        broken += _contract_breaches(row, plan[name], lengths, days)
    broken += _calendar_breaches(sections, plan)
    return Verdict(tuple(broken), (_penalty(sections, plan),))


def _sections(text: str) -> dict[str, list[list[str]]]:
    sections: dict[str, list[list[str]]] = defaultdict(list)
    current = ""
    for line in text.replace("\r", "").split("\n"):
        if line.startswith("SECTION_"):
            current = line.strip()
        elif line.strip() and not line.startswith("#"):
            sections[current].append([field.strip() for field in line.split(",")])
    return sections


def _table(text: str, header: Sequence[str]) -> list[list[str]]:
    first, *rows = list(csv.reader(text.splitlines()))
    if first != header:
        raise ValueError(f"the header is {first}, not {header}")
    return rows


def _contract_breaches(
    row: Sequence[str], plan: Mapping[int, str], lengths: Mapping[str, int], days: int
) -> Iterator[str]:
    name, limits = row[0], row[1].split("|")
    most, least, in_a_row, together, off_together, weekends = map(int, row[2:8])
    worked = list(plan.values())
    for limit in filter(None, limits):
        shift, allowed = limit.split("=")
        if worked.count(shift) > int(allowed):
            yield f"{name}: {worked.count(shift)} times {shift}"
    minutes = sum(lengths[shift] for shift in worked)
    if not least <= minutes <= most:
        yield f"{name}: {minutes} minutes"
    if len({day // 7 for day in plan if day % 7 >= 5}) > weekends:
        yield f"{name}: too many weekends"
    for working, first, last in _runs(plan, days):
        length, inside = last - first + 1, first > 0 and last < days - 1
        if working and length > in_a_row:
            yield f"{name}: {length} shifts in a row from day {first}"
        if inside and length < (together if working else off_together):
            yield f"{name}: {'works' if working else 'is off'} only {length} from day {first}"


def _runs(plan: Mapping[int, str], days: int) -> Iterator[tuple[bool, int, int]]:
    """(working, first day, last day) of each stretch of days alike."""
    first = 0
    for day in range(1, days + 1):
        if day == days or (day in plan) != (first in plan):
            yield first in plan, first, day - 1
            first = day


def _calendar_breaches(
    sections: Mapping[str, Sequence[Sequence[str]]], plan: Mapping[str, Mapping[int, str]]
) -> Iterator[str]:
    never = {
        row[0]: row[2].split("|") if len(row) > 2 else [] for row in sections["SECTION_SHIFTS"]
    }
    for name, worked in plan.items():
        for day, shift in worked.items():
            if worked.get(day + 1) in never[shift]:
                yield f"{name}: {worked[day + 1]} on the day after {shift} on day {day}"
    for name, *off in sections.get("SECTION_DAYS_OFF", ()):
        for given in off:
            if given and int(given) in plan[name]:
                yield f"{name}: works on day off {given}"


def _penalty(
    sections: Mapping[str, Sequence[Sequence[str]]], plan: Mapping[str, Mapping[int, str]]
) -> int:
    total = 0
    for name, day, shift, weight in sections.get("SECTION_SHIFT_ON_REQUESTS", ()):
        if plan[name].get(int(day)) != shift:
            total += int(weight)
    for name, day, shift, weight in sections.get("SECTION_SHIFT_OFF_REQUESTS", ()):
        if plan[name].get(int(day)) == shift:
            total += int(weight)
    for day, shift, wanted, under, over in sections.get("SECTION_COVER", ()):
        there = sum(worked.get(int(day)) == shift for worked in plan.values())
        total += int(under) * max(0, int(wanted) - there)
        total += int(over) * max(0, there - int(wanted))
    return total


def judge_week(week: str, roster: str) -> Verdict:
    """A `tandem-week/1` file, and rows `unit,duty`."""
    data = json.loads(week)
    units = {unit["id"]: unit for unit in data["units"]}
    duties = {duty["id"]: duty for duty in data["duties"]}
    pairs = [(unit, duty) for unit, duty in _table(roster, ["unit", "duty"])]
    broken = [f"{u} on {d}: a stranger" for u, d in pairs if u not in units or d not in duties]
    broken += [f"{u} on {d}: {n} times" for (u, d), n in Counter(pairs).items() if n > 1]
    crews: dict[str, list[Json]] = {name: [] for name in duties}
    work: dict[str, list[Json]] = {name: [] for name in units}
    for unit, duty in dict.fromkeys(pairs):
        if unit in units and duty in duties:
            crews[duty].append(units[unit])
            work[unit].append(duties[duty])
    for name, done in work.items():
        broken += _own_breaches(units[name], done)
        broken += _time_breaches(units[name], done, data)
    for name, crew in crews.items():
        broken += _crew_breaches(duties[name], crew, data["rules"])
    deployed = sum(
        units[name]["persons"]
        for name, done in work.items()
        if done and units[name]["force"] == "military"
    )
    if deployed > data["rules"]["soldiers_cap"]:
        broken.append(f"{deployed} different soldiers")
    return Verdict(tuple(broken), _levels(duties, crews, work))


def _own_breaches(unit: Json, done: Sequence[Json]) -> Iterator[str]:
    for duty in done:
        where = f"{unit['id']} on {duty['id']}"
        if duty["area"] not in unit["areas"]:
            yield f"{where}: not its area"
        if unit["force"] == "military" and not duty["soldiers_allowed"]:
            yield f"{where}: no soldiers here"
        for begins, ends in map(_times, unit["absences"]):
            if begins < _at(duty, "released_at") and _at(duty, "reports_at") < ends:
                yield f"{where}: absent"


def _time_breaches(unit: Json, done: Sequence[Json], data: Json) -> Iterator[str]:
    if not done:
        return
    rules = data["rules"]
    spans = [(_at(duty, "reports_at"), _at(duty, "released_at")) for duty in done]
    everything = sorted(spans + [_times(span) for span in unit["past"]])
    for begins, ends in spans:
        others = list(everything)
        others.remove((begins, ends))
        rest = min((max(begins - e, s - ends) for s, e in others), default=WEEK)
        if rest < timedelta(minutes=rules["rest_minutes"]):
            yield f"{unit['id']}: rests {rest} before or after {begins}"
        worked = sum((_inside(span, ends - WEEK, ends) for span in everything), timedelta())
        if worked > timedelta(minutes=rules["rolling_7_days_minutes"]):
            yield f"{unit['id']}: {worked} in the 7 days to {ends}"
    yield from _weeks_without_rest(unit, spans, everything, data)
    nights = {_at(duty, "starts_at").date() for duty in done if duty["night"]}
    if _longest_row(nights) > rules["nights_in_a_row"]:
        yield f"{unit['id']}: {_longest_row(nights)} nights in a row"


def _weeks_without_rest(
    unit: Json, spans: Sequence[Times], everything: Sequence[Times], data: Json
) -> Iterator[str]:
    rest = timedelta(minutes=data["rules"]["weekly_rest_minutes"])
    begins, last = _at(data, "starts_at"), _at(data, "ends_at")
    while begins < last:
        ends, longest, free_from = begins + WEEK, timedelta(), begins
        for starts, stops in everything:
            if stops > begins and starts < ends:
                longest = max(longest, starts - free_from)
                free_from = max(free_from, stops)
        longest = max(longest, ends - free_from)
        if longest < rest and any(s < ends and e > begins for s, e in spans):
            yield f"{unit['id']}: rests {longest} in the week from {begins}"
        begins = ends


def _crew_breaches(duty: Json, crew: Sequence[Json], rules: Json) -> Iterator[str]:
    if not crew:
        return
    police = [unit for unit in crew if unit["force"] == "police"]
    soldiers = sum(unit["persons"] for unit in crew if unit["force"] == "military")
    officers = sum(unit["persons"] for unit in police)
    if not police:
        yield f"{duty['id']}: no police"
    if soldiers > rules["soldiers_per_police"] * officers:
        yield f"{duty['id']}: {soldiers} soldiers with {officers} officers"
    if soldiers + officers > duty["persons_maximum"]:
        yield f"{duty['id']}: {soldiers + officers} persons"
    for language in ("nl", "fr"):
        if not any(language in unit["languages"] for unit in crew):
            yield f"{duty['id']}: nobody speaks {language}"
    for wanted in duty["qualifications"]:
        if not any(wanted in unit["qualifications"] for unit in police):
            yield f"{duty['id']}: no police unit holds {wanted}"


def _levels(
    duties: Mapping[str, Json],
    crews: Mapping[str, Sequence[Json]],
    work: Mapping[str, Sequence[Json]],
) -> tuple[int, int, int]:
    minimum = target = persons = 0
    for name, duty in duties.items():
        there = {"police": 0, "military": 0}
        for unit in crews[name]:
            there[unit["force"]] += unit["persons"]
        minimum += duty["priority"] * max(0, duty["police_minimum"] - there["police"])
        target += duty["priority"] * max(0, duty["police_target"] - there["police"])
        target += duty["priority"] * max(0, duty["soldiers_target"] - there["military"])
    for done in filter(None, work.values()):  # who is never out is in no area, at no price
        persons += sum(duty["night"] for duty in done) ** 2
        persons += sum(duty["weekend"] for duty in done) ** 2
        persons += 3 * (len({duty["area"] for duty in done}) - 1)
    return minimum, target, persons


def _at(thing: Json, key: str) -> datetime:
    return datetime.fromisoformat(thing[key])


def _times(span: Sequence[str]) -> Times:
    return datetime.fromisoformat(span[0]), datetime.fromisoformat(span[1])


def _inside(span: Times, begins: datetime, ends: datetime) -> timedelta:
    return max(timedelta(), min(span[1], ends) - max(span[0], begins))


def _longest_row(days: set[date]) -> int:
    longest = 0
    for day in days:
        row = 1
        while day + row * timedelta(days=1) in days:
            row += 1
        longest = max(longest, row)
    return longest
