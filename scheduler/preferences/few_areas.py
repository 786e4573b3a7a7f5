from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from scheduler.problem import RosterProblem
from scheduler.rule import Near, Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions, Literal, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class FewAreas(Preference):
    """A unit stays in one area as far as it can, so that it knows the place and is known there.

    Formula      sum over units u of max(0, areas_u - 1), with areas_u the distinct areas in
                 which u serves in the horizon
    Units        areas beyond a unit's first
    Formulation  y[u,a] = any of x[u,d] with area_d = a; one slack per unit on what sum_a y[u,a]
                 exceeds one by. No price is negative, and a relaxation that splits a unit
                 over areas pays for it as soon as the parts make up more than one.
    """

    code = "few-areas"
    text = Text(
        en="Areas in which a unit serves beyond its first",
        nl="Gebieden waarin een eenheid dient, haar eerste niet meegeteld",
        fr="Zones de patrouille où une unité sert, outre sa première",
        de="Streifengebiete, in denen eine Einheit außer ihrem ersten dient",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for unit in problem.units:
            by_area: dict[str, list[Literal]] = defaultdict(list)
            for choice in on.unit(unit):
                by_area[choice.duty.area].append(choice.taken)
            if len(by_area) > 1:
                cost.surplus(1, [Term(1, on.any_of(taken)) for taken in by_area.values()], 1)

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        areas = (len({p.duty.area for p in sheet.by(unit)}) for unit in sheet.units(near))
        return sum(max(0, served - 1) for served in areas)
