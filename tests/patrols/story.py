"""The weekly roster's people and shortcuts: a draft without a solver, and its way to print."""

from __future__ import annotations

from sqlalchemy import select

from patrols.access.actor import DEFENCE, SYSTEM, Actor, RoleName
from patrols.areas.records import CoverageRecord
from patrols.procedures import computing, weekly_roster
from patrols.rosters import queries
from patrols.rosters.changes import AddUnit, Change, PinUnit
from patrols.rosters.views import BoardDuty, RosterHeader
from patrols.store.office import Office
from scheduler.candidates import candidates
from scheduler.forces import DutyKind, Force
from scheduler.outcome import Drafted
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.sheet import Sheet
from tests.people import LIAISON, PLANNER, an_actor

WEEK = "2026-W49"
MONDAY_EARLY = "2026-W49-brussels-north-mon-early-1"
COMMANDER_OF_ALL = an_actor(
    RoleName.COMMANDER,
    name="Commander of all",
    areas=frozenset(
        {"clemenceau", "peterbos", "bethleem", "brussels-north", "bonnevie", "matonge"}
    ),
)


def a_small_week(office: Office) -> None:
    """Two areas, patrols on Monday and Tuesday alone, and no firm minimum."""
    with office.store.transaction() as work:
        for row in work.session.scalars(select(CoverageRecord)):
            kept = row.kind is DutyKind.PATROL and row.weekday <= 1
            if not (kept and row.area_id in {"brussels-north", "peterbos"}):
                work.session.delete(row)


def a_request(office: Office, week: str = WEEK) -> int:
    return weekly_roster.request_draft(office, PLANNER, city="brussels", week=week, seconds=5)


def a_draft(office: Office, week: str = WEEK) -> int:
    """A lawful draft in which nobody does anything yet."""
    a_small_week(office)
    roster_id = a_request(office, week)
    task = computing.take_run(office, SYSTEM)
    assert task is not None
    empty = Drafted(Roster(), (), 0.1)
    computing.record_outcome(office, SYSTEM, run_id=task.run_id, outcome=empty)
    return roster_id


def by_hand(problem: RosterProblem) -> Roster:
    """A lawful roster in no time: on each duty the best unit that may go alone."""
    sheet = Sheet(problem, Roster())
    for duty in problem.duties:
        best = candidates(problem, sheet, duty)[0]
        if best.lawful:
            sheet = sheet.with_(Assignment(best.units[0].id, duty.id))
    return sheet.roster


def header(office: Office, roster_id: int) -> RosterHeader:
    return queries.roster_page(office, PLANNER, roster_id=roster_id).header


def row_version(office: Office, roster_id: int) -> int:
    return queries.board(office, PLANNER, roster_id=roster_id).row_version


def duty(office: Office, roster_id: int, duty_id: str) -> BoardDuty:
    found = queries.board(office, PLANNER, roster_id=roster_id).duty(duty_id)
    assert found is not None
    return found


def lawful(office: Office, roster_id: int, duty_id: str, force: Force = Force.POLICE) -> str:
    """A unit that may be added and does nothing yet."""
    found = queries.candidates(office, PLANNER, roster_id=roster_id, duty_id=duty_id)
    rows = queries.roster_rows(office, PLANNER, roster_id=roster_id)
    busy = {row.unit for row in rows}
    return next(
        c.unit_id for c in found if c.lawful and c.force is force and c.unit_id not in busy
    )


def edit(office: Office, roster_id: int, change: Change) -> None:
    weekly_roster.edit(
        office,
        PLANNER,
        roster_id=roster_id,
        row_version=row_version(office, roster_id),
        change=change,
    )


def add(office: Office, roster_id: int, unit: str, duty_id: str) -> None:
    edit(office, roster_id, AddUnit(unit, duty_id))


def pin(office: Office, roster_id: int, unit: str, duty_id: str) -> None:
    edit(office, roster_id, PinUnit(unit, duty_id, pinned=True))


def staffed(office: Office, roster_id: int, duty_id: str) -> str:
    """Puts a lawful police unit on the duty, and says which."""
    unit = lawful(office, roster_id, duty_id)
    add(office, roster_id, unit, duty_id)
    return unit


def submit(office: Office, roster_id: int, by: Actor = PLANNER) -> None:
    weekly_roster.submit(
        office, by, roster_id=roster_id, row_version=row_version(office, roster_id)
    )


def sign_all(office: Office, roster_id: int) -> None:
    page = queries.roster_page(office, PLANNER, roster_id=roster_id)
    for part in page.sign_offs:
        weekly_roster.sign(
            office,
            LIAISON if part.part == DEFENCE else COMMANDER_OF_ALL,
            roster_id=roster_id,
            part=part.part,
            row_version=page.header.row_version,
        )


def publish(office: Office, roster_id: int) -> None:
    weekly_roster.publish(
        office, PLANNER, roster_id=roster_id, row_version=row_version(office, roster_id)
    )


def brought_out(office: Office, roster_id: int) -> None:
    """From draft to published."""
    submit(office, roster_id)
    sign_all(office, roster_id)
    publish(office, roster_id)
