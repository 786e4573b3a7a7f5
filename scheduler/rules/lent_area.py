from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.rule import EligibilityRule, Near, Text, Violation
from scheduler.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class LentArea(EligibilityRule):
    """A unit serves only in the areas for which its service lends it.

    Formula      x[u,d] = 1  =>  areas_u is empty or holds area_d
    Units        -
    Source       agreement of the lending service; no agreement named means no limit
    Formulation  A refused pair gets no decision.
    """

    code = "lent-area"
    text = Text(
        en="{unit} is not lent for {area}.",
        nl="{unit} is niet uitgeleend voor {area}.",
        fr="{unit} n'est pas mise à disposition pour {area}.",
        de="{unit} ist für {area} nicht abgestellt.",
    )

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        return bool(unit.areas) and duty.area not in unit.areas and self.scope.covers(unit, duty)

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        return self.scope.covers_unit(unit), unit.areas

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        return self.scope.covers_service(duty), duty.area

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for placed in sheet.placements(near):
            unit, duty = placed.unit, placed.duty
            lent = not unit.areas or any(area == duty.area for area in unit.areas)
            if not lent and self.scope.covers(unit, duty):
                yield self.broken(
                    unit=unit.id,
                    duty=duty.id,
                    area=problem.where(duty),
                )
