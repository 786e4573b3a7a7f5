"""The duties of a micro-week, what they need, and the mandates for soldiers on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from scheduler.duties import AreaHours, Count, Duty, Mandate, Need, Requirement
from scheduler.forces import DutyKind, Force
from scheduler.moments import DAY_MINUTES, Horizon, Span

AREAS = ("anneessens", "bockstael", "cureghem")
QUALIFICATIONS = ("police-lead", "female-searcher", "roe-briefing")
TASKS = ("presence", "arrest", "cover")
TOLD_APART: tuple[tuple[str, ...], ...] = (  # what one of two like duties may have of its own
    ("kind",),
    ("area",),
    ("needs",),
    ("requires",),
    ("protected_place",),
    ("reports_at", "starts_at", "ends_at", "released_at", "shift", "night", "weekend"),
    (),  # or that it is sooner there and later gone
)


def some_duties(rng: Random, horizon: Horizon, seeds: Sequence[int]) -> tuple[Duty, ...]:
    """Duties within a few days of the horizon, its first and last minutes included."""
    count = rng.randint(2, 5)
    latest = horizon.minutes // DAY_MINUTES - count
    first = max(rng.randint(0, latest), rng.randint(0, latest))  # weekends ask for more cases
    days = list(range(first, first + count))
    duties: list[Duty] = []
    for number, seed in enumerate(seeds):
        own = Random(seed)
        duty = _duty(own, horizon, number, days)
        if duties and own.random() < 0.2:
            duty = like_duty(own, duties[-1], duty)
        overran = Random(f"{seed} overran").random() < 0.1
        duties.append(replace(duty, overran=overran))
    return tuple(duties)


def like_duty(rng: Random, former: Duty, fresh: Duty) -> Duty:
    """Another duty such as the former but for one thing: groups of like duties have to see it."""
    apart = {field: getattr(fresh, field) for field in rng.choice(TOLD_APART)}
    return replace(former, id=fresh.id, **(apart or _longer(rng, former)))


def edges_of(duties: Sequence[Duty]) -> tuple[int, ...]:
    """The moments at which it shows whether an end belongs to a span of time."""
    return tuple(
        sorted({m for d in duties for m in (d.reports_at, d.starts_at, d.ends_at, d.released_at)})
    )


def _longer(rng: Random, duty: Duty) -> dict[str, int]:
    return {
        "reports_at": duty.reports_at - rng.choice((0, 0, 30)),
        "starts_at": max(duty.starts_at - rng.choice((0, 5)), duty.reports_at, 0),
        "ends_at": min(duty.ends_at + rng.choice((0, 5)), duty.released_at),
        "released_at": duty.released_at + rng.choice((0, 30)),
    }


def _duty(rng: Random, horizon: Horizon, number: int, days: list[int]) -> Duty:
    day = horizon.date(0) + timedelta(days=rng.choice(days))
    starts = horizon.at(day, rng.choice((0, 6, 7, 13, 14, 20, 22, 22, 23)) * 60)
    starts = min(starts + rng.choice((0, 0, 0, 0, 59)), horizon.minutes - 1)
    ends = starts + rng.choice((1, *(hours * 60 for hours in (4, 8, 8, 8, 12, 24))))
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
        shift=shift_at(horizon.minute_of_day(starts)),
        priority=rng.randint(0, 3),
        night=not 4 * 60 <= horizon.minute_of_day(starts) < 20 * 60,
        weekend=horizon.date(starts).weekday() >= 5,
        holiday=rng.random() < 0.1,
        protected_place=rng.choice((None, None, "school")),
    )


def shift_at(minute_of_day: int) -> str:
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
        firm=minimum < 2 and force is not Force.MILITARY and rng.random() < 0.7,
        tasks=tuple(rng.sample(TASKS, rng.randint(0, 2))),
    )


def some_mandate(rng: Random, horizon: Horizon, name: str, edges: Sequence[int]) -> Mandate:
    areas = tuple(rng.sample(AREAS, rng.randint(2, 3)))
    days = range(horizon.minutes // DAY_MINUTES + 1)
    mornings = [horizon.at(horizon.date(0) + timedelta(days=day), 6 * 60) for day in days]
    spans = [
        (area, Span(starts, starts + rng.choice((12, 18, 24)) * 60))
        for area in areas
        for starts in mornings
    ]
    spans += [
        (rng.choice(areas), Span(*sorted(rng.choices(edges, k=2))))
        for _ in range(rng.choice((0, 0, 2)))
    ]
    return Mandate(
        id=name,
        authority="a fictional authority",
        legal_basis="fictional",
        valid=Span(
            rng.choice((-DAY_MINUTES, -DAY_MINUTES, rng.choice(edges))),
            rng.choice((2 * horizon.minutes, 2 * horizon.minutes, rng.choice(edges))),
        ),
        areas=areas,
        hours=tuple(AreaHours(*hours) for hours in spans),
        cap=rng.randint(0, 2),
    )
