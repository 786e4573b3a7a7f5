from __future__ import annotations

from dataclasses import dataclass

from scheduler.coverage import NeedsMissed
from scheduler.duties import Need
from scheduler.rule import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumMissed(NeedsMissed):
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

    def wanted(self, need: Need) -> int:
        return need.minimum
