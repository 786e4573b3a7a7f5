from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Force
from scheduler.problem import RosterProblem, kept
from scheduler.rule import Near, Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class JointTeams(Preference):
    """Police and soldiers who are used to each other keep serving together.

    A duty is joint when its needs ask for both forces; soldiers who guard alone lack nobody. A
    military unit of several joint teams may have any of its partners beside it.

    Formula      number of x[m,d] = 1 with d joint, m a military unit of some joint team, and
                 x[p,d] = 0 for every police unit p of its teams
    Units        assignments of military units
    Formulation  One price per such decision, on "taken, and none of the partners"; whether a
                 duty is joint is read off its needs and not off the roster, so that the price
                 hangs on the unit and its partners alone.
    """

    code = "joint-teams"
    text = Text(
        en="Joint duties of a military unit without its usual police unit",
        nl="Gemengde diensten van een militaire eenheid zonder haar vaste politie-eenheid",
        fr="Services mixtes d'une unité militaire sans son unité de police habituelle",
        de="Gemischte Dienste einer Militäreinheit ohne ihre gewohnte Polizeieinheit",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        partners = _partners(problem)
        for duty in filter(_joint, problem.duties):
            choices = {choice.unit.id: choice.taken for choice in on.at(duty)}
            for unit, police in partners.items():
                if unit in choices:
                    beside = [choices[partner] for partner in police if partner in choices]
                    cost.each(1, ~on.any_of((~choices[unit], *beside)))

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        alone = 0
        for duty in filter(_joint, sheet.changed(near)):
            there = {placed.unit.id for placed in sheet.on(duty)}
            alone += sum(
                there.isdisjoint(police)
                for unit, police in _partners(problem).items()
                if unit in there
            )
        return alone


@kept
def _partners(problem: RosterProblem) -> Mapping[str, tuple[str, ...]]:
    """The police units with which each military unit is used to serving."""
    partners: dict[str, list[str]] = defaultdict(list)
    for team in problem.joint_teams:
        partners[team.military].append(team.police)
    return {unit: tuple(police) for unit, police in partners.items()}


def _joint(duty: Duty) -> bool:
    return all(
        any(need.maximum and need.force in (None, force) for need in duty.needs) for force in Force
    )
