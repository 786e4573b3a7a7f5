"""The units of a micro-week, their members, and what these have behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from scheduler.forces import Consent, DutyKind, Force, Member, Qualification, Unit, Worked
from scheduler.moments import DAY_MINUTES, Horizon, Span
from tests.scheduler.micro_duties import AREAS, QUALIFICATIONS, shift_at

TOLD_APART = ("force", "areas", "familiar", "contract", "members")


def some_units(
    rng: Random, horizon: Horizon, seeds: Sequence[int], edges: Sequence[int]
) -> tuple[Unit, ...]:
    """Absences, consents and qualifications often begin or end right when some duty does."""
    units: list[Unit] = []
    for number, seed in enumerate(seeds):
        own = Random(seed)
        unit = _unit(own, horizon, number, edges)
        if units and own.random() < 0.2:
            unit = like_unit(own, units[-1], unit)
        units.append(unit)
    if len(units) > 1 and rng.random() < 0.3:  # somebody serves in two units
        lent = units[0].members[0]
        units[-1] = replace(units[-1], members=(*units[-1].members, lent))
    return tuple(units)


def some_history(rng: Random, horizon: Horizon) -> tuple[Worked, ...]:
    past = [-rng.randrange(8 * 60, 26 * DAY_MINUTES, 60) for _ in range(rng.randint(0, 8))]
    past += [-8 * 60] if rng.random() < 0.3 else []
    later = [horizon.minutes + rng.randrange(0, 2 * DAY_MINUTES, 60)]
    starts = past + (later if rng.random() < 0.3 else [])
    return tuple(_work(rng, horizon, start) for start in sorted(starts))


def _unit(rng: Random, horizon: Horizon, number: int, edges: Sequence[int]) -> Unit:
    first = (Force.POLICE,) * 9 + (Force.MILITARY,)
    shared = rng.random() < 0.6
    members = tuple(
        Member(
            id=f"S{number}{person}",
            clock=f"C{number}" if shared else f"C{number}{person}",
            qualifications=tuple(
                Qualification(name, rng.choice((None, None, None, -5, rng.choice(edges))))
                for name in QUALIFICATIONS
                if rng.random() < 0.8
            ),
            languages=tuple(name for name in ("fr", "nl") if rng.random() < 0.5),
            absences=_absences(rng, horizon, edges),
            consents=(Consent("shorter-rest", Span(-60, rng.choice(edges))),)
            if rng.random() < 0.5
            else (),
        )
        for person in range(rng.randint(1, 3))
    )
    return Unit(
        id=f"U{number}",
        force=rng.choice((*Force, Force.MILITARY) if number else first),
        members=members,
        areas=() if rng.random() < 0.4 else tuple(rng.sample(AREAS, 2)),
        familiar=() if rng.random() < 0.3 else (rng.choice(AREAS),),
        contract=rng.choice(("", "half-time")),
        smallest=rng.randint(1, len(members)),
    )


def like_unit(rng: Random, former: Unit, fresh: Unit) -> Unit:
    """Another unit such as the former but for one thing: groups of like units have to see it."""
    apart = rng.choice(TOLD_APART)
    members = tuple(
        replace(theirs, id=f"S{fresh.id}{person}", clock=f"C{fresh.id}")
        for person, theirs in enumerate(former.members)
    )
    unit = replace(former, id=fresh.id, members=members)
    unit = replace(unit, **{apart: getattr(fresh, apart)})
    return replace(unit, smallest=min(unit.smallest, len(unit.members)))


def _absences(rng: Random, horizon: Horizon, edges: Sequence[int]) -> tuple[Span, ...]:
    if rng.random() < 0.45:
        return ()
    start, minutes = rng.randrange(0, horizon.minutes, 60), rng.choice((0, 600, 4 * DAY_MINUTES))
    if rng.random() < 0.5:
        start = rng.choice(edges) - rng.choice((0, minutes))
    return (Span(start, start + minutes),)


def _work(rng: Random, horizon: Horizon, start: int) -> Worked:
    hours = rng.choice((4, 8, 9))
    return Worked(
        reports_at=start - rng.choice((0, 20)),
        starts_at=start,
        ends_at=start + hours * 60,
        released_at=start + hours * 60 + rng.choice((0, 20)),
        kind=rng.choice((DutyKind.PATROL, DutyKind.GUARD)),
        area=rng.choice(AREAS),
        night=not 4 * 60 <= horizon.minute_of_day(start) < 20 * 60,
        weekend=horizon.date(start).weekday() >= 5,
        overran=rng.random() < 0.4,
        shift=shift_at(horizon.minute_of_day(start)),
    )
