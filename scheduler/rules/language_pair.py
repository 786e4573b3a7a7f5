from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import About, AnyOf, Decisions, Require
from scheduler.wording import Spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePair(Rule):
    """On every duty somebody speaks each of the languages in which the public is served.

    Formula      for every language l of `languages`:  somebody in scope on d  =>
                 some unit on d has a present member who speaks l
    Units        members
    Source       Language Acts (18 Jul 1966; army 30 Jul 1938); Dutch and French on a patrol in
                 Brussels is a proposed default, to be confirmed
    Formulation  One clause per duty and language; one member who speaks both satisfies both.
    """

    code = "language-pair"
    text = Text(
        en="{area}, {moment}: nobody present on this duty speaks {language}.",
        nl="{area}, {moment}: niemand van de aanwezigen in deze dienst spreekt {language}.",
        fr="{area}, {moment} : dans ce service, personne ne parle {language}.",
        de="{area}, {moment}: niemand der Anwesenden in diesem Dienst spricht {language}.",
    )

    languages: tuple[str, ...] = parameter()

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for duty in problem.duties:
            bound = [c.taken for c in on.at(duty) if self.scope.covers(c.unit, duty)]
            for language in dict.fromkeys(self.languages if bound else ()):
                speakers = tuple(
                    choice.taken
                    for choice in on.at(duty)
                    if problem.speaks(choice.unit, duty, language)
                )
                require(AnyOf(speakers, when=(on.any_of(bound),)), About(duty=duty.id))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for duty in sheet.changed(near):
            spoken: set[str] = set()
            for placed in sheet.on(duty):
                for member in placed.unit.members:
                    if not member.away(duty.span):
                        spoken.update(member.languages)
            if any(self.scope.covers(p.unit, duty) for p in sheet.on(duty)):
                for language in sorted({*self.languages} - spoken):
                    yield self.broken(
                        duty=duty.id,
                        area=problem.where(duty),
                        moment=problem.moment(duty.starts_at),
                        language=Spoken(language),
                    )
