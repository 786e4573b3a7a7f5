from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.forces import Force
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation
from scheduler.sheet import Sheet
from scheduler.terms import About, AnyOf, Decisions, Require
from scheduler.wording import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredQualification(Rule):
    """What a duty requires, somebody present on it holds, in date when the duty starts.

    Formula      for every requirement (q, force) of d:  somebody in scope on d  =>
                 some unit on d (of that force) has a present member who holds q at starts_d
    Units        members
    Source       competence and its currency (radio, first aid, weapon): proposed defaults, to be
                 confirmed by the deploying service
    Formulation  One clause per requirement; who holds it is known before the solver starts.
    """

    code = "required-qualification"
    text = Text(
        en="{area}, {moment}: nobody present ({who}) holds “{qualification}” in date.",
        nl="{area}, {moment}: geen enkele aanwezige ({who}) heeft een geldige kwalificatie "
        "“{qualification}”.",
        fr="{area}, {moment} : aucune personne présente ({who}) n'a la qualification "
        "« {qualification} » en cours de validité.",
        de="{area}, {moment}: niemand der Anwesenden ({who}) hat die gültige Qualifikation "
        "„{qualification}“.",
    )

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for duty in problem.duties:
            bound = [c.taken for c in on.at(duty) if self.scope.covers(c.unit, duty)]
            for wanted in duty.requires if bound else ():
                holders = tuple(
                    choice.taken
                    for choice in on.at(duty)
                    if wanted.force in (None, choice.unit.force)
                    and problem.holders(choice.unit, duty, wanted.qualification)
                )
                require(AnyOf(holders, when=(on.any_of(bound),)), About(duty=duty.id))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for duty in sheet.changed(near):
            if not any(self.scope.covers(p.unit, duty) for p in sheet.on(duty)):
                continue
            held = {
                (q.name, force)
                for placed in sheet.on(duty)
                for member in placed.unit.members
                if not member.away(duty.span)
                for q in member.qualifications
                if q.until is None or duty.starts_at < q.until
                for force in (None, placed.unit.force)
            }
            for wanted in duty.requires:
                if (wanted.qualification, wanted.force) not in held:
                    yield self.broken(
                        duty=duty.id,
                        area=problem.where(duty),
                        moment=problem.moment(duty.starts_at),
                        who=(wanted.force,) if wanted.force else tuple(Force),
                        qualification=problem.named(Thing.QUALIFICATION, wanted.qualification),
                    )
