from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.rule import EligibilityRule, Near, Text, Violation
from scheduler.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisedArea(EligibilityRule):
    """Soldiers serve only where a mandate allows it, from reporting to release.

    Without a mandate they serve nowhere.

    Formula      x[u,d] = 0 unless some mandate k has area_d in areas_k and
                 [reports_d, released_d) inside valid_k
    Units        minutes since the horizon's start
    Source       the mandate: Integrated Police Act (7 Dec 1998) art. 43 (mayor) or art. 111
                 (commissioner-general); named by each mandate
    Formulation  A refused pair gets no decision.
    """

    code = "authorised-area"
    text = Text(
        en="No mandate allows {unit} to serve in {area} from {begins} to {ends}.",
        nl="Geen enkel mandaat laat {unit} toe in {area} van {begins} tot {ends}.",
        fr="Aucun mandat n'autorise {unit} à servir à {area} du {begins} au {ends}.",
        de="Kein Mandat erlaubt {unit} den Dienst in {area} von {begins} bis {ends}.",
    )

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        return self.scope.covers(unit, duty) and not any(
            duty.area in mandate.areas and mandate.valid.contains(duty.span)
            for mandate in problem.mandates
        )

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        return self.scope.covers_unit(unit)

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        return self.scope.covers_service(duty), duty.area, duty.span

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for placed in sheet.placements(near):
            duty = placed.duty
            allowed: set[str] = set()
            for mandate in problem.mandates:
                late = duty.reports_at < mandate.valid.starts
                if not late and duty.released_at <= mandate.valid.ends:
                    allowed.update(mandate.areas)
            if duty.area not in allowed and self.scope.covers(placed.unit, duty):
                yield self.broken(
                    unit=placed.unit.id,
                    duty=duty.id,
                    area=problem.where(duty),
                    begins=problem.moment(duty.reports_at),
                    ends=problem.moment(duty.released_at),
                )
