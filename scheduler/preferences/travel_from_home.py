from __future__ import annotations

from dataclasses import dataclass

from scheduler.problem import RosterProblem
from scheduler.rule import Near, Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelFromHome(Preference):
    """Units serve near the area where they set out.

    What nobody has said counts as 0 minutes: a unit without a home, two areas without a time on
    the way.

    Formula      sum over x[u,d] = 1 of minutes(home_u, area_d)
    Units        minutes there, not back; once per duty, however many members go
    Formulation  A price on each such decision.
    """

    code = "travel-from-home"
    text = Text(
        en="Minutes on the way from the home area to the duties, where known",
        nl="Minuten onderweg van het thuisgebied naar de diensten, waar bekend",
        fr="Minutes de trajet de la zone d'attache aux services, là où on les connaît",
        de="Minuten Weg vom Heimatgebiet zu den Diensten, soweit bekannt",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for unit in problem.units:
            if unit.home:
                for choice in on.unit(unit):
                    if away := problem.minutes_between(unit.home, choice.duty.area):
                        cost.each(away, choice.taken)

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        ways = ((p.unit.home, p.duty.area) for p in sheet.placements(near))
        return sum(problem.minutes_between(*way) or 0 for way in ways)
