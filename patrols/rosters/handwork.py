"""Changes by hand: what they make of a roster, and which rules they would newly break. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from patrols.errors import (
    AlreadyOnDuty,
    NotOnDuty,
    RoleNotPossible,
    RuleBroken,
    UnknownDuty,
    UnknownUnit,
)
from patrols.rosters.changes import AddUnit, Change, ChangeRole, MoveUnit, PinUnit, RemoveUnit
from scheduler.check import violations
from scheduler.duties import Duty
from scheduler.forces import Unit
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
        case AddUnit(unit, duty, role):
            added = _added(problem, roster, Assignment(unit, duty, role))
            return _with_fitting_roles(problem, added, duty)
        case RemoveUnit(unit, duty):
            _held(problem, roster, unit, duty)
            return _with_fitting_roles(problem, roster.without(unit, duty), duty)
        case MoveUnit(unit, from_duty, to_duty):
            held = _held(problem, roster, unit, from_duty)
            moved = replace(held, duty=to_duty, role=None)
            left = roster.without(unit, from_duty)
            return _with_fitting_roles(problem, _added(problem, left, moved), from_duty, to_duty)
        case PinUnit(unit, duty, pinned):
            return roster.with_(replace(_held(problem, roster, unit, duty), pinned=pinned))
        case ChangeRole(unit, duty, role):
            return _in_role(problem, roster, _held(problem, roster, unit, duty), role)


def newly_broken(
    problem: RosterProblem, before: Roster, after: Roster, change: Change
) -> tuple[Violation, ...]:
    """The violations that the change brings about; those that were there stay their own matter."""
    pairs = tuple(Near(change.unit, duty) for duty in duties_of(change))
    held = tuple(_around(problem, before, pairs))
    found: list[Violation] = []
    for violation in _around(problem, after, pairs):
        if violation not in held and violation not in found:
            found.append(violation)
    return tuple(found)


def newly_broken_by_adding(
    problem: RosterProblem, roster: Roster, duty: Duty
) -> Iterator[tuple[Unit, tuple[Violation, ...]]]:
    """Each unit that is not on the duty, with what adding it would break."""
    before = Sheet(problem, roster)
    for unit in problem.units:
        if (unit.id, duty.id) not in roster.pairs:
            near = Near(unit.id, duty.id)
            after = Sheet(problem, roster.with_(Assignment(unit.id, duty.id)))
            held = tuple(violations(problem, before, near))
            broken = violations(problem, after, near)
            yield unit, tuple(v for v in broken if v not in held)


def refuse_breach(problem: RosterProblem, before: Roster, after: Roster, change: Change) -> None:
    if broken := newly_broken(problem, before, after, change):
        raise RuleBroken(broken)


def duties_of(change: Change) -> tuple[str, ...]:
    if isinstance(change, MoveUnit):
        return change.from_duty, change.to_duty
    return (change.duty,)


def refuse_unknown(problem: RosterProblem, change: Change) -> None:
    if not problem.has_unit(change.unit):
        raise UnknownUnit(unit=change.unit)
    for duty in duties_of(change):
        if not problem.has_duty(duty):
            raise UnknownDuty(duty=duty)


def _around(
    problem: RosterProblem, roster: Roster, pairs: tuple[Near, ...]
) -> Iterator[Violation]:
    sheet = Sheet(problem, roster)
    for near in pairs:
        yield from violations(problem, sheet, near)


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
