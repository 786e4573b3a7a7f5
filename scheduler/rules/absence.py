from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.rule import EligibilityRule, Near, Text, Violation
from scheduler.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(EligibilityRule):
    """A unit goes out only with enough members who are not absent.

    Formula      |{m of u: no absence of m overlaps [reports_d, released_d)}| >= smallest_u
    Units        persons
    Source       leave and absence as told by the service; no reason is recorded
    Formulation  A refused pair gets no decision.
    """

    code = "absence"
    text = Text(
        en="Members of {unit} present for this duty: {present}; at least {smallest} are needed.",
        nl="Aanwezige leden van {unit} voor deze dienst: {present}; minstens {smallest} nodig.",
        fr="Membres de {unit} présents pour ce service : {present} ; il en faut au moins "
        "{smallest}.",
        de="Anwesende Mitglieder von {unit} bei diesem Dienst: {present}; nötig sind mindestens "
        "{smallest}.",
    )

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        return self.scope.covers(unit, duty) and problem.persons(unit, duty) < unit.smallest

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        return None if problem.complete(unit) else unit.id

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        return self.scope.covers_service(duty), duty.span

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for placed in sheet.placements(near):
            unit, span = placed.unit, placed.duty.span
            away = [m for m in unit.members if any(a.overlaps(span) for a in m.absences)]
            present = len(unit.members) - len(away)
            if present < unit.smallest and self.scope.covers(unit, placed.duty):
                yield self.broken(
                    unit=unit.id,
                    duty=placed.duty.id,
                    present=present,
                    smallest=unit.smallest,
                )
