"""A frozen week as one of our own problems: our rules, our preferences, nothing beside them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from scheduler import duties as ours
from scheduler.errors import InvalidProblem
from scheduler.forces import Clock, DutyKind, Force, Member, Qualification, Unit, Worked
from scheduler.formats import parameter_faults
from scheduler.moments import Horizon, Span
from scheduler.problem import RosterProblem
from scheduler.rule import PreferenceInForce, RuleInForce, Scope
from tests.benchmarks.faulty import FaultyFile
from tests.benchmarks.weeks import week as given

LANGUAGES = ("nl", "fr")
LEAD = "police-lead"  # what every police officer holds: one of them is on each duty
POLICE_ONLY = "police-only"  # the task of a duty on which no soldiers are allowed
SOLDIERS = Scope(forces=(Force.MILITARY,))


def week_problem(week: given.Week) -> RosterProblem:
    """Raises `FaultyFile` with all that our problem refuses."""
    units = [unit for unit in week.units if unit.areas]  # without areas of their own, nowhere
    try:
        problem = RosterProblem(
            city=week.name,
            horizon=_horizon(week),
            areas=tuple(ours.Area(a.id, a.city, priority=a.priority) for a in week.areas),
            units=tuple(_unit(week, unit) for unit in units),
            clocks=tuple(Clock(u.id, tuple(_worked(week, u))) for u in units),
            duties=tuple(_duty(week, duty) for duty in week.duties),
            mandates=(_mandate(week),),
            rules=_rules(week.rules),
            preferences=PREFERENCES,
            week=week.name,
        )
    except InvalidProblem as error:
        raise FaultyFile(error.faults) from None
    if faults := tuple(parameter_faults(problem)):
        raise FaultyFile(faults)
    return problem


def _horizon(week: given.Week) -> Horizon:
    """The wall clock of the week's own offset, told as UTC, from a Monday on.

    So that weeks have 7 × 24 h from the start, and nights belong to the date they are written
    with: nothing else here looks at the calendar.
    """
    first = week.starts_at.date() - timedelta(days=week.starts_at.weekday())
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    return Horizon(midnight, week.minutes, timezone="UTC")


def _unit(week: given.Week, unit: given.Unit) -> Unit:
    force = Force(unit.force)
    held = (*unit.qualifications, LEAD) if force is Force.POLICE else unit.qualifications
    qualifications = tuple(Qualification(name) for name in dict.fromkeys(held))
    absences = tuple(_span(week, interval) for interval in unit.absences)
    return Unit(
        id=unit.id,
        force=force,
        members=tuple(
            Member(f"{unit.id}-{n}", unit.id, qualifications, unit.languages, absences)
            for n in range(1, unit.persons + 1)
        ),
        areas=unit.areas,
        smallest=unit.persons,
    )


def _worked(week: given.Week, unit: given.Unit) -> Iterable[Worked]:
    for span in (_span(week, interval) for interval in unit.past):
        yield Worked(span.starts, span.starts, span.ends, span.ends)


def _span(week: given.Week, interval: given.Interval) -> Span:
    return Span(*(week.moment(instant) for instant in interval))


def _duty(week: given.Week, duty: given.Duty) -> ours.Duty:
    reports_at, starts_at, ends_at, released_at = (week.moment(i) for i in duty.times)
    return ours.Duty(
        id=duty.id,
        kind=DutyKind.PATROL,
        area=duty.area,
        reports_at=reports_at,
        starts_at=starts_at,
        ends_at=ends_at,
        released_at=released_at,
        needs=_needs(duty),
        requires=tuple(ours.Requirement(q, Force.POLICE) for q in duty.qualifications),
        priority=duty.priority,
        night=duty.night,
        weekend=duty.weekend,
    )


def _needs(duty: given.Duty) -> tuple[ours.Need, ...]:
    """In persons: of the police, of the soldiers, and of both together, who limit the crowd."""
    tasks = () if duty.soldiers_allowed else (POLICE_ONLY,)

    def need(name: str, force: Force | None, minimum: int, target: int) -> ours.Need:
        most = max(target, duty.persons_maximum)
        return ours.Need(name, minimum, target, most, force, ours.Count.PERSONS, tasks=tasks)

    return (
        need("police", Force.POLICE, duty.police_minimum, duty.police_target),
        need("soldiers", Force.MILITARY, 0, duty.soldiers_target),
        need("persons", None, 0, 0),
    )


def _mandate(week: given.Week) -> ours.Mandate:
    """One for all areas and all time: the cap on soldiers is all that the format limits."""
    ends = max((week.moment(duty.ends_at) for duty in week.duties), default=0)
    return ours.Mandate(
        id=week.name,
        authority="",
        legal_basis="",
        valid=Span(0, max(ends, week.minutes)),
        areas=tuple(area.id for area in week.areas),
        hours=(),
        cap=week.rules.soldiers_cap,
        fictional=True,
    )


def _rules(given_rules: given.Rules) -> tuple[RuleInForce, ...]:
    rest = given_rules.rest_minutes
    no_shorter_rest = {
        "consent_rest_minutes": rest,
        "consent_ends_from_minute": 0,
        "consent_ends_until_minute": 0,
        "overrun_rest_minutes": rest,
    }
    week_minutes = {"maximum_minutes": given_rules.rolling_7_days_minutes}
    return (
        RuleInForce("one-place-at-a-time"),
        RuleInForce("minimum-rest", {"rest_minutes": rest, **no_shorter_rest}),
        RuleInForce("hours-in-rolling-week", week_minutes),
        RuleInForce("weekly-rest", {"rest_minutes": given_rules.weekly_rest_minutes}),
        RuleInForce("consecutive-nights", {"maximum_nights": given_rules.nights_in_a_row}),
        RuleInForce("lent-area"),
        RuleInForce("absence"),
        RuleInForce("forbidden-tasks", {"tasks": (POLICE_ONLY,)}, SOLDIERS),
        RuleInForce("police-lead", {"qualification": LEAD, "reach_minutes": 0}),
        RuleInForce("force-ratio", {"soldiers_per_officer": given_rules.soldiers_per_police}),
        RuleInForce("need-maximum"),
        RuleInForce("language-pair", {"languages": LANGUAGES}),
        RuleInForce("required-qualification"),
        RuleInForce("mandate-cap", {}, SOLDIERS),
    )


PREFERENCES = (
    PreferenceInForce("minimum-missed", level=1),
    PreferenceInForce("target-missed", level=2),
    PreferenceInForce("fair-nights", level=3),
    PreferenceInForce("fair-weekends", level=3),
    PreferenceInForce("few-areas", level=3, weight=3),
)
