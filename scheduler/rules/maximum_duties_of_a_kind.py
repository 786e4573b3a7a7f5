from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.charges import charges, decided, judged
from scheduler.patterns import carried
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import About, AtMost, Decisions, Require, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumDutiesOfAKind(Rule):
    """A unit takes at most `maximum_duties` duties of certain shifts in the horizon.

    The shifts are those named; with none named, every duty counts, of whatever shift.

    Formula      for every clock: sum of x[u,d] over duties d with shift_d in shifts <= maximum
    Units        duties
    Source       maximum shifts of a type of the rostering literature; pattern of the service,
                 to be confirmed
    Formulation  One row per clock.
    """

    code = "maximum-duties-of-a-kind"
    text = Text(
        en="With {occasion} {unit} has {duties} duties of this kind; at most {maximum} are "
        "allowed.",
        nl="Met {occasion} heeft {unit} {duties} diensten van deze soort; hoogstens {maximum} "
        "zijn toegelaten.",
        fr="Avec {occasion}, {unit} a {duties} services de cette sorte ; {maximum} au plus sont "
        "autorisés.",
        de="Mit {occasion} hat {unit} {duties} Dienste dieser Art; erlaubt sind höchstens "
        "{maximum}.",
    )

    shifts: tuple[str, ...] = parameter()
    maximum_duties: int = parameter(unit="duties", at_least=0, at_most=1000)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for clock in carried(problem, self.scope, problem.clocks):
            works = [
                charge
                for charge in charges(problem, on, clock, self.scope)
                if not self.shifts or charge.work.shift in self.shifts
            ]
            blamed, terms = judged(works), tuple(Term(1, taken) for taken in decided(works))
            if blamed:
                when = () if len(blamed) == len(terms) else (on.any_of(blamed),)
                require(AtMost(terms, self.maximum_duties, when), About(clock=clock.id))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for clock in carried(problem, self.scope, sheet.clocks(near)):
            counted = [
                (s.unit, s.duty)
                for s in sheet.served(clock)
                if s.duty is not None
                and (not self.shifts or any(shift == s.duty.shift for shift in self.shifts))
                and self.scope.counts(s.unit, s.duty)
            ]
            blamed = [(unit, duty) for unit, duty in counted if self.scope.covers(unit, duty)]
            if len(counted) > self.maximum_duties and blamed:
                unit, duty = blamed[-1]
                yield self.broken(
                    unit=unit.id,
                    duty=duty.id,
                    by=len(counted) - self.maximum_duties,
                    occasion=problem.occasion(duty),
                    duties=len(counted),
                    maximum=self.maximum_duties,
                )
