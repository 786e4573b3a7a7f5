from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from scheduler.catalogue import eligibility_of
from scheduler.duties import Duty
from scheduler.forces import Unit
from scheduler.moments import LONGEST_HORIZON_MINUTES
from scheduler.problem import RosterProblem, kept
from scheduler.rule import EligibilityRule, Near, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import About, AnyOf, Decisions, Require


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeBeforeDuty(EligibilityRule):
    """A duty that starts within `freeze_minutes` after `frozen_until` stays as it was told.

    Nobody is added whom the reference roster does not have on it, and nobody is taken off, but
    for those whom a rule that refuses single pairs (absence, area, mandate …) no longer lets go
    there; who should then step in needs an exception. With no minutes, what starts before that
    moment is frozen; without the moment nothing is.

    Formula      x[u,d] = [the reference has u on d] where starts_d < frozen_until + freeze and
                 no other rule in force refuses u on d
    Units        elapsed minutes
    Source       our proposal: seven days, no rule on notice found; cf. Directive 2019/1152
                 art. 10. To be confirmed by the service
    Formulation  Who is not in the reference gets no decision, so that what is frozen costs the
                 model nothing; each pair kept is a clause of its own, which can be lifted.
    """

    code = "freeze-before-duty"
    text = Text(
        en="{unit}: {occasion} starts before {until} and no longer changes.",
        nl="{unit}: {occasion} begint vóór {until} en verandert niet meer.",
        fr="{unit} : {occasion} commence avant {until} et ne change plus.",
        de="{unit}: {occasion} beginnt vor {until} und ändert sich nicht mehr.",
    )

    freeze_minutes: int = parameter(unit="min", at_least=0, at_most=LONGEST_HORIZON_MINUTES)

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        return (
            self._frozen(problem, duty)
            and not problem.refers_to(unit, duty)
            and self.scope.covers(unit, duty)
        )

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        return duty.id if self._frozen(problem, duty) else None

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for duty in problem.duties:
            for choice in on.at(duty) if self._frozen(problem, duty) else ():
                if problem.refers_to(choice.unit, duty) and self.scope.covers(choice.unit, duty):
                    require(AnyOf((choice.taken,)), About(unit=choice.unit.id, duty=duty.id))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for duty in (duty for duty in sheet.changed(near) if self._frozen(problem, duty)):
            told = _told(problem).get(duty.id, frozenset())
            changed = told ^ {placed.unit.id for placed in sheet.on(duty)}
            for name in sorted(changed & {near.unit} if near else changed):
                unit = problem.unit(name)
                may_go = name in told and _refused(problem, unit, duty)
                if self.scope.covers(unit, duty) and not may_go:
                    yield self.broken(
                        unit=name,
                        duty=duty.id,
                        occasion=problem.occasion(duty),
                        until=problem.moment(self._until(problem)),
                    )

    def _frozen(self, problem: RosterProblem, duty: Duty) -> bool:
        return duty.starts_at < self._until(problem)

    def _until(self, problem: RosterProblem) -> int:
        """No duty starts before the horizon does, so that 0 freezes none."""
        told = problem.frozen_until
        return 0 if told is None else told + self.freeze_minutes


@kept
def _told(problem: RosterProblem) -> dict[str, frozenset[str]]:
    """Duty → the units that the reference roster has on it."""
    told: dict[str, frozenset[str]] = {}
    for held in problem.reference:
        told[held.duty] = told.get(held.duty, frozenset()) | {held.unit}
    return told


def _refused(problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
    return any(rule.forbids(problem, unit, duty) for rule in eligibility_of(problem))
