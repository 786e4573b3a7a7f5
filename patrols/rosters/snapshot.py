"""From rows to a roster problem: the one place that sees both records and the scheduler's types.

The horizon is the local week. 28 days before it and after it count as worked: what was published
there stays as it is, and rest, hours and double booking hold across both seams.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from patrols.areas.records import AreaRecord, TravelRecord
from patrols.errors import NoDuties
from patrols.forces.records import MemberRecord, UnitAreaKind, UnitRecord
from patrols.rosters.in_force import mandates, preferences, rules
from patrols.rosters.naming import spot_name
from patrols.rosters.records import AssignmentRecord, DutyRecord, RosterRecord
from patrols.rosters.vocabulary import vocabulary
from patrols.rosters.weeks import bounds, instant
from patrols.rosters.working_time import (
    Histories,
    absences_by_member,
    histories,
    without_past,
)
from patrols.store.office import Office
from scheduler.duties import Area, Count, Duty, Need, Requirement, Travel
from scheduler.forces import Clock, Consent, Force, Member, Qualification, Unit
from scheduler.moments import MINUTE, Horizon, Span
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster


def problem_for(
    session: Session,
    office: Office,
    city: str,
    week: str,
    *,
    pinned: Iterable[Assignment] = (),
    reference: Iterable[Assignment] = (),
) -> RosterProblem:
    """The week as it stands now. Raises `NoDuties` or `FrameworkNotInForce`."""
    starts_at, ends_at = bounds(week, office.timezone)
    horizon = Horizon(starts_at, (ends_at - starts_at) // MINUTE, office.timezone)
    duties = tuple(_duty(row, horizon) for row in duty_rows(session, city, week))
    if not duties:
        raise NoDuties(city=city, week=week)
    areas = _areas(session, city)
    lent = _unit_rows(session, city)
    away = absences_by_member(session, lent, horizon)
    worked = histories(session, lent, horizon, away)
    return RosterProblem(
        city=city,
        week=week,
        horizon=horizon,
        areas=areas,
        travel=_travel(session, {area.id for area in areas}),
        units=tuple(_unit(row, horizon, away, worked) for row in lent),
        clocks=tuple(Clock(name, past) for name, past in sorted(worked.clocks.items())),
        duties=duties,
        mandates=mandates(session, horizon, city),
        rules=rules(session, horizon, week),
        preferences=preferences(session, horizon),
        pinned=Roster.of(pinned).assignments,
        reference=Roster.of(reference).assignments,
        vocabulary=vocabulary(session, city),
    )


def scene_of(session: Session, office: Office, city: str, week: str) -> RosterProblem:
    """The week without rules and histories: enough to count who is there. Quick to make."""
    starts_at, ends_at = bounds(week, office.timezone)
    horizon = Horizon(starts_at, (ends_at - starts_at) // MINUTE, office.timezone)
    lent = _unit_rows(session, city)
    away = absences_by_member(session, lent, horizon)
    unknown = without_past(lent)
    return RosterProblem(
        city=city,
        week=week,
        horizon=horizon,
        areas=_areas(session, city),
        units=tuple(_unit(row, horizon, away, unknown) for row in lent),
        clocks=tuple(Clock(name) for name in unknown.clocks),
        duties=tuple(_duty(row, horizon) for row in duty_rows(session, city, week)),
        vocabulary=vocabulary(session, city),
    )


def problem_of_roster(
    session: Session, office: Office, roster: RosterRecord, *, pinned: Iterable[Assignment] = ()
) -> RosterProblem:
    """The problem that this roster answers: changes count from what is published of its week."""
    published = published_roster(session, roster.city, roster.week)
    return problem_for(
        session,
        office,
        roster.city,
        roster.week,
        pinned=pinned,
        reference=assignments_of(published).assignments if published else (),
    )


def draft_problem(
    session: Session, office: Office, roster: RosterRecord, at: datetime
) -> RosterProblem:
    """As `problem_of_roster`, with what the solver must keep: pins, and what began by `at`."""
    published = published_roster(session, roster.city, roster.week)
    kept = {a.pair: a for a in assignments_of(roster).assignments if a.pinned}
    for row in published.assignments if published else ():
        if row.reports_at <= at or row.pinned:
            kept.setdefault((row.unit_id, row.duty_id), _assignment(row))
    return problem_of_roster(session, office, roster, pinned=kept.values())


def published_roster(session: Session, city: str, week: str) -> RosterRecord | None:
    return session.scalar(
        select(RosterRecord)
        .where(
            RosterRecord.city == city,
            RosterRecord.week == week,
            RosterRecord.state == "published",
        )
        .options(selectinload(RosterRecord.assignments))
    )


def published_duty(session: Session, duty_id: str) -> tuple[RosterRecord | None, frozenset[str]]:
    """The published roster that a duty stands in, and the members of the units on it."""
    found = (
        select(RosterRecord, MemberRecord.id)
        .join(AssignmentRecord, AssignmentRecord.roster_id == RosterRecord.id)
        .join(MemberRecord, MemberRecord.unit_id == AssignmentRecord.unit_id)
        .where(AssignmentRecord.duty_id == duty_id, AssignmentRecord.live)
    )
    rows = session.execute(found).all()
    return (rows[0][0] if rows else None), frozenset(member for _, member in rows)


def duty_rows(session: Session, city: str, week: str) -> tuple[DutyRecord, ...]:
    found = select(DutyRecord).where(DutyRecord.city == city, DutyRecord.week == week)
    return tuple(session.scalars(found.order_by(DutyRecord.starts_at, DutyRecord.id)))


def assignments_of(roster: RosterRecord) -> Roster:
    return Roster.of(_assignment(row) for row in roster.assignments)


def _assignment(row: AssignmentRecord) -> Assignment:
    return Assignment(row.unit_id, row.duty_id, row.role, row.pinned)


def _areas(session: Session, city: str) -> tuple[Area, ...]:
    found = select(AreaRecord).where(AreaRecord.city_id == city).order_by(AreaRecord.id)
    return tuple(
        Area(row.id, row.city_id, spot_name(row.names), row.priority)
        for row in session.scalars(found)
    )


def _travel(session: Session, areas: set[str]) -> tuple[Travel, ...]:
    found = select(TravelRecord).order_by(TravelRecord.area_id, TravelRecord.other_area_id)
    return tuple(
        Travel((row.area_id, row.other_area_id), row.minutes)
        for row in session.scalars(found)
        if {row.area_id, row.other_area_id} <= areas
    )


def _duty(row: DutyRecord, horizon: Horizon) -> Duty:
    return Duty(
        id=row.id,
        kind=row.kind,
        area=row.area,
        reports_at=horizon.moment(row.reports_at),
        starts_at=horizon.moment(row.starts_at),
        ends_at=horizon.moment(row.ends_at),
        released_at=horizon.moment(row.released_at),
        needs=tuple(need(said) for said in row.needs),
        requires=tuple(
            Requirement(said["qualification"], _force(said.get("force"))) for said in row.requires
        ),
        shift=row.shift,
        number=row.number,
        priority=row.priority,
        night=row.night,
        weekend=row.weekend,
        holiday=row.holiday,
        protected_place=row.protected_place,
    )


def need(said: Any) -> Need:
    return Need(
        id=said["id"],
        minimum=said["minimum"],
        target=said["target"],
        maximum=said["maximum"],
        force=_force(said.get("force")),
        counts=Count(said.get("counts", Count.TEAMS)),
        qualification=said.get("qualification"),
        firm=said.get("firm", False),
        tasks=tuple(said.get("tasks", ())),
    )


def _force(word: str | None) -> Force | None:
    return Force(word) if word else None


def _unit_rows(session: Session, city: str) -> tuple[UnitRecord, ...]:
    found = (
        select(UnitRecord)
        .join(AreaRecord, AreaRecord.id == UnitRecord.home_area_id)
        .where(AreaRecord.city_id == city)
        .order_by(UnitRecord.id)
        .options(
            selectinload(UnitRecord.areas),
            selectinload(UnitRecord.members).options(
                selectinload(MemberRecord.qualifications), selectinload(MemberRecord.consents)
            ),
        )
    )
    return tuple(row for row in session.scalars(found) if row.members)


def _unit(
    row: UnitRecord, horizon: Horizon, away: dict[str, tuple[Span, ...]], worked: Histories
) -> Unit:
    def areas(kind: UnitAreaKind) -> tuple[str, ...]:
        return tuple(area.area_id for area in row.areas if area.kind is kind)

    return Unit(
        id=row.id,
        force=row.force,
        members=tuple(
            _member(member, horizon, away.get(member.id, ()), worked.carried[member.id])
            for member in row.members
        ),
        name=row.name,
        service=row.service_id,
        contract=row.contract,
        areas=areas(UnitAreaKind.AUTHORISED),
        familiar=areas(UnitAreaKind.FAMILIAR),
        smallest=row.smallest,
        home=row.home_area_id,
    )


def _member(row: MemberRecord, horizon: Horizon, away: tuple[Span, ...], clock: str) -> Member:
    zone = horizon.timezone
    return Member(
        id=row.id,
        clock=clock,
        qualifications=tuple(
            Qualification(
                held.name,
                horizon.moment(instant(held.expires_on, 0, zone)) if held.expires_on else None,
            )
            for held in row.qualifications
        ),
        languages=tuple(row.languages),
        absences=away,
        consents=tuple(
            Consent(
                given.kind,
                Span(
                    horizon.moment(instant(given.from_day, 0, zone)),
                    horizon.moment(instant(given.until_day, 0, zone)),
                ),
            )
            for given in row.consents
        ),
    )
