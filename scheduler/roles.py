"""Gives each assignment its role: who leads, who deputises, who guards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scheduler.duties import Duty
from scheduler.forces import DutyKind, Force
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Role, Roster

_BY_KIND = {DutyKind.GUARD: Role.GUARD, DutyKind.STANDBY: Role.STANDBY}


def with_roles(problem: RosterProblem, roster: Roster) -> Roster:
    """The same roster with a role for everybody; a role that a person chose stays if it can.

    One police lead for each patrol and post (a unit that may lead), one military lead; a second
    police unit that may lead is deputy. Equal units are taken in order of their names.
    """
    by_duty: dict[str, list[Assignment]] = defaultdict(list)
    for assignment in roster.assignments:
        by_duty[assignment.duty].append(assignment)
    return Roster.of(
        given
        for duty_id, there in by_duty.items()
        for given in _on_duty(problem, problem.duty(duty_id), there)
    )


def may_hold(problem: RosterProblem, unit_id: str, duty: Duty, role: Role) -> bool:
    """Whether a unit may have a role on a duty."""
    unit = problem.unit(unit_id)
    match role:
        case Role.GUARD | Role.STANDBY:
            return _BY_KIND.get(duty.kind) is role
        case Role.POLICE_LEAD | Role.DEPUTY:
            return unit.force is Force.POLICE and _fit_to_lead(problem, unit_id, duty)
        case Role.MILITARY_LEAD:
            return unit.force is Force.MILITARY
        case _:
            return duty.kind not in _BY_KIND


def _fit_to_lead(problem: RosterProblem, unit_id: str, duty: Duty) -> bool:
    names = [r.parameters["qualification"] for r in problem.rules if r.code == "police-lead"]
    unit = problem.unit(unit_id)
    return not names or any(problem.holders(unit, duty, str(name)) for name in names)


def _on_duty(
    problem: RosterProblem, duty: Duty, there: Sequence[Assignment]
) -> Iterable[Assignment]:
    if duty.kind in _BY_KIND:
        return (replace(a, role=_BY_KIND[duty.kind]) for a in there)
    roles: dict[str, Role] = {}
    for role in (Role.POLICE_LEAD, Role.MILITARY_LEAD, Role.DEPUTY):
        able = [a for a in there if a.unit not in roles and may_hold(problem, a.unit, duty, role)]
        chosen = min(able, key=lambda a: (a.role is not role, a.unit), default=None)
        if chosen is not None:
            roles[chosen.unit] = role
    return (replace(a, role=roles.get(a.unit, Role.MEMBER)) for a in there)
