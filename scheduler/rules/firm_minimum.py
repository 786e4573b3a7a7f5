from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.coverage import counted, reached
from scheduler.duties import Duty, Need
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation
from scheduler.sheet import Sheet
from scheduler.terms import About, AtLeast, Decisions, Require, Term
from scheduler.wording import Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmMinimum(Rule):
    """What is asked for as a firm minimum is there, whatever else must give way.

    Of the scope the duty's kind, area and start count, and for a need that calls for one force
    that force: nobody may be there yet, so that no unit can be asked.

    Formula      for every firm need n of d:  sum counted_{u,n} x[u,d] >= minimum_n
    Units        teams or persons, as the need counts
    Source       the coverage that the zone commander marks as firm
    Formulation  One row per firm need, without a condition: an empty duty breaks it too.
    """

    code = "firm-minimum"
    text = Text(
        en="{area}, {moment}: {there}; at least {minimum} must be there.",
        nl="{area}, {moment}: {there}; er moeten er minstens {minimum} zijn.",
        fr="{area}, {moment} : {there} ; il en faut impérativement au moins {minimum}.",
        de="{area}, {moment}: {there}; mindestens {minimum} sind Pflicht.",
    )

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for duty in problem.duties:
            for need in duty.needs:
                if self._binds(need, duty) and need.minimum:
                    terms = tuple(
                        Term(amount, choice.taken)
                        for choice in on.at(duty)
                        if (amount := counted(problem, need, choice.unit, duty))
                    )
                    require(AtLeast(terms, need.minimum), About(duty=duty.id))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for duty in sheet.changed(near):
            for need in duty.needs:
                there = reached(sheet, need, duty)
                if there < need.minimum and self._binds(need, duty):
                    yield self.broken(
                        duty=duty.id,
                        by=there - need.minimum,
                        area=problem.where(duty),
                        moment=problem.moment(duty.starts_at),
                        there=Strength(
                            there, need.counts, need.force, problem.what(need.qualification)
                        ),
                        minimum=need.minimum,
                    )

    def _binds(self, need: Need, duty: Duty) -> bool:
        forces = self.scope.forces
        return (
            need.firm
            and self.scope.covers_service(duty)
            and (not forces or need.force is None or need.force in forces)
        )
