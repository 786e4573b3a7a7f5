"""Changes by hand: what they make of a roster, and which rules they would newly break. Pure."""

from __future__ import annotations

from dataclasses import replace

from patrols.errors import (
    AlreadyOnDuty,
    NotOnDuty,
    RoleNotPossible,
    RuleBroken,
    UnknownDuty,
    UnknownUnit,
)
from patrols.rosters.changes import (
    AddTogether,
    AddUnit,
    Change,
    ChangeRole,
    ClearDuty,
    MoveUnit,
    PinUnit,
    RemoveUnit,
    ReplaceUnit,
    Restaffing,
)
from scheduler import check
from scheduler.problem import RosterProblem
from scheduler.roles import may_hold, with_roles
from scheduler.roster import Assignment, Role, Roster
from scheduler.rule import Near, Violation
from scheduler.sheet import Sheet
from scheduler.wording import Occasion

LEADS = (Role.POLICE_LEAD, Role.MILITARY_LEAD)


def changed(problem: RosterProblem, roster: Roster, change: Change) -> Roster:
    """The roster after the change; the other units on its duties get the roles that then fit."""
    refuse_unknown(problem, change)
    match change:
        case PinUnit(unit, duty, pinned):
            return roster.with_(replace(_held(problem, roster, unit, duty), pinned=pinned))
        case ChangeRole(unit, duty, role):
            return _in_role(problem, roster, _held(problem, roster, unit, duty), role)
        case ClearDuty(duty):
            return Roster(tuple(a for a in roster.assignments if a.duty != duty))
        case _:
            return _restaffed(problem, roster, change)


def _restaffed(problem: RosterProblem, roster: Roster, change: Restaffing) -> Roster:
    leaving = tuple(_held(problem, roster, *pair) for pair in _leaving(change))
    for held in leaving:
        roster = roster.without(*held.pair)
    for coming in _coming(change, leaving):
        roster = _added(problem, roster, coming)
    return _with_fitting_roles(problem, roster, *duties_of(change))


def _leaving(change: Restaffing) -> tuple[tuple[str, str], ...]:
    match change:
        case RemoveUnit(unit, duty) | ReplaceUnit(unit, duty, _) | MoveUnit(unit, duty, _):
            return ((unit, duty),)
        case _:
            return ()


def _coming(change: Restaffing, leaving: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    match change:
        case AddUnit(unit, duty, role):
            return (Assignment(unit, duty, role),)
        case AddTogether(units, duty):
            return tuple(Assignment(unit, duty) for unit in units)
        case ReplaceUnit(_, duty, by):
            return (Assignment(by, duty),)
        case MoveUnit(_, _, to_duty):
            return tuple(replace(held, duty=to_duty, role=None) for held in leaving)
        case RemoveUnit():
            return ()


def newly_broken(
    problem: RosterProblem, before: Roster, after: Roster, change: Change
) -> tuple[Violation, ...]:
    """The violations that the change brings about; those that were there stay their own matter."""
    duties = duties_of(change)
    units = units_of(change) or _units_on(before, duties)
    pairs = tuple(Near(unit, duty) for unit in units for duty in duties)
    return check.newly_broken(problem, Sheet(problem, before), Sheet(problem, after), pairs)


def refuse_breach(problem: RosterProblem, before: Roster, after: Roster, change: Change) -> None:
    if broken := newly_broken(problem, before, after, change):
        raise RuleBroken(broken)


def units_of(change: Change) -> tuple[str, ...]:
    """Whom the change names; a duty that is cleared names nobody."""
    match change:
        case AddTogether(units, _):
            return units
        case ReplaceUnit(unit, _, by):
            return unit, by
        case ClearDuty():
            return ()
        case _:
            return (change.unit,)


def duties_of(change: Change) -> tuple[str, ...]:
    if isinstance(change, MoveUnit):
        return change.from_duty, change.to_duty
    return (change.duty,)


def refuse_unknown(problem: RosterProblem, change: Change) -> None:
    for unit in units_of(change):
        if not problem.has_unit(unit):
            raise UnknownUnit(unit=unit)
    for duty in duties_of(change):
        if not problem.has_duty(duty):
            raise UnknownDuty(duty=duty)


def _units_on(roster: Roster, duties: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(a.unit for a in roster.assignments if a.duty in duties)


def _held(problem: RosterProblem, roster: Roster, unit: str, duty: str) -> Assignment:
    for assignment in roster.assignments:
        if assignment.pair == (unit, duty):
            return assignment
    raise NotOnDuty(unit=problem.who(unit), duty=_said(problem, duty))


def _added(problem: RosterProblem, roster: Roster, assignment: Assignment) -> Roster:
    if assignment.pair in roster.pairs:
        raise AlreadyOnDuty(
            unit=problem.who(assignment.unit), duty=_said(problem, assignment.duty)
        )
    if assignment.role is not None:
        _refuse_role(problem, assignment, assignment.role)
        roster = _vacated(roster, assignment, assignment.role)
    return roster.with_(assignment)


def _with_fitting_roles(problem: RosterProblem, roster: Roster, *duties: str) -> Roster:
    concerned = Roster.of(a for a in roster.assignments if a.duty in duties)
    others = (a for a in roster.assignments if a.duty not in duties)
    return Roster.of((*others, *with_roles(problem, concerned).assignments))


def _in_role(problem: RosterProblem, roster: Roster, held: Assignment, role: Role) -> Roster:
    """A lead is passed on by naming another, never by leaving the duty without one."""
    _refuse_role(problem, held, role)
    if held.role in LEADS and role is not held.role:
        raise RoleNotPossible(
            unit=problem.who(held.unit), role=role, duty=_said(problem, held.duty)
        )
    return _vacated(roster, held, role).with_(replace(held, role=role))


def _refuse_role(problem: RosterProblem, assignment: Assignment, role: Role) -> None:
    if not may_hold(problem, assignment.unit, problem.duty(assignment.duty), role):
        duty = _said(problem, assignment.duty)
        raise RoleNotPossible(unit=problem.who(assignment.unit), role=role, duty=duty)


def _said(problem: RosterProblem, duty: str) -> Occasion:
    return problem.occasion(problem.duty(duty))


def _vacated(roster: Roster, by: Assignment, role: Role) -> Roster:
    """Whoever had the one lead of the duty steps back for `by`."""
    if role not in LEADS:
        return roster
    back = Role.DEPUTY if role is Role.POLICE_LEAD else Role.MEMBER
    for other in roster.assignments:
        if other.duty == by.duty and other.role is role and other.unit != by.unit:
            roster = roster.with_(replace(other, role=back))
    return roster
