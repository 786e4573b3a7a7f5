from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import DutyKind, Unit
from scheduler.problem import RosterProblem
from scheduler.rule import EligibilityRule, Near, Text, Violation
from scheduler.sheet import Sheet
from scheduler.wording import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedPlace(EligibilityRule):
    """Soldiers enter a school, a hospital or a place of worship only to guard it.

    Formula      x[u,d] = 0 where d has a protected place and kind_d is not guard
    Units        duties
    Source       proposed default for patrols without police powers, to be confirmed
    Formulation  A refused pair gets no decision.
    """

    code = "protected-place"
    text = Text(
        en="{unit} may enter {place}, a protected place, only on guard duty.",
        nl="{unit} mag {place}, een beschermde plaats, alleen betreden voor statische bewaking.",
        fr="{unit} ne peut entrer dans un lieu protégé ({place}) que pour une garde statique.",
        de="{unit} darf {place}, einen geschützten Ort, nur zum Objektschutz betreten.",
    )

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        guarded = duty.kind is DutyKind.GUARD
        return bool(duty.protected_place) and not guarded and self.scope.covers(unit, duty)

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        return self.scope.covers_unit(unit)

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        return self.scope.covers_service(duty), duty.kind, duty.protected_place

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for placed in sheet.placements(near):
            place = placed.duty.protected_place
            if not place or not self.scope.covers(placed.unit, placed.duty):
                continue
            if placed.duty.kind in set(DutyKind) - {DutyKind.GUARD}:
                yield self.broken(
                    unit=placed.unit.id,
                    duty=placed.duty.id,
                    place=problem.named(Thing.PLACE, place),
                )
