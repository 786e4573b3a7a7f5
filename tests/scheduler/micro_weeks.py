"""Random tiny weeks on which every rule has something to say; the same seeds, the same week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from scheduler.duties import Area, Count, Duty, Need, Travel
from scheduler.forces import Clock, Unit
from scheduler.moments import Horizon
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import PreferenceInForce, RuleInForce
from tests.scheduler.micro_duties import AREAS, edges_of, some_duties, some_mandate
from tests.scheduler.micro_forces import some_history, some_units
from tests.scheduler.micro_service import with_service
from tests.scheduler.micro_wishes import with_wishes

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAYS = (date(2026, 12, 7), date(2026, 3, 23), date(2026, 10, 19))  # two with a clock change


@dataclass(frozen=True, slots=True)
class Seeds:
    """What a week grows from: a number for each thing, so that a failing week can lose some."""

    week: int
    units: tuple[int, ...]
    duties: tuple[int, ...]


def micro_week(
    rng: Random,
    rules: tuple[RuleInForce, ...] = (),
    preferences: tuple[PreferenceInForce, ...] = (),
) -> RosterProblem:
    units, duties = rng.randint(2, 4), rng.randint(6, 11)
    return week_of(
        Seeds(
            rng.getrandbits(32),
            tuple(rng.getrandbits(32) for _ in range(units)),
            tuple(rng.getrandbits(32) for _ in range(duties)),
        ),
        rules,
        preferences,
    )


def week_of(
    seeds: Seeds,
    rules: tuple[RuleInForce, ...] = (),
    preferences: tuple[PreferenceInForce, ...] = (),
) -> RosterProblem:
    rng = Random(seeds.week)
    horizon = _horizon(rng)
    duties = some_duties(rng, horizon, seeds.duties)
    edges = edges_of(duties) or (0, horizon.minutes)
    units = some_units(rng, horizon, seeds.units, edges)
    clocks = sorted({member.clock for unit in units for member in unit.members})
    duties = tuple(fillable(duty, units) for duty in duties)
    pairs = [Assignment(u.id, d.id) for u in units for d in duties]
    problem = RosterProblem(
        city="micro",
        horizon=horizon,
        areas=tuple(Area(area, "micro", area.title()) for area in AREAS),
        travel=(Travel((AREAS[0], AREAS[1]), rng.choice((5, 15, 40))),),
        units=units,
        clocks=tuple(
            Clock(name, some_history(Random(f"{seeds.week} {name}"), horizon)) for name in clocks
        ),
        duties=duties,
        mandates=tuple(
            some_mandate(rng, horizon, f"M{i}", edges) for i in range(rng.choice((0, 1, 1, 1, 2)))
        ),
        rules=rules,
        preferences=preferences,
        reference=tuple(rng.sample(pairs, k=rng.randint(0, len(pairs) // 2))),
    )
    wished = with_wishes(Random(f"{seeds.week} wishes"), problem)
    return with_service(Random(f"{seeds.week} service"), wished)


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


def fillable(duty: Duty, units: Sequence[Unit]) -> Duty:
    """A firm need for more than there are at all would be no problem, but a fault."""
    needs = (
        replace(need, firm=need.firm and need.minimum <= _there(need, units))
        for need in duty.needs
    )
    return replace(duty, needs=tuple(needs))


def _there(need: Need, units: Sequence[Unit]) -> int:
    those = [unit for unit in units if need.force in (None, unit.force)]
    if need.counts is Count.TEAMS:
        return len(those)
    return len({member.id for unit in those for member in unit.members})
