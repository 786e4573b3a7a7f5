"""Random tiny weeks on which every rule has something to say; the same seed, the same week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from scheduler.duties import Area, AreaHours, Count, Duty, Mandate, Need, Requirement, Travel
from scheduler.forces import (
    Clock,
    Consent,
    DutyKind,
    Force,
    Member,
    Qualification,
    Unit,
    Worked,
)
from scheduler.moments import DAY_MINUTES, Horizon, Span
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import PreferenceInForce, RuleInForce
from tests.scheduler.micro_wishes import with_wishes

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAYS = (date(2026, 12, 7), date(2026, 3, 23), date(2026, 10, 19))  # two with a clock change
AREAS = ("anneessens", "bockstael", "cureghem")
QUALIFICATIONS = ("police-lead", "female-searcher", "roe-briefing")
TASKS = ("presence", "arrest", "cover")


def micro_week(
    rng: Random,
    rules: tuple[RuleInForce, ...] = (),
    preferences: tuple[PreferenceInForce, ...] = (),
) -> RosterProblem:
    horizon = _horizon(rng)
    units = _units(rng, horizon)
    clocks = sorted({member.clock for unit in units for member in unit.members})
    duties = _duties(rng, horizon)
    pairs = [Assignment(u.id, d.id) for u in units for d in duties]
    problem = RosterProblem(
        city="micro",
        horizon=horizon,
        areas=tuple(Area(area, "micro", area.title()) for area in AREAS),
        travel=(Travel((AREAS[0], AREAS[1]), rng.choice((5, 15, 40))),),
        units=units,
        clocks=tuple(Clock(name, _worked(rng, horizon)) for name in clocks),
        duties=duties,
        mandates=tuple(
            _mandate(rng, horizon, f"M{i}") for i in range(rng.choice((0, 1, 1, 1, 2)))
        ),
        rules=rules,
        preferences=preferences,
        reference=tuple(rng.sample(pairs, k=rng.randint(0, len(pairs) // 2))),
    )
    return with_wishes(Random(str(rng.getstate())), problem)


def random_roster(rng: Random, problem: RosterProblem) -> Roster:
    density = rng.choice((0.05, 0.1, 0.2, 0.4, 0.7))
    return Roster.of(
        Assignment(unit.id, duty.id)
        for unit in problem.units
        for duty in problem.duties
        if rng.random() < density
    )


def moved(
    rng: Random, problem: RosterProblem, roster: Roster, refused: Sequence[tuple[str, str]]
) -> Roster:
    """The roster after one hand: somebody added (often where refused), removed, or replaced."""
    everybody = [(u.id, d.id) for u in problem.units for d in problem.duties]
    out = rng.choice(sorted(roster.pairs)) if roster.pairs and rng.random() < 0.4 else None
    tempting = refused if refused and rng.random() < 0.7 else everybody
    free = [pair for pair in tempting if pair not in roster.pairs]
    if out is not None:
        roster = roster.without(*out)
    if free and (out is None or rng.random() < 0.5):
        roster = roster.with_(Assignment(*rng.choice(free)))
    return roster


def _horizon(rng: Random) -> Horizon:
    monday = rng.choice(MONDAYS)
    ends = monday + timedelta(days=rng.choice((7, 7, 7, 10, 14)))
    starts_at, ends_at = (
        datetime(d.year, d.month, d.day, tzinfo=BRUSSELS).astimezone(UTC) for d in (monday, ends)
    )
    return Horizon(starts_at, (ends_at - starts_at) // timedelta(minutes=1))


def _units(rng: Random, horizon: Horizon) -> tuple[Unit, ...]:
    units = tuple(_unit(rng, horizon, number) for number in range(rng.randint(2, 4)))
    if rng.random() < 0.3:  # somebody serves in two units
        lent = units[0].members[0]
        units = (*units[:-1], replace(units[-1], members=(*units[-1].members, lent)))
    return units


def _unit(rng: Random, horizon: Horizon, number: int) -> Unit:
    force = Force.POLICE if number == 0 else rng.choice((*Force, Force.MILITARY))
    shared = rng.random() < 0.6
    members = tuple(
        Member(
            id=f"S{number}{person}",
            clock=f"C{number}" if shared else f"C{number}{person}",
            qualifications=tuple(
                Qualification(name, rng.choice((None, None, -5, horizon.minutes // 2)))
                for name in QUALIFICATIONS
                if rng.random() < 0.8
            ),
            languages=tuple(name for name in ("fr", "nl") if rng.random() < 0.5),
            absences=_absences(rng, horizon),
            consents=(Consent("shorter-rest", Span(-60, rng.randint(0, horizon.minutes))),)
            if rng.random() < 0.5
            else (),
        )
        for person in range(rng.randint(1, 3))
    )
    return Unit(
        id=f"U{number}",
        force=force,
        members=members,
        areas=() if rng.random() < 0.4 else tuple(rng.sample(AREAS, 2)),
        familiar=() if rng.random() < 0.3 else (rng.choice(AREAS),),
        contract=rng.choice(("", "half-time")),
        smallest=rng.randint(1, len(members)),
    )


def _absences(rng: Random, horizon: Horizon) -> tuple[Span, ...]:
    if rng.random() < 0.45:
        return ()
    start = rng.randrange(0, horizon.minutes, 60)
    return (Span(start, start + rng.choice((600, 4 * DAY_MINUTES))),)


def _worked(rng: Random, horizon: Horizon) -> tuple[Worked, ...]:
    past = [-rng.randrange(8 * 60, 26 * DAY_MINUTES, 60) for _ in range(rng.randint(0, 8))]
    past += [-8 * 60] if rng.random() < 0.3 else []
    later = [horizon.minutes + rng.randrange(0, 2 * DAY_MINUTES, 60)]
    starts = past + (later if rng.random() < 0.3 else [])
    return tuple(_work(rng, horizon, start) for start in sorted(starts))


def _work(rng: Random, horizon: Horizon, start: int) -> Worked:
    hours = rng.choice((4, 8, 9))
    return Worked(
        reports_at=start - rng.choice((0, 20)),
        starts_at=start,
        ends_at=start + hours * 60,
        released_at=start + hours * 60 + rng.choice((0, 20)),
        kind=rng.choice((DutyKind.PATROL, DutyKind.GUARD)),
        area=rng.choice(AREAS),
        night=horizon.minute_of_day(start) >= 20 * 60,
        weekend=horizon.date(start).weekday() >= 5,
        overran=rng.random() < 0.4,
    )


def _duties(rng: Random, horizon: Horizon) -> tuple[Duty, ...]:
    count = rng.randint(2, 5)
    first = rng.randint(0, horizon.minutes // DAY_MINUTES - count)
    days = list(range(first, first + count))
    return tuple(_duty(rng, horizon, number, days) for number in range(rng.randint(6, 11)))


def _duty(rng: Random, horizon: Horizon, number: int, days: list[int]) -> Duty:
    day = horizon.date(0) + timedelta(days=rng.choice(days))
    starts = horizon.at(day, rng.choice((6, 7, 13, 14, 20, 22, 22, 23)) * 60)
    starts = min(starts, horizon.minutes - 1)
    ends = starts + rng.choice((4, 8, 8, 8, 12, 24)) * 60
    kind = rng.choice((*DutyKind, DutyKind.PATROL, DutyKind.PATROL))
    return Duty(
        id=f"D{number}",
        kind=kind,
        area=rng.choice(AREAS),
        reports_at=starts - rng.choice((0, 20)),
        starts_at=starts,
        ends_at=ends,
        released_at=ends + rng.choice((0, 15)),
        needs=tuple(_need(rng, f"N{i}") for i in range(rng.choice((0, 1, 2, 2)))),
        requires=tuple(
            Requirement(rng.choice(QUALIFICATIONS), rng.choice((None, *Force)))
            for _ in range(rng.choice((0, 1, 1, 1, 2)))
        ),
        shift=_shift(horizon.minute_of_day(starts)),
        priority=rng.randint(0, 3),
        night=horizon.minute_of_day(starts) >= 20 * 60,
        weekend=horizon.date(starts).weekday() >= 5,
        holiday=rng.random() < 0.1,
        protected_place=rng.choice((None, None, "school")),
    )


def _shift(minute_of_day: int) -> str:
    if minute_of_day >= 20 * 60:
        return "night"
    return "early" if minute_of_day < 12 * 60 else "late"


def _need(rng: Random, name: str) -> Need:
    minimum = rng.choice((0, 0, 1, 1, 2))
    target = minimum + rng.choice((0, 1))
    force = rng.choice((None, *Force))
    return Need(
        id=name,
        minimum=minimum,
        target=target,
        maximum=target + rng.choice((0, 1, 3)),
        force=force,
        counts=rng.choice(tuple(Count)),
        qualification=rng.choice((None, None, *QUALIFICATIONS[:2])),
        firm=minimum < 2 and force is not Force.MILITARY and rng.random() < 0.4,
        tasks=tuple(rng.sample(TASKS, rng.randint(0, 2))),
    )


def _mandate(rng: Random, horizon: Horizon, name: str) -> Mandate:
    areas = tuple(rng.sample(AREAS, rng.randint(2, 3)))
    hours = []
    for area in areas:
        for day in range(horizon.minutes // DAY_MINUTES + 1):
            starts = horizon.at(horizon.date(0) + timedelta(days=day), 6 * 60)
            hours.append(AreaHours(area, Span(starts, starts + rng.choice((12, 18, 24)) * 60)))
    return Mandate(
        id=name,
        authority="a fictional authority",
        legal_basis="fictional",
        valid=Span(-DAY_MINUTES, rng.choice((horizon.minutes // 2, 2 * horizon.minutes))),
        areas=areas,
        hours=tuple(hours),
        cap=rng.randint(0, 2),
    )
