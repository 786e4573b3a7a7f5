from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.rule import EligibilityRule, Near, Text, Violation, parameter
from scheduler.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class RoeBriefing(EligibilityRule):
    """Everybody who goes out has a briefing on the rules of engagement that is still in date.

    Formula      x[u,d] = 0 where a present member of u does not hold `qualification` at starts_d
    Units        members
    Source       written rules of engagement (September 2025); renewal every 30 days is a proposed
                 default, to be confirmed
    Formulation  A refused pair gets no decision.
    """

    code = "roe-briefing"
    text = Text(
        en="{unit}, {moment}: no briefing on the rules of engagement in date for {members}.",
        nl="{unit}, {moment}: geen geldige briefing over de inzetregels voor {members}.",
        fr="{unit}, {moment} : pas de briefing valable sur les règles d'engagement pour "
        "{members}.",
        de="{unit}, {moment}: keine gültige Einweisung in die Einsatzregeln für {members}.",
    )

    qualification: str = parameter()

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        briefed = problem.holders(unit, duty, self.qualification)
        return briefed < problem.persons(unit, duty) and self.scope.covers(unit, duty)

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        return self.scope.covers_unit(unit), problem.likeness(unit)

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        return self.scope.covers_service(duty), duty.span, duty.starts_at

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for placed in sheet.placements(near):
            duty = placed.duty
            stale = [
                member.id
                for member in placed.unit.members
                if not any(absence.overlaps(duty.span) for absence in member.absences)
                and not any(
                    q.name == self.qualification and q.in_date(duty.starts_at)
                    for q in member.qualifications
                )
            ]
            if stale and self.scope.covers(placed.unit, duty):
                yield self.broken(
                    unit=placed.unit.id,
                    duty=duty.id,
                    moment=problem.moment(duty.starts_at),
                    members=tuple(stale),
                )
