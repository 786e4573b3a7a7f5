"""Who could take a duty of a draft: by the checkers alone, no solver."""

from __future__ import annotations

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.errors import UnknownDuty, UnknownRoster
from patrols.rosters.records import RosterRecord
from patrols.rosters.snapshot import assignments_of, problem_of_roster
from patrols.rosters.views import CandidateView
from patrols.store.office import Office
from scheduler import candidates as weighed
from scheduler.duties import Duty
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.rule import Violation
from scheduler.sheet import Sheet


def candidates(
    office: Office, actor: Actor, *, roster_id: int, duty_id: str
) -> tuple[CandidateView, ...]:
    """Every other unit: lawful ones first, the best for the roster before others."""
    require(actor, "rosters.candidates")
    problem, sheet, duty = _duty_of(office, roster_id, duty_id)
    ranked = weighed.candidates(problem, sheet, duty)
    return tuple(_view(problem, unit, duty, c.broken) for c in ranked for unit in c.units)


def pairs(
    office: Office, actor: Actor, *, roster_id: int, duty_id: str
) -> tuple[tuple[CandidateView, ...], ...]:
    """A few pairs that may take the duty together where neither unit may alone."""
    require(actor, "rosters.pairs")
    problem, sheet, duty = _duty_of(office, roster_id, duty_id)
    ranked = weighed.pairs(problem, sheet, duty)
    return tuple(tuple(_view(problem, unit, duty) for unit in c.units) for c in ranked)


def _duty_of(office: Office, roster_id: int, duty_id: str) -> tuple[RosterProblem, Sheet, Duty]:
    with office.store.reading() as session:
        row = session.get(RosterRecord, roster_id)
        if row is None:
            raise UnknownRoster(roster=roster_id)
        problem, roster = problem_of_roster(session, office, row), assignments_of(row)
    if not problem.has_duty(duty_id):
        raise UnknownDuty(duty=duty_id)
    return problem, Sheet(problem, roster), problem.duty(duty_id)


def _view(
    problem: RosterProblem, unit: Unit, duty: Duty, broken: tuple[Violation, ...] = ()
) -> CandidateView:
    return CandidateView(
        unit_id=unit.id,
        name=unit.name or unit.id,
        force=unit.force,
        persons=problem.persons(unit, duty),
        familiar=duty.area in unit.familiar,
        violations=broken,
    )
