from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.charges import charges, judged
from scheduler.errors import InvalidParameters
from scheduler.forces import Clock, Unit
from scheduler.moments import LONGEST_HORIZON_MINUTES
from scheduler.patterns import carried
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Parameterised, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import About, AtLeast, AtMost, Decisions, Require, Term
from scheduler.wording import Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesInHorizon(Rule):
    """A unit works neither too little nor too much in the horizon, from report to release.

    A duty counts whole in the horizon in which it starts, so that in one horizon after another
    each minute counts once. The minimum binds whoever works nothing as well, unless the rule is
    not in force on any day of the horizon; the maximum binds once a duty in scope is taken.

    Formula      for every clock c in scope:
                 minimum <= sum over its duties (released_d - reports_d) x[u,d] <= maximum
    Units        elapsed minutes of working time; briefing, way and debriefing are in it
    Source       the hours of a contract; the numbers are the service's own
    Formulation  Two rows per clock over the same terms; where all that counts is in scope, as
                 nearly always, the upper one needs no condition.
    """

    code = "minutes-in-horizon"
    text = Text(
        en="{unit} works {worked} from {begins} to {ends}; between {minimum} and {maximum} are "
        "due.",
        nl="{unit} werkt {worked} van {begins} tot {ends}; het moet tussen {minimum} en {maximum} "
        "liggen.",
        fr="{unit} preste {worked} du {begins} au {ends} ; il en faut entre {minimum} et "
        "{maximum}.",
        de="{unit} leistet {worked} von {begins} bis {ends}; es müssen zwischen {minimum} und "
        "{maximum} sein.",
    )

    minimum_minutes: int = parameter(unit="min", at_least=0, at_most=LONGEST_HORIZON_MINUTES)
    maximum_minutes: int = parameter(unit="min", at_least=0, at_most=LONGEST_HORIZON_MINUTES)

    def __post_init__(self) -> None:
        Parameterised.__post_init__(self)
        if self.minimum_minutes > self.maximum_minutes:
            fault = f"minimum_minutes is {self.minimum_minutes}; at most maximum_minutes"
            raise InvalidParameters(self.code, [f"{fault} {self.maximum_minutes}"])

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        asks = self._in_force(problem)
        for clock in carried(problem, self.scope, problem.clocks):
            if not self._bound(problem, clock):
                continue
            works = charges(problem, on, clock, self.scope)
            terms = tuple(Term(c.span.minutes, c.taken) for c in works if c.taken is not None)
            blamed, about = judged(works), About(clock=clock.id)
            if asks:
                require(AtLeast(terms, self.minimum_minutes), about)
            if blamed:
                when = () if len(blamed) == len(terms) else (on.any_of(blamed),)
                require(AtMost(terms, self.maximum_minutes, when), about)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for clock in carried(problem, self.scope, sheet.clocks(near)):
            units = self._bound(problem, clock)
            if not units:
                continue
            mine = [
                s
                for s in sheet.served(clock)
                if s.duty is not None and self.scope.counts(s.unit, s.duty)
            ]
            worked = sum(s.span.ends - s.span.starts for s in mine)
            blamed = [s for s in mine if s.judged(self.scope)]
            too_little = worked < self.minimum_minutes and self._in_force(problem)
            if too_little or (worked > self.maximum_minutes and blamed):
                yield self.broken(
                    unit=units[0].id if too_little else blamed[-1].unit.id,
                    duty=None if too_little else blamed[-1].duty_id,
                    by=worked - (self.minimum_minutes if too_little else self.maximum_minutes),
                    worked=Minutes(worked),
                    begins=problem.moment(0),
                    ends=problem.moment(problem.horizon.minutes),
                    minimum=Minutes(self.minimum_minutes),
                    maximum=Minutes(self.maximum_minutes),
                )

    def _bound(self, problem: RosterProblem, clock: Clock) -> list[Unit]:
        """The units in scope whose members carry the clock."""
        return [unit for unit in problem.units_with(clock) if self.scope.covers_unit(unit)]

    def _in_force(self, problem: RosterProblem) -> bool:
        during = self.scope.during
        return during is None or during.overlaps(problem.horizon.span)
