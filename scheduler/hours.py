"""The hours that a clock works in any window of one length: shared by the rules that cap them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from scheduler.charges import Charge, charges, judged
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Violation
from scheduler.sheet import Served, Sheet
from scheduler.terms import About, AtMost, Decisions, Require, Term
from scheduler.wording import Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursInWindow(Rule):
    """At most `maximum_minutes` from report to release in any `window_minutes`.

    Of all windows, those that end with a release hold the most; so these are judged: the
    releases of all duties of the problem, taken or not, and of the clock's certain work.
    """

    maximum_minutes: int
    window_minutes: ClassVar[int]

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        releases = {duty.released_at for duty in problem.duties}
        for clock in problem.clocks:
            works = charges(problem, on, clock, self.scope)
            certain = {c.work.released_at for c in works if c.taken is None}
            for ends in sorted(releases | certain):
                clause = self._clause(on, works, Span(ends - self.window_minutes, ends))
                if clause:
                    require(clause, About(clock=clock.id, moment=ends))

    def _clause(self, on: Decisions, works: tuple[Charge, ...], window: Span) -> AtMost | None:
        inside = [(c, n) for c in works if (n := c.span.overlap_minutes(window))]
        blamed = judged(c for c, _ in inside)
        if not blamed:
            return None
        known = sum(minutes for c, minutes in inside if c.taken is None)
        terms = tuple(Term(minutes, c.taken) for c, minutes in inside if c.taken is not None)
        left = self.maximum_minutes - known
        if len(blamed) == len(terms):
            return AtMost(terms, max(left, 0))
        return AtMost(terms, left, when=(on.any_of(blamed),))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        releases = {duty.released_at for duty in problem.duties}
        for clock in sheet.clocks(near):
            served = [s for s in sheet.served(clock) if self.scope.counts(s.unit, s.work)]
            spans = [s.span for s in served]
            mine = [s for s in reversed(served) if s.judged(self.scope)]
            worst: dict[Served, tuple[int, int]] = {}
            for ends in sorted(releases | {s.span.ends for s in served if s.duty is None}):
                begins = ends - self.window_minutes
                last = next((s for s in mine if s.span.overlaps(Span(begins, ends))), None)
                total = _before(ends, spans) - _before(begins, spans)
                if last and total > max(self.maximum_minutes, worst.get(last, (0, 0))[0]):
                    worst[last] = total, ends
            for last, (total, ends) in worst.items():
                yield self.broken(
                    unit=last.unit.id,
                    duty=last.duty_id,
                    worked=Minutes(total),
                    ends=problem.moment(ends),
                    maximum=Minutes(self.maximum_minutes),
                )


def _before(moment: int, spans: Sequence[Span]) -> int:
    """The minutes worked until `moment`."""
    return sum(min(moment, span.ends) - min(moment, span.starts) for span in spans)
