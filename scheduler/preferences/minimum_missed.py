from __future__ import annotations

from dataclasses import dataclass

from scheduler.coverage import counted, reached
from scheduler.problem import RosterProblem
from scheduler.rule import Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumMissed(Preference):
    """Every need is met up to its minimum, the more important areas first.

    Formula      sum over needs n of priority_d * max(0, minimum_n - count_n)
    Units        teams or persons, as the need counts, times the duty's priority
    Formulation  One slack per need that can fall short.
    """

    code = "minimum-missed"
    text = Text(
        en="What is missing to the minimum, weighted by area priority",
        nl="Wat aan het minimum ontbreekt, gewogen naar prioriteit van het gebied",
        fr="Ce qui manque au minimum, pondéré par la priorité de la zone de patrouille",
        de="Was zum Minimum fehlt, gewichtet nach Priorität des Streifengebiets",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for duty in problem.duties:
            for need in duty.needs:
                terms = [
                    Term(amount, choice.taken)
                    for choice in on.at(duty)
                    if (amount := counted(problem, need, choice.unit, duty))
                ]
                cost.shortfall(need.minimum, terms, duty.priority)

    def measure(self, problem: RosterProblem, sheet: Sheet) -> int:
        return sum(
            duty.priority * max(0, need.minimum - reached(sheet, need, duty))
            for duty in problem.duties
            for need in duty.needs
        )
