from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.duties import Count
from scheduler.forces import Force
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import About, AtMost, Decisions, Require, Term
from scheduler.wording import Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceRatio(Rule):
    """On one duty there are at most `soldiers_per_officer` soldiers for each police officer.

    Formula      sum soldiers_u x[u,d] - k * sum officers_u x[u,d] <= 0 over the units u on d,
                 once somebody in scope is on d
    Units        members present from reporting to release
    Source       two soldiers with one officer in November 2015, four with two in the plan of
                 September 2025; the ratio is a proposed default, to be confirmed
    Formulation  One row per duty; its condition is left out where the row is empty without it.
    """

    code = "force-ratio"
    text = Text(
        en="{area}, {moment}: {soldiers} and {officers} on one duty; at most {ratio} for each "
        "officer.",
        nl="{area}, {moment}: {soldiers} en {officers} in één dienst; hoogstens {ratio} per "
        "politieambtenaar.",
        fr="{area}, {moment} : {soldiers} et {officers} dans le même service ; au plus {ratio} "
        "par fonctionnaire de police.",
        de="{area}, {moment}: {soldiers} und {officers} in einem Dienst; höchstens {ratio} je "
        "Polizeibeamten.",
    )

    soldiers_per_officer: int = parameter(unit="soldiers", at_least=0, at_most=20)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for duty in problem.duties:
            weight = {Force.MILITARY: 1, Force.POLICE: -self.soldiers_per_officer}
            terms = tuple(
                Term(weight[choice.unit.force] * persons, choice.taken)
                for choice in on.at(duty)
                if (persons := problem.persons(choice.unit, duty))
            )
            soldiers = {c.taken for c in on.at(duty) if c.unit.force is Force.MILITARY}
            bound = [c.taken for c in on.at(duty) if self.scope.covers(c.unit, duty)]
            if soldiers and bound:
                when = () if soldiers <= {*bound} else (on.any_of(bound),)
                require(AtMost(terms, 0, when), About(duty=duty.id))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for duty in sheet.changed(near):
            if not any(self.scope.covers(p.unit, duty) for p in sheet.on(duty)):
                continue
            present = [
                placed.unit.force
                for placed in sheet.on(duty)
                for member in placed.unit.members
                if not member.away(duty.span)
            ]
            soldiers, officers = present.count(Force.MILITARY), present.count(Force.POLICE)
            if soldiers > officers * self.soldiers_per_officer:
                yield self.broken(
                    duty=duty.id,
                    by=soldiers - officers * self.soldiers_per_officer,
                    area=problem.where(duty),
                    moment=problem.moment(duty.starts_at),
                    soldiers=Strength(soldiers, Count.PERSONS, Force.MILITARY),
                    officers=Strength(officers, Count.PERSONS, Force.POLICE),
                    ratio=Strength(self.soldiers_per_officer, Count.PERSONS, Force.MILITARY),
                )
