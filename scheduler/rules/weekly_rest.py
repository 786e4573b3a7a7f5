from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.charges import charges, judged, rests
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Served, Sheet
from scheduler.terms import About, AnyOf, Decisions, Require
from scheduler.wording import Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyRest(Rule):
    """In every week in which it works, a unit rests `rest_minutes` without interruption.

    A week runs from Monday 00:00 to Sunday 24:00 local, and the rest lies inside it.

    Formula      for every clock and week: some s with [s, s + rest) in the week
                 and no work of the clock in it
    Units        elapsed minutes; a week with a clock change has 167 or 169 hours
    Source       Directive 2003/88/EC art. 5: 24 h, and the 11 h of daily rest
    Formulation  A rest can always begin at the week's start or at a release: one choice for
                 each of these, each of which excludes what overlaps it.
    """

    code = "weekly-rest"
    text = Text(
        en="{unit} rests at most {longest} without interruption between {begins} and {ends}; "
        "at least {rest} is needed.",
        nl="{unit} heeft hoogstens {longest} ononderbroken rust tussen {begins} en {ends}; "
        "minstens {rest} is nodig.",
        fr="{unit} a au plus {longest} de repos ininterrompu entre {begins} et {ends} ; il faut "
        "au moins {rest}.",
        de="{unit} ruht höchstens {longest} ununterbrochen zwischen {begins} und {ends}; nötig "
        "sind mindestens {rest}.",
    )

    rest_minutes: int = parameter(unit="min", at_least=0, at_most=7 * DAY_MINUTES)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for clock in problem.clocks:
            works = charges(problem, on, clock, self.scope)
            spans = (c.span for c in works if c.judged)
            for week in sorted({w for span in spans for w in problem.horizon.weeks_of(span)}):
                window = problem.horizon.week(week)
                inside = [c for c in works if c.span.overlaps(window)]
                found = rests(on, require, clock, inside, room=window, minutes=self.rest_minutes)
                about = About(clock=clock.id, moment=window.starts)
                require(AnyOf(found, when=(on.any_of(judged(inside)),)), about)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for clock in sheet.clocks(near):
            served = [s for s in sheet.served(clock) if self.scope.counts(s.unit, s.work)]
            blamed: dict[int, Served] = {}
            for s in served:
                if s.judged(self.scope):
                    blamed |= dict.fromkeys(problem.horizon.weeks_of(s.span), s)
            for week, last in blamed.items():
                if near and week not in problem.horizon.weeks_of(problem.duty(near.duty).span):
                    continue
                window = problem.horizon.week(week)
                longest = _longest_gap(window, [s.span for s in served])
                if longest < self.rest_minutes:
                    yield self.broken(
                        unit=last.unit.id,
                        duty=last.duty_id,
                        by=longest - self.rest_minutes,
                        longest=Minutes(longest),
                        begins=problem.moment(window.starts),
                        ends=problem.moment(window.ends),
                        rest=Minutes(self.rest_minutes),
                    )


def _longest_gap(window: Span, busy: Sequence[Span]) -> int:
    """The longest free stretch of `window`; `busy` in order of start."""
    longest, free_from = 0, window.starts
    for span in busy:
        longest = max(longest, min(span.starts, window.ends) - free_from)
        free_from = max(free_from, span.ends)
    return max(longest, window.ends - free_from)
