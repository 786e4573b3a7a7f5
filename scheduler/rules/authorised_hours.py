from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from scheduler.duties import Duty, Mandate
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.reach import first_gap
from scheduler.rule import EligibilityRule, Near, Text, Violation
from scheduler.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisedHours(EligibilityRule):
    """Soldiers are in an area only within the hours that their mandate gives for it.

    Where no mandate authorises the area at all, the rule on authorised areas speaks instead.

    Formula      x[u,d] = 0 where some mandate authorises d, and of none that does the hours of
                 area_d, joined where they touch, contain [starts_d, ends_d)
    Units        minutes since the horizon's start; the way to the area is not in it
    Source       the mandate's hours; weekly windows are a proposed default, to be confirmed
    Formulation  A refused pair gets no decision.
    """

    code = "authorised-hours"
    text = Text(
        en="No mandate covers {unit} in {area} for all hours from {begins} to {ends}.",
        nl="Geen enkel mandaat dekt {unit} in {area} voor alle uren van {begins} tot {ends}.",
        fr="Aucun mandat ne couvre {unit} à {area} pour toutes les heures du {begins} au {ends}.",
        de="Kein Mandat deckt {unit} in {area} für alle Stunden von {begins} bis {ends}.",
    )

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        authorising = _authorising(problem, duty)
        return (
            bool(authorising)
            and self.scope.covers(unit, duty)
            and not any(
                first_gap(duty.cover, [h.during for h in m.hours if h.area == duty.area]) is None
                for m in authorising
            )
        )

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        return self.scope.covers_unit(unit)

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        return self.scope.covers_service(duty), duty.area, duty.span, duty.cover

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for placed in sheet.placements(near):
            duty = placed.duty
            authorising = _authorising(problem, duty)
            if not authorising or not self.scope.covers(placed.unit, duty):
                continue
            if all(_uncovered(mandate, duty) for mandate in authorising):
                yield self.broken(
                    unit=placed.unit.id,
                    duty=duty.id,
                    area=problem.where(duty),
                    begins=problem.moment(duty.starts_at),
                    ends=problem.moment(duty.ends_at),
                )


def _authorising(problem: RosterProblem, duty: Duty) -> tuple[Mandate, ...]:
    return tuple(
        m for m in problem.mandates if duty.area in m.areas and m.valid.contains(duty.span)
    )


def _uncovered(mandate: Mandate, duty: Duty) -> bool:
    """The cover leaves the hours either at its very start or where one stretch ends."""
    hours = [h.during for h in mandate.hours if h.area == duty.area]
    ends = [h.ends for h in hours if duty.starts_at <= h.ends < duty.ends_at]
    return any(
        not any(h.starts <= moment < h.ends for h in hours) for moment in (duty.starts_at, *ends)
    )
