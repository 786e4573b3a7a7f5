from __future__ import annotations

from dataclasses import dataclass

from scheduler.coverage import contributions, reached
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class OverCover(Preference):
    """Nobody is sent beyond the target, where a need says what one too many costs.

    Formula      sum over needs n of over_weight_n * max(0, count_n - target_n)
    Units        teams or persons, as the need counts, times the weight of the need
    Formulation  One slack per need with a weight that can be exceeded.
    """

    code = "over-cover"
    text = Text(
        en="What goes beyond the target, by the weight of each need",
        nl="Wat boven het streefdoel uitgaat, naar het gewicht van elke behoefte",
        fr="Ce qui dépasse l'objectif, selon le poids de chaque besoin",
        de="Was über das Ziel hinausgeht, nach dem Gewicht jedes Bedarfs",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for duty in problem.duties:
            for need in duty.needs:
                if need.over_weight:
                    there = contributions(problem, on, need, duty)
                    cost.surplus(need.target, there, need.over_weight)

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        return sum(
            need.over_weight * max(0, reached(sheet, need, duty) - need.target)
            for duty in sheet.changed(near)
            for need in duty.needs
        )
