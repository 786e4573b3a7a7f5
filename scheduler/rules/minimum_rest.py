from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.charges import Charge, charges
from scheduler.duties import Duty
from scheduler.forces import Clock
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Scope, Text, Violation, parameter
from scheduler.sheet import Served, Sheet
from scheduler.terms import About, AnyOf, AtMostOne, Decisions, Require
from scheduler.wording import Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumRest(Rule):
    """A unit rests at least `rest_minutes` after every duty before the next begins.

    With the consent of all who carry the clock (`shorter-rest`, dated) `consent_rest_minutes`
    suffice after a duty that ends between the two clock times; after an unexpected overrun
    `overrun_rest_minutes` do.

    Formula      for every clock c and moment t:
                 sum x[u,d] <= 1 over its duties d with reports_d <= t < released_d + rest_d
    Units        elapsed minutes; duties are half-open intervals
    Source       RPPol (RD 30 Mar 2001) art. VI.I.5; Directive 2003/88/EC art. 3
    Formulation  Extended duties may not overlap: one clause per clock and start, not one per
                 pair (1,260 clauses instead of 185,040 at 60 units and 168 duties).
    """

    code = "minimum-rest"
    text = Text(
        en="{unit} rests {gap} between the duty that ends {ends} and the next at {begins}; "
        "at least {rest} is needed.",
        nl="{unit} heeft {gap} rust tussen de dienst die eindigt op {ends} en de volgende op "
        "{begins}; minstens {rest} is nodig.",
        fr="{unit} a {gap} de repos entre le service qui finit {ends} et le suivant {begins} ; "
        "il faut au moins {rest}.",
        de="{unit} ruht {gap} zwischen dem Dienst, der {ends} endet, und dem nächsten {begins}; "
        "nötig sind mindestens {rest}.",
    )

    rest_minutes: int = parameter(unit="min", at_least=0, at_most=2 * DAY_MINUTES)
    consent_rest_minutes: int = parameter(unit="min", at_least=0, at_most=2 * DAY_MINUTES)
    consent_ends_from_minute: int = parameter(unit="min", at_least=0, at_most=DAY_MINUTES)
    consent_ends_until_minute: int = parameter(unit="min", at_least=0, at_most=DAY_MINUTES)
    overrun_rest_minutes: int = parameter(unit="min", at_least=0, at_most=2 * DAY_MINUTES)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for clock in problem.clocks:
            works = charges(problem, on, clock, Scope(), by_place=self.scope.by_place)  # any work
            rested = [
                (c, Span(c.span.starts, c.span.ends + self.rest_after(problem, clock, c)))
                for c in works
                if self.scope.covers(c.unit, c.work)
            ]
            for charge in works:
                moment, begun = charge.span.starts, charge.taken
                about = About(clock=clock.id, moment=moment)
                active = [c.taken for c, s in rested if c is not charge and s.holds(moment)]
                decided = tuple(x for x in (*active, begun) if x is not None)
                if begun is None or None in active:  # what is certain leaves no room
                    for literal in decided if begun is None else (begun,):
                        require(AnyOf((), when=(literal,)), about)
                elif len(decided) > 1:
                    require(AtMostOne(decided), about)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for clock in sheet.clocks(near):
            served = sheet.served(clock)
            for first in self._before(problem.duty(near.duty), served) if near else served:
                if not self.scope.covers(first.unit, first.work):
                    continue
                owed = self.rest_after(problem, clock, first)
                soon = (
                    second
                    for second in served
                    if second is not first
                    and (first.duty or second.duty)
                    and first.span.starts <= second.span.starts < first.span.ends + owed
                )
                if second := next(soon, None):
                    yield self._too_soon(problem, first, second, owed)

    def _before(self, duty: Duty, served: Sequence[Served]) -> Iterator[Served]:
        """The work after which `duty` could come too soon, and `duty` itself."""
        longest = max(self.rest_minutes, self.consent_rest_minutes, self.overrun_rest_minutes)
        return (s for s in served if s.span.starts <= duty.reports_at < s.span.ends + longest)

    def _too_soon(
        self, problem: RosterProblem, first: Served, second: Served, owed: int
    ) -> Violation:
        at = second if second.duty else first
        return self.broken(
            unit=at.unit.id,
            duty=at.duty_id,
            by=second.span.starts - first.span.ends - owed,
            gap=Minutes(max(second.span.starts - first.span.ends, 0)),
            ends=problem.moment(first.span.ends),
            begins=problem.moment(second.span.starts),
            rest=Minutes(owed),
        )

    def rest_after(self, problem: RosterProblem, clock: Clock, done: Charge | Served) -> int:
        """Minutes owed after some work to those who carry `clock`."""
        unit, work = done.unit, done.work
        if work.overran:
            return self.overrun_rest_minutes
        present = problem.present(unit, work) if isinstance(work, Duty) else unit.members
        carriers = [member for member in present if member.clock == clock.id]
        ended = problem.horizon.minute_of_day(work.released_at)
        if self.consent_ends_from_minute <= ended <= self.consent_ends_until_minute and all(
            member.consents_to("shorter-rest", work.released_at) for member in carriers
        ):
            return self.consent_rest_minutes
        return self.rest_minutes
