"""Whether a roster may be changed, submitted or published as things now stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from patrols.errors import (
    DutyInThePast,
    FrameworkChanged,
    MandateExpired,
    RuleBroken,
    SignaturesMissing,
)
from patrols.rosters.in_force import in_force_during
from patrols.rosters.parts import part_name, parts_of, valid_sign_offs
from patrols.rosters.records import RosterRecord
from scheduler.check import violations
from scheduler.forces import Force
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.sheet import Sheet
from scheduler.wording import Thing


def refuse_past(problem: RosterProblem, duties: Iterable[str], now: datetime) -> None:
    for duty_id in duties:
        duty = problem.duty(duty_id)
        if problem.horizon.instant(duty.reports_at) <= now:
            begins = problem.moment(duty.reports_at)
            raise DutyInThePast(duty=problem.occasion(duty), starts_at=begins)


def refuse_unlawful(problem: RosterProblem, roster: Roster) -> None:
    """The whole verdict, under the frameworks in force now."""
    if broken := tuple(violations(problem, Sheet(problem, roster))):
        raise RuleBroken(broken)


def refuse_unsigned(problem: RosterProblem, roster: Roster, row: RosterRecord) -> None:
    signed = valid_sign_offs(row)
    missing = [part for part in parts_of(problem, roster) if part not in signed]
    if missing:
        raise SignaturesMissing(parts=tuple(part_name(problem, part) for part in missing))


def refuse_outdated(problem: RosterProblem, roster: Roster, row: RosterRecord) -> None:
    """What was signed must still hold: the frameworks then in force, and the soldiers' mandate."""
    now_in_force = in_force_during(problem.rules, problem.horizon.span)
    gone = sorted(set(row.frameworks) - set(now_in_force))
    if gone:
        names = tuple(problem.named(Thing.FRAMEWORK, framework) for framework in gone)
        raise FrameworkChanged(frameworks=names, week=row.week)
    for assignment in roster.assignments:
        duty = problem.duty(assignment.duty)
        soldiers = problem.unit(assignment.unit).force is Force.MILITARY
        if soldiers and not any(m.valid.contains(duty.span) for m in problem.mandates):
            raise MandateExpired(duty=problem.occasion(duty))
