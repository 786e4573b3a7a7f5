"""Reads of rosters for screens and exports."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from patrols.access.actor import DEFENCE, Actor, RoleName
from patrols.access.policy import require
from patrols.areas.records import AreaRecord, CoverageRecord
from patrols.errors import NoDuties, UnknownRoster
from patrols.journal.queries import entries
from patrols.rosters.board import board_of
from patrols.rosters.candidates import candidates, pairs
from patrols.rosters.confirming import confirmations, confirmed_by
from patrols.rosters.freed_hours import freed_minutes
from patrols.rosters.lifecycle import OPEN, RosterState
from patrols.rosters.mine import my_duties
from patrols.rosters.naming import text
from patrols.rosters.parts import SOLDIERS, parts_of, valid_sign_offs
from patrols.rosters.records import RosterRecord
from patrols.rosters.rows import RosterRow
from patrols.rosters.snapshot import (
    assignments_of,
    draft_problem,
    problem_for,
    problem_of_roster,
    scene_of,
)
from patrols.rosters.views import (
    RosterHeader,
    RosterLine,
    RosterPage,
    ScoreLine,
    SignOffView,
    WeekBoard,
    WeekLine,
)
from patrols.rosters.weeks import monday_of, shifted, week_at
from patrols.runs.queries import latest_run
from patrols.store.office import Office
from scheduler.catalogue import preference_classes
from scheduler.check import judge
from scheduler.problem import RosterProblem
from scheduler.roster import Score

__all__ = [
    "board",
    "candidates",
    "current_board",
    "my_duties",
    "next_undrafted",
    "pairs",
    "problem_of",
    "roster_page",
    "roster_rows",
    "weeks",
]

WEEKS_AHEAD = 4
FULL = (selectinload(RosterRecord.assignments), selectinload(RosterRecord.sign_offs))


def weeks(office: Office, actor: Actor, *, city: str) -> tuple[WeekLine, ...]:
    """The newest week first; members see what is published."""
    require(actor, "rosters.weeks")
    found = (
        select(RosterRecord)
        .where(RosterRecord.city == city)
        .order_by(RosterRecord.week.desc(), RosterRecord.number.desc())
    )
    if actor.roles <= {RoleName.MEMBER}:
        found = found.where(RosterRecord.state == RosterState.PUBLISHED)
    with office.store.reading() as session:
        rows = tuple(session.scalars(found))
    return tuple(
        WeekLine(
            week,
            monday_of(week),
            tuple(RosterLine(row.id, row.number, row.state) for row in of_week),
        )
        for week, of_week in groupby(rows, key=lambda row: row.week)
    )


def board(office: Office, actor: Actor, *, roster_id: int) -> WeekBoard:
    with office.store.reading() as session:
        roster = _roster(session, roster_id)
        _may_see(actor, "rosters.board", roster)
        return board_of(session, office, roster)


def current_board(office: Office, actor: Actor, *, city: str, week: str) -> WeekBoard:
    """The published roster of the week; before there is one, the newest. Raises `NoDuties`."""
    monday_of(week)
    found = (
        select(RosterRecord)
        .where(RosterRecord.city == city, RosterRecord.week == week)
        .order_by((RosterRecord.state == RosterState.PUBLISHED).desc(), RosterRecord.number.desc())
        .limit(1)
        .options(*FULL)
    )
    with office.store.reading() as session:
        roster = session.scalar(found)
        if roster is None:
            raise NoDuties(city=city, week=week)
        _may_see(actor, "rosters.current_board", roster)
        return board_of(session, office, roster)


def roster_page(office: Office, actor: Actor, *, roster_id: int) -> RosterPage:
    """Everything that is known of one version; judged as things now stand."""
    require(actor, "rosters.roster_page")
    journal = entries(office, actor, kind="roster", subject=roster_id)
    with office.store.reading() as session:
        row = _roster(session, roster_id)
        problem = problem_of_roster(session, office, row)
        roster = assignments_of(row)
        verdict = judge(problem, roster)
        acknowledged, asked = _acknowledged(session, problem, row)
        return RosterPage(
            header=_header(office, row),
            sign_offs=_sign_offs(session, office, row, parts_of(problem, roster)),
            score=score_lines(verdict.score),
            shortfalls=verdict.shortfalls,
            violations=verdict.violations,
            freed_minutes=freed_minutes(problem, roster),
            acknowledged=acknowledged,
            to_acknowledge=asked,
            journal=journal,
            run=latest_run(session, office, roster_id),
        )


def roster_rows(office: Office, actor: Actor, *, roster_id: int) -> tuple[RosterRow, ...]:
    """The assignments in order of time, with local times, for exports."""
    require(actor, "rosters.roster_rows")
    with office.store.reading() as session:
        row = _roster(session, roster_id)
        scene = scene_of(session, office, row.city, row.week)
    local = scene.horizon.local
    rows = []
    for held in row.assignments:
        unit, duty = scene.unit(held.unit_id), scene.duty(held.duty_id)
        rows.append(
            RosterRow(
                unit=unit.id,
                force=unit.force,
                persons=scene.persons(unit, duty),
                duty=duty.id,
                area=duty.area,
                reports_at=local(duty.reports_at),
                starts_at=local(duty.starts_at),
                ends_at=local(duty.ends_at),
                released_at=local(duty.released_at),
                role=held.role,
                pinned=held.pinned,
            )
        )
    return tuple(sorted(rows, key=lambda r: (r.starts_at, r.duty, r.unit)))


def problem_of(office: Office, actor: Actor, *, city: str, week: str) -> RosterProblem:
    """The week as the solver would be given it now."""
    require(actor, "rosters.problem_of")
    monday_of(week)
    newest = (
        select(RosterRecord)
        .where(RosterRecord.city == city, RosterRecord.week == week)
        .order_by(RosterRecord.number.desc())
        .limit(1)
        .options(*FULL)
    )
    with office.store.reading() as session:
        roster = session.scalar(newest)
        if roster is None:
            return problem_for(session, office, city, week)
        if roster.state in OPEN:
            return draft_problem(session, office, roster, roster.requested_at)
        return problem_of_roster(session, office, roster)


def next_undrafted(office: Office, actor: Actor) -> tuple[tuple[str, str], ...]:
    """(city, week): the first week of each city with duties that has no roster, if it is near."""
    require(actor, "rosters.next_undrafted")
    begun = week_at(office.now(), office.timezone)
    near = tuple(shifted(begun, weeks) for weeks in range(1, WEEKS_AHEAD + 1))
    held = select(RosterRecord.city, RosterRecord.week).where(RosterRecord.week.in_(near))
    covered = select(AreaRecord.city_id).join(
        CoverageRecord, CoverageRecord.area_id == AreaRecord.id
    )
    with office.store.reading() as session:
        cities = sorted(set(session.scalars(covered)))
        taken = {(city, week) for city, week in session.execute(held)}
    first = {
        city: next((week for week in near if (city, week) not in taken), None) for city in cities
    }
    return tuple((city, week) for city, week in first.items() if week)


def score_lines(score: Score) -> tuple[ScoreLine, ...]:
    texts = {code: found.text for code, found in preference_classes().items()}
    return tuple(
        ScoreLine(part.code, texts[part.code], part.level, part.weight, part.value)
        for part in score.parts
    )


def _roster(session: Session, roster_id: int) -> RosterRecord:
    roster = session.get(RosterRecord, roster_id, options=FULL)
    if roster is None:
        raise UnknownRoster(roster=roster_id)
    return roster


def _may_see(actor: Actor, query: str, roster: RosterRecord) -> None:
    require(actor, query, published=roster.state is RosterState.PUBLISHED)


def _header(office: Office, row: RosterRecord) -> RosterHeader:
    return RosterHeader(
        roster_id=row.id,
        city=row.city,
        week=row.week,
        monday=monday_of(row.week),
        version=row.number,
        state=row.state,
        row_version=row.row_version,
        author=row.author,
        authors=frozenset(row.authors),
        requested_at=office.local(row.requested_at),
        submitted_at=office.local(row.submitted_at) if row.submitted_at else None,
        published_at=office.local(row.published_at) if row.published_at else None,
        published_by=row.published_by,
        supersedes=row.supersedes,
    )


def _sign_offs(
    session: Session, office: Office, row: RosterRecord, parts: tuple[str, ...]
) -> tuple[SignOffView, ...]:
    names = {area.id: text(area.names) for area in session.scalars(select(AreaRecord))}
    signed = valid_sign_offs(row)
    views = []
    for part in parts:
        held = signed.get(part)
        views.append(
            SignOffView(
                part=part,
                place=SOLDIERS if part == DEFENCE else names[part],
                signed_by=held.name if held else None,
                signed_at=office.local(held.at) if held else None,
            )
        )
    return tuple(views)


def _acknowledged(session: Session, problem: RosterProblem, row: RosterRecord) -> tuple[int, int]:
    """How many of the (person, duty) pairs are confirmed, and how many there are."""
    confirmed = confirmations(session, row)
    done = asked = 0
    for held in row.assignments:
        unit, duty = problem.unit(held.unit_id), problem.duty(held.duty_id)
        for member in problem.present(unit, duty):
            asked += 1
            done += confirmed_by(confirmed, member.id, held)
    return done, asked
