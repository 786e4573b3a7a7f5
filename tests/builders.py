"""Short words for test data: a unit, a duty, a small week in Brussels, who takes what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.duties import Area, Count, Duty, Need, Travel
from scheduler.forces import Clock, DutyKind, Force, Member, Qualification, Unit, Worked
from scheduler.moments import DAY_MINUTES, Horizon
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import Parameter, PreferenceInForce, RuleInForce, Scope
from scheduler.sheet import Sheet

HOUR = 60
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SHIFTS = {"early": (6, 14), "late": (14, 22), "night": (22, 30)}
LEAD = "police-lead"


def a_week(first_day: str = "2026-11-30", days: int = 7) -> Horizon:
    """So many local days, so that one with a clock change has its 23 or 25 hours."""
    starts = datetime.fromisoformat(first_day).replace(tzinfo=ZoneInfo("Europe/Brussels"))
    day = Horizon(starts, days * DAY_MINUTES)
    return Horizon(starts, day.midnight(starts.date() + timedelta(days=days)))


WEEK = a_week()


def at(when: str | int, week: int = 0, horizon: Horizon = WEEK) -> int:
    """`"Tue 22:30"` on the local clock of the horizon's first ISO week, or `week` weeks on."""
    if isinstance(when, int):
        return when
    day, clock = when.split()
    hours, minutes = clock.split(":")
    date = horizon.monday(week) + timedelta(days=DAYS.index(day))
    return horizon.at(date, int(hours) * HOUR + int(minutes))


def a_duty(
    name: str = "duty",
    starts: str | int = "Mon 06:00",
    ends: str | int = "Mon 14:00",
    *,
    week: int = 0,
    horizon: Horizon = WEEK,
    before: int = 0,
    after: int = 0,
    area: str = "peterbos",
    kind: DutyKind = DutyKind.PATROL,
    **more: Any,
) -> Duty:
    """A patrol; the unit reports `before` minutes early and is released `after` minutes late."""
    first, last = at(starts, week, horizon), at(ends, week, horizon)
    return Duty(name, kind, area, first - before, first, last, last + after, **more)


def worked(
    starts: str | int, ends: str | int, week: int = -1, horizon: Horizon = WEEK, **more: Any
) -> Worked:
    """Work outside the horizon, by default in the week before it."""
    first, last = at(starts, week, horizon), at(ends, week, horizon)
    return Worked(first, first, last, last, **more)


def a_member(
    name: str = "m1", clock: str = "", holds: Iterable[str | Qualification] = (), **more: Any
) -> Member:
    """Somebody on a clock of their own unless told; a qualification only named is undated."""
    held = (q if isinstance(q, Qualification) else Qualification(q) for q in holds)
    return Member(name, clock or name, tuple(held), **more)


def a_unit(
    name: str = "p1", *members: Member, force: Force = Force.POLICE, persons: int = 2, **more: Any
) -> Unit:
    """A police unit of these members; of `persons` equal ones on one clock when none are given.

    `holds` and `languages` are what those equal ones have.
    """
    each = {key: more.pop(key) for key in ("holds", "languages") if key in more}
    equal = (a_member(f"{name}-{n}", clock=name, **each) for n in range(1, persons + 1))
    return Unit(name, force, members or tuple(equal), **more)


def soldiers(name: str = "s1", *members: Member, persons: int = 3, **more: Any) -> Unit:
    return a_unit(name, *members, force=Force.MILITARY, persons=persons, **more)


def a_need(
    force: Force | None = Force.POLICE, minimum: int = 0, target: int = 1, **more: Any
) -> Need:
    """A need named after its force; the maximum is the target unless told."""
    fields = {"id": force or "anybody", "maximum": target, **more}
    return Need(minimum=minimum, target=target, force=force, **fields)


def in_force(code: str, scope: Scope | None = None, **parameters: Parameter) -> RuleInForce:
    return RuleInForce(code, parameters, scope or Scope())


def a_problem(
    units: Iterable[Unit] = (),
    duties: Iterable[Duty] = (),
    rules: Iterable[RuleInForce] = (),
    *,
    worked: Mapping[str, Iterable[Worked]] | None = None,
    horizon: Horizon = WEEK,
    travel: Mapping[tuple[str, str], int] | None = None,
    **more: Any,
) -> RosterProblem:
    """A problem whose areas and clocks are those that its units and duties name."""
    units, duties, travel = tuple(units), tuple(duties), travel or {}
    clocks = dict.fromkeys(m.clock for unit in units for m in unit.members)
    areas = dict.fromkeys(
        [duty.area for duty in duties]
        + [area for unit in units for area in (*unit.areas, *unit.familiar)]
        + [area for way in travel for area in way]
    )
    return RosterProblem(
        **{
            "city": "brussels",
            "horizon": horizon,
            "areas": tuple(Area(area, "brussels") for area in areas),
            "travel": tuple(Travel(way, minutes) for way, minutes in travel.items()),
            "units": units,
            "clocks": tuple(Clock(c, tuple((worked or {}).get(c, ()))) for c in clocks),
            "duties": duties,
            "rules": tuple(rules),
            **more,
        }
    )


def brussels(
    *rules: RuleInForce, days: int = 7, preferences: tuple[PreferenceInForce, ...] = ()
) -> RosterProblem:
    """A small whole week: two areas, three shifts a day, four police pairs, two army teams."""
    areas = ("peterbos", "clemenceau")
    needs = (
        a_need(Force.POLICE, minimum=1, target=1, maximum=2),
        a_need(Force.MILITARY, counts=Count.PERSONS, target=3, maximum=4),
    )
    duties = (
        a_duty(
            f"{area}-{day}-{shift}",
            at(f"{day} 00:00") + first * HOUR,
            at(f"{day} 00:00") + last * HOUR,
            before=30,
            after=30,
            area=area,
            needs=needs,
            shift=shift,
            night=shift == "night",
            weekend=day in ("Sat", "Sun"),
        )
        for area in areas
        for day in DAYS[:days]
        for shift, (first, last) in SHIFTS.items()
    )
    pairs = [
        a_unit(f"p{n}", holds=(LEAD,), languages=("nl", "fr"), familiar=(areas[n % 2],))
        for n in range(1, 5)
    ]
    teams = [soldiers(f"s{n}", persons=n + 2, languages=("fr",)) for n in (1, 2)]
    return a_problem(
        [*pairs, *teams],
        duties,
        rules,
        horizon=a_week(days=days),
        travel={areas: 12},
        preferences=preferences,
    )


def taken(problem: RosterProblem, *pairs: tuple[str, str]) -> Roster:
    """The roster of these (unit, duty) pairs. Raises `InvalidRoster` for names not in it."""
    roster = Roster.of(Assignment(unit, duty) for unit, duty in pairs)
    return Sheet(problem, roster).roster
