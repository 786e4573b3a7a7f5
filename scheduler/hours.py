"""The hours that a clock works in any window of one length: shared by the rules that cap them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from scheduler.charges import Charge, charges, judged
from scheduler.moments import Span
from scheduler.problem import RosterProblem, kept
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
        releases = _releases(problem)
        for clock in sheet.clocks(near):
            served = [s for s in sheet.served(clock) if self.scope.counts(s.unit, s.work)]
            mine = [s for s in reversed(served) if s.judged(self.scope)]
            for last, total, ends in self._worst(releases, served, mine) if mine else ():
                yield self.broken(
                    unit=last.unit.id,
                    duty=last.duty_id,
                    by=total - self.maximum_minutes,
                    worked=Minutes(total),
                    ends=problem.moment(ends),
                    maximum=Minutes(self.maximum_minutes),
                )

    def _worst(
        self, releases: Sequence[int], served: Sequence[Served], mine: Sequence[Served]
    ) -> Iterable[tuple[Served, int, int]]:
        """For each duty that is the last in some window too full: it, the minutes, the end."""
        worked_until = _worked_until([s.span for s in served])
        certain = (s.span.ends for s in served if s.duty is None)
        begun = mine[-1].span.starts  # no earlier window holds what can break the rule
        later = releases[bisect_right(releases, begun) :]
        worst: dict[tuple[str, str | None], tuple[Served, int, int]] = {}
        for ends in sorted({*later, *(moment for moment in certain if moment > begun)}):
            window = Span(ends - self.window_minutes, ends)
            total = worked_until(window.ends) - worked_until(window.starts)
            if total <= self.maximum_minutes:
                continue
            last = next((s for s in mine if s.span.overlaps(window)), None)
            if last:
                place = last.unit.id, last.duty_id
                worst[place] = max(worst.get(place, (last, 0, 0)), (last, total, ends), key=_total)
        return worst.values()


def _total(found: tuple[Served, int, int]) -> int:
    return found[1]


@kept
def _releases(problem: RosterProblem) -> tuple[int, ...]:
    """When duties of the problem end, taken or not, in order."""
    return tuple(sorted({duty.released_at for duty in problem.duties}))


def _worked_until(spans: Sequence[Span]) -> Callable[[int], int]:
    """Answers for any moment how many minutes have been worked by then."""
    begins, ends = sorted(s.starts for s in spans), sorted(s.ends for s in spans)
    begun_sum, ended_sum = [0, *accumulate(begins)], [0, *accumulate(ends)]

    def answer(moment: int) -> int:
        begun, ended = bisect_left(begins, moment), bisect_left(ends, moment)
        return (begun - ended) * moment - begun_sum[begun] + ended_sum[ended]

    return answer
