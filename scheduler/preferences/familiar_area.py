from __future__ import annotations

from dataclasses import dataclass

from scheduler.problem import RosterProblem
from scheduler.rule import Near, Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class FamiliarArea(Preference):
    """Units serve where they know their way; who is familiar with no area in particular is free.

    Formula      number of x[u,d] = 1 with familiar_u not empty and area_d not in familiar_u
    Units        assignments
    Formulation  A price on each such decision.
    """

    code = "familiar-area"
    text = Text(
        en="Duties outside the areas that the unit is familiar with",
        nl="Diensten buiten de gebieden waarmee de eenheid vertrouwd is",
        fr="Services hors des zones de patrouille que l'unité connaît",
        de="Dienste außerhalb der Streifengebiete, mit denen die Einheit vertraut ist",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for unit in problem.units:
            if unit.familiar:
                for choice in on.unit(unit):
                    if choice.duty.area not in unit.familiar:
                        cost.each(1, choice.taken)

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        return sum(
            p.duty.area not in (p.unit.familiar or (p.duty.area,)) for p in sheet.placements(near)
        )
