"""Who could take a duty of a draft: by the checkers alone, no solver."""

from __future__ import annotations

from itertools import islice

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.errors import UnknownDuty, UnknownRoster
from patrols.rosters.handwork import lawful_pairs, newly_broken_by_adding
from patrols.rosters.records import RosterRecord
from patrols.rosters.snapshot import assignments_of, problem_of_roster
from patrols.rosters.views import CandidateView
from patrols.store.office import Office
from scheduler.duties import Duty
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.rule import Violation

MOST_PAIRS = 8


def candidates(
    office: Office, actor: Actor, *, roster_id: int, duty_id: str
) -> tuple[CandidateView, ...]:
    """Every other unit: lawful ones first, those who know the area before others."""
    require(actor, "rosters.candidates")
    problem, roster, duty = _duty_of(office, roster_id, duty_id)
    found = (
        _candidate(problem, unit, duty, broken)
        for unit, broken in newly_broken_by_adding(problem, roster, duty)
    )
    return tuple(sorted(found, key=lambda c: (not c.lawful, not c.familiar, c.unit_id)))


def pairs(
    office: Office, actor: Actor, *, roster_id: int, duty_id: str
) -> tuple[tuple[CandidateView, ...], ...]:
    """A few pairs that may take the duty together where neither unit may alone."""
    require(actor, "rosters.pairs")
    problem, roster, duty = _duty_of(office, roster_id, duty_id)
    found = islice(lawful_pairs(problem, roster, duty), MOST_PAIRS)
    return tuple(tuple(_candidate(problem, unit, duty) for unit in pair) for pair in found)


def _duty_of(office: Office, roster_id: int, duty_id: str) -> tuple[RosterProblem, Roster, Duty]:
    with office.store.reading() as session:
        row = session.get(RosterRecord, roster_id)
        if row is None:
            raise UnknownRoster(roster=roster_id)
        problem, roster = problem_of_roster(session, office, row), assignments_of(row)
    if not problem.has_duty(duty_id):
        raise UnknownDuty(duty=duty_id)
    return problem, roster, problem.duty(duty_id)


def _candidate(
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
