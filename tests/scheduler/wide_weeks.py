"""A week as large as one likes under all the usual rules, partly filled: to measure speed on.

Four police teams to three of soldiers, each lent to an eighth of the areas, with four weeks behind
them; one duty for every area and shift. What is already taken follows a plain rotation.
"""

from __future__ import annotations

from itertools import cycle, islice, pairwise

from scheduler.duties import Area, AreaHours, Count, Duty, Mandate, Requirement, Travel
from scheduler.forces import Clock, Force, Member, Qualification, Unit, Worked
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import PreferenceInForce, RuleInForce, Scope
from tests.builders import HOUR, LEAD, a_duty, a_need, a_week, in_force

SHIFTS = {"early": 6, "late": 14, "night": 22}
POLICE = Scope(forces=(Force.POLICE,))
MILITARY = Scope(forces=(Force.MILITARY,))
REST = {
    "rest_minutes": 660,
    "consent_rest_minutes": 600,
    "consent_ends_from_minute": 1200,
    "consent_ends_until_minute": 1380,
    "overrun_rest_minutes": 480,
}
RULES = (
    *(
        in_force(code)
        for code in ("one-place-at-a-time", "absence", "lent-area", "required-qualification")
    ),
    *(in_force(code) for code in ("firm-minimum", "need-maximum")),
    in_force("minimum-rest", None, **REST),
    in_force("weekly-rest", None, rest_minutes=2100),
    in_force("hours-in-24h", None, maximum_minutes=720),
    in_force("hours-in-rolling-week", None, maximum_minutes=3000),
    in_force("consecutive-nights", None, maximum_nights=5),
    in_force("weekends-in-a-row", None, maximum_weekends=3, rest_after_minutes=3600),
    *(in_force(code, MILITARY) for code in ("authorised-area", "authorised-hours")),
    *(in_force(code, MILITARY) for code in ("mandate-cap", "protected-place")),
    in_force("forbidden-tasks", MILITARY, tasks=("arrest", "search")),
    in_force("roe-briefing", MILITARY, qualification="roe-briefing"),
    in_force("patrol-size", None, minimum_persons=3, maximum_persons=8),
    in_force("force-ratio", None, soldiers_per_officer=2),
    in_force("language-pair", None, languages=("nl", "fr")),
    in_force("police-lead", None, qualification=LEAD, reach_minutes=0),
    in_force("searcher-within-reach", None, qualification="searcher", reach_minutes=15),
)
WISHES = (
    PreferenceInForce("minimum-missed", 1),
    PreferenceInForce("target-missed", 2),
    PreferenceInForce("fair-nights", 3, 3),
    PreferenceInForce("fair-weekends", 3, 3),
    PreferenceInForce("familiar-area", 3, 1),
    PreferenceInForce("fewest-changes", 3, 2),
)


def wide_week(
    units: int, areas: int, rules: tuple[RuleInForce, ...] = RULES
) -> tuple[RosterProblem, Roster]:
    names = tuple(f"area-{n}" for n in range(areas))
    horizon = a_week()
    crews = tuple(_unit(number, names) for number in range(units))
    duties = tuple(
        _duty(area, day, shift) for day in range(7) for area in names for shift in SHIFTS
    )
    hours = tuple(AreaHours(area, Span(-DAY_MINUTES, 9 * DAY_MINUTES)) for area in names)
    valid = Span(-28 * DAY_MINUTES, 28 * DAY_MINUTES)
    roster = _rotation(crews, duties)
    problem = RosterProblem(
        city="brussels",
        horizon=horizon,
        areas=tuple(Area(name, "brussels", name) for name in names),
        travel=tuple(Travel(pair, 10) for pair in pairwise(names)),
        units=crews,
        clocks=tuple(Clock(unit.id, _past(number)) for number, unit in enumerate(crews)),
        duties=duties,
        mandates=(Mandate("m", "nobody", "none", valid, names, hours, cap=4 * units),),
        rules=rules,
        preferences=WISHES,
        reference=roster.assignments,
    )
    return problem, roster


def _unit(number: int, areas: tuple[str, ...]) -> Unit:
    police = number % 7 < 4
    holds = [LEAD, "searcher"][number % 3 == 0 :] if police else ["roe-briefing"]
    members = tuple(
        Member(
            id=f"m{number}-{person}",
            clock=f"u{number:04}",
            qualifications=tuple(Qualification(name) for name in holds),
            languages=(("nl", "fr"), ("nl",), ("fr",))[number % 3],
            absences=(Span(0, 2 * DAY_MINUTES),) if number % 20 == person else (),
        )
        for person in range(2 if police else 2 + number % 3)
    )
    lent = tuple(islice(cycle(areas), number, number + max(5, len(areas) // 8)))
    force = Force.POLICE if police else Force.MILITARY
    return Unit(f"u{number:04}", force, members, areas=lent, familiar=lent[:3])


def _past(number: int) -> tuple[Worked, ...]:
    """Five duties a week for four weeks, of another shift every week."""
    starts = (
        (day - 7 * week) * DAY_MINUTES + tuple(SHIFTS.values())[(number + week) % 3] * HOUR
        for week in range(4, 0, -1)
        for day in range(5)
    )
    return tuple(
        Worked(at - 20, at, at + 8 * HOUR, at + 8 * HOUR + 10, night=at % DAY_MINUTES > 20 * HOUR)
        for at in starts
    )


def _duty(area: str, day: int, shift: str) -> Duty:
    starts = day * DAY_MINUTES + SHIFTS[shift] * HOUR
    return a_duty(
        f"{area}-{day}-{shift}",
        starts,
        starts + 8 * HOUR,
        before=20,
        after=10,
        area=area,
        needs=(
            a_need(Force.POLICE, minimum=1, target=2),
            a_need(Force.MILITARY, target=3, maximum=4, counts=Count.PERSONS),
        ),
        requires=(Requirement("searcher", Force.POLICE),) if day % 2 else (),
        shift=shift,
        night=shift == "night",
        weekend=day >= 5,
    )


def _rotation(units: tuple[Unit, ...], duties: tuple[Duty, ...]) -> Roster:
    """Every second unit works its shift for four days, one team of a force on a duty."""
    free = {(unit.force, duty.id) for unit in units for duty in duties}
    taken = []
    for number, unit in list(enumerate(units))[::2]:
        shift = tuple(SHIFTS)[number // 2 % 3]
        for day in range(number % 4, number % 4 + 4):
            names = (f"{area}-{day}-{shift}" for area in unit.areas)
            duty = next((name for name in names if (unit.force, name) in free), None)
            if duty:
                free.discard((unit.force, duty))
                taken.append(Assignment(unit.id, duty))
    return Roster.of(taken)
