"""Whom a publication concerns, and what each of them is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.areas.records import AreaRecord, ShiftRecord
from patrols.notices.letters import DutyLine, WeekNews, body, subject
from patrols.notices.outbox import Subject, addressees, owe
from patrols.rosters.naming import text
from patrols.rosters.records import RosterRecord
from patrols.rosters.weeks import monday_of
from patrols.store.office import Office
from scheduler.duties import Duty
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster, RosterDiff

ROSTER = "roster"


@dataclass(slots=True)
class Concern:
    """What of a roster concerns one member."""

    duties: list[Duty] = field(default_factory=list)
    added: list[Duty] = field(default_factory=list)
    removed: list[Duty] = field(default_factory=list)
    changed: list[Duty] = field(default_factory=list)


def concerned(
    problem: RosterProblem, roster: Roster, previous: Roster | None
) -> dict[str, Concern]:
    """Member → what they are told: of a first version their duties, later only what differs."""
    diff = RosterDiff.between(previous or Roster(), roster)
    concerns: dict[str, Concern] = {}
    for assignments, kind in (
        (diff.added, "added"),
        (diff.removed, "removed"),
        (diff.changed, "changed"),
    ):
        for assignment in assignments:
            for member in _present(problem, assignment):
                concern = concerns.setdefault(member, Concern())
                getattr(concern, kind).append(problem.duty(assignment.duty))
    for assignment in roster.assignments:
        for member in _present(problem, assignment):
            if member in concerns:
                concerns[member].duties.append(problem.duty(assignment.duty))
    return concerns


def tell(
    session: Session,
    office: Office,
    roster: RosterRecord,
    problem: RosterProblem,
    concerns: dict[str, Concern],
) -> None:
    """One notice for each person, in the transaction that publishes."""
    describe = _Describer(session, problem)
    about = Subject(ROSTER, f"{roster.city} {roster.week}", roster.number)
    monday, confirm_at = monday_of(roster.week), f"{office.base_url}/mine"
    for member, to in addressees(session, office, concerns).items():
        concern = concerns[member]
        news = WeekNews(
            week=roster.week,
            monday=monday,
            version=roster.number,
            first=roster.supersedes is None,
            duties=describe.lines(concern.duties),
            added=describe.lines(concern.added),
            removed=describe.lines(concern.removed),
            changed=describe.lines(concern.changed),
        )
        owe(
            session,
            to,
            about,
            subject=subject(news, to.language),
            body=body(news, to.name, confirm_at, to.language),
            at=office.now(),
        )


def _present(problem: RosterProblem, assignment: Assignment) -> tuple[str, ...]:
    unit, duty = problem.unit(assignment.unit), problem.duty(assignment.duty)
    return tuple(member.id for member in problem.present(unit, duty))


class _Describer:
    """Duties in the words of a letter."""

    def __init__(self, session: Session, problem: RosterProblem) -> None:
        self.problem = problem
        self.places = {row.id: text(row.names) for row in session.scalars(select(AreaRecord))}
        self.shifts = {row.id: text(row.names) for row in session.scalars(select(ShiftRecord))}

    def lines(self, duties: Iterable[Duty]) -> tuple[DutyLine, ...]:
        ordered = sorted(duties, key=lambda duty: (duty.starts_at, duty.id))
        return tuple(self._line(duty) for duty in ordered)

    def _line(self, duty: Duty) -> DutyLine:
        local = self.problem.horizon.local
        return DutyLine(
            place=self.places[duty.area],
            shift=self.shifts[duty.shift],
            reports_at=local(duty.reports_at),
            starts_at=local(duty.starts_at),
            ends_at=local(duty.ends_at),
        )
