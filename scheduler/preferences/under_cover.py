from __future__ import annotations

from dataclasses import dataclass

from scheduler.coverage import contributions, reached
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderCover(Preference):
    """Nobody is missing, and each need says itself what one too few costs.

    Formula      sum over needs n of under_weight_n * max(0, target_n - count_n)
    Units        teams or persons, as the need counts, times the weight of the need
    Formulation  One slack per need with a weight that can fall short.
    """

    code = "under-cover"
    text = Text(
        en="What is missing to the target, by the weight of each need",
        nl="Wat aan het streefdoel ontbreekt, naar het gewicht van elke behoefte",
        fr="Ce qui manque à l'objectif, selon le poids de chaque besoin",
        de="Was zum Ziel fehlt, nach dem Gewicht jedes Bedarfs",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for duty in problem.duties:
            for need in duty.needs:
                if need.under_weight:
                    there = contributions(problem, on, need, duty)
                    cost.shortfall(need.target, there, need.under_weight)

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        return sum(
            need.under_weight * max(0, need.target - reached(sheet, need, duty))
            for duty in sheet.changed(near)
            for need in duty.needs
        )
