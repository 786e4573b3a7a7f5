from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.duties import Count
from scheduler.errors import InvalidParameters
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Parameterised, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import About, AtLeast, AtMost, Decisions, Require, Term
from scheduler.wording import Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolSize(Rule):
    """Whoever goes out on a duty goes with neither too few nor too many.

    Formula      somebody in scope on d  =>  minimum <= sum persons_u x[u,d] <= maximum
    Units        members present from reporting to release, of both forces together
    Source       patrols of 3 to 8 are a proposed default, to be confirmed
    Formulation  Two rows per duty; an empty duty is a shortfall, not a breach.
    """

    code = "patrol-size"
    text = Text(
        en="{area}, {moment}: {present} on this duty; between {minimum} and {maximum} are "
        "allowed.",
        nl="{area}, {moment}: {present} in deze dienst; toegelaten zijn er {minimum} tot "
        "{maximum}.",
        fr="{area}, {moment} : {present} dans ce service ; il en faut entre {minimum} et "
        "{maximum}.",
        de="{area}, {moment}: {present} in diesem Dienst; erlaubt sind {minimum} bis {maximum}.",
    )

    minimum_persons: int = parameter(unit="persons", at_least=0, at_most=100)
    maximum_persons: int = parameter(unit="persons", at_least=0, at_most=1000)

    def __post_init__(self) -> None:
        Parameterised.__post_init__(self)
        if self.minimum_persons > self.maximum_persons:
            fault = f"minimum_persons is {self.minimum_persons}; at most maximum_persons"
            raise InvalidParameters(self.code, [f"{fault} {self.maximum_persons}"])

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for duty in problem.duties:
            bound = [c.taken for c in on.at(duty) if self.scope.covers(c.unit, duty)]
            sizes = tuple(
                Term(persons, choice.taken)
                for choice in on.at(duty)
                if (persons := problem.persons(choice.unit, duty))
            )
            if bound:
                somebody = (on.any_of(bound),)
                require(AtLeast(sizes, self.minimum_persons, somebody), About(duty=duty.id))
                require(AtMost(sizes, self.maximum_persons, somebody), About(duty=duty.id))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for duty in sheet.changed(near):
            if not any(self.scope.covers(p.unit, duty) for p in sheet.on(duty)):
                continue
            present = len(
                [m for p in sheet.on(duty) for m in p.unit.members if not m.away(duty.span)]
            )
            if not self.minimum_persons <= present <= self.maximum_persons:
                yield self.broken(
                    duty=duty.id,
                    by=min(present - self.minimum_persons, 0) or present - self.maximum_persons,
                    area=problem.where(duty),
                    moment=problem.moment(duty.starts_at),
                    present=Strength(present, Count.PERSONS),
                    minimum=self.minimum_persons,
                    maximum=self.maximum_persons,
                )
