"""How much police time soldiers set free."""

from __future__ import annotations

from scheduler.duties import Count, Duty
from scheduler.forces import DutyKind, Force
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.sheet import Placed, Sheet

SMALLEST_PATROL_RULE = "patrol-size"
PERSONS_OF_A_POLICE_TEAM = 2


def freed_minutes(problem: RosterProblem, roster: Roster) -> int:
    """Police minutes freed by soldiers in this roster.

    Formula  sum over duties d with soldiers of  minutes of cover_d × officers_d, where officers_d,
             the police officers that soldiers stand in for, is
             * on a guard without police: the persons that its minimums ask for, a team without a
               number of persons counting as two officers;
             * on a joint patrol: the soldiers present, but no more than the officers present fall
               short of the smallest lawful patrol (rule patrol-size);
             * on any other duty: none.
    Units    minutes of cover (start to end); reporting and release are not counted
    Source   "soldiers replace officers who only cover colleagues" and static guards that free
             officers (September 2025); the formula is a proposal, to be confirmed
    """
    sheet = Sheet(problem, roster)
    return sum(
        duty.cover.minutes * officers_spared(problem, duty, sheet.on(duty))
        for duty in problem.duties
    )


def officers_spared(problem: RosterProblem, duty: Duty, there: tuple[Placed, ...]) -> int:
    persons = dict.fromkeys(Force, 0)
    for placed in there:
        persons[placed.unit.force] += problem.persons(placed.unit, duty)
    if not persons[Force.MILITARY]:
        return 0
    if duty.kind is DutyKind.GUARD and not persons[Force.POLICE]:
        return officers_asked(duty)
    if duty.kind is DutyKind.PATROL and persons[Force.POLICE]:
        missing = max(0, smallest_patrol(problem, duty) - persons[Force.POLICE])
        return min(persons[Force.MILITARY], missing)
    return 0


def officers_asked(duty: Duty) -> int:
    """The persons that the minimums ask for, at least one for a guard that is kept at all."""
    persons = max((n.minimum for n in duty.needs if n.counts is Count.PERSONS), default=0)
    teams = sum(n.minimum for n in duty.needs if n.counts is Count.TEAMS)
    return persons or max(teams, 1) * PERSONS_OF_A_POLICE_TEAM


def smallest_patrol(problem: RosterProblem, duty: Duty) -> int:
    sizes = (
        rule.parameters["minimum_persons"]
        for rule in problem.rules
        if rule.code == SMALLEST_PATROL_RULE and rule.scope.covers_service(duty)
    )
    return max((size for size in sizes if isinstance(size, int)), default=0)
