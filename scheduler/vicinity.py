"""Where a disturbance can be mended: first close by, then further and further out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from scheduler.check import violations
from scheduler.coverage import reached
from scheduler.disturbance import Disturbance
from scheduler.duties import Duty
from scheduler.eligibility import Eligible
from scheduler.leading import Leading
from scheduler.moments import DAY_MINUTES, Span
from scheduler.rule import Violation
from scheduler.sheet import Sheet

Pair = tuple[str, str]
AROUND_MINUTES = 12 * 60  # who works so shortly before or after can seldom come as well
LARGEST_REACH = 3
SMALL = 400  # pairs of unit and duty up to which everything may move at once


class Vicinity:
    """What a disturbance touches, by the checkers alone, and what may move to mend it."""

    def __init__(self, disturbance: Disturbance, leading: Leading) -> None:
        self.disturbance = disturbance
        self.leading = leading
        self.problem = disturbance.problem
        self.sheet = Sheet(self.problem, disturbance.standing)
        self._standing = disturbance.standing.pairs
        self._eligible = Eligible(self.problem)

    @property
    def small(self) -> bool:
        return len(self.problem.units) * len(self.problem.duties) <= SMALL

    def reaches(self) -> Iterator[frozenset[Pair]]:
        """The pairs that may change, each time more of them.

        First who could take the duties touched. Then what these would have to leave for it, and
        who could take that; then all that happens in those cities in those days. Of a small
        problem everything comes second.
        """
        known = self._touching()
        yield known
        further = (self._everywhere,) if self.small else (self._exchanged, self._around)
        for reach in further:
            wider = known | reach(known)
            if wider != known or self.small:
                known = wider
                yield known

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """What stands is broken like this."""
        found = violations(self.problem, self.sheet)
        return tuple(violation for violation in found if not violation.excused)

    @cached_property
    def opened(self) -> tuple[Duty, ...]:
        """The duties on which more is missing than before, the worst first."""
        costs: dict[str, list[int]] = defaultdict(list)
        for duty in self.problem.duties:
            near = [post.at(duty, self.sheet) for post in self.leading.opened]
            if any(near):
                costs[duty.id] = near
        order = sorted(costs, key=lambda name: ([-c for c in costs[name]], self._starts(name)))
        return tuple(map(self.problem.duty, order))

    def _starts(self, name: str) -> tuple[int, str]:
        return self.problem.duty(name).starts_at, name

    @cached_property
    def touched(self) -> tuple[Duty, ...]:
        """The duties that the disturbance touches and that can still change."""
        names = {duty for _, duty in self.disturbance.struck} | self.disturbance.asked
        names |= {v.duty for v in self.violations if v.duty is not None}
        names |= {duty.id for duty in self.opened}
        return self._movable(duty for duty in self.problem.duties if duty.id in names)

    @property
    def main(self) -> Duty | None:
        """The post that matters most, of those that can still be filled."""
        return next(iter(self._movable((*self.opened, *self.touched))), None)

    def _movable(self, duties: Iterable[Duty]) -> tuple[Duty, ...]:
        return tuple(duty for duty in duties if self.disturbance.movable(duty))

    def on(self, duties: Iterable[Duty]) -> frozenset[Pair]:
        """Everybody who could take one of these, and those who have it, unless pinned."""
        those = self._movable(duties)
        names = {duty.id for duty in those}
        there = {pair for pair in self._standing if pair[1] in names}
        able = {(unit.id, duty.id) for unit, duty in self._eligible.pairs(those)}
        return frozenset(there | able) - self.disturbance.pinned

    def _touching(self) -> frozenset[Pair]:
        at_fault = {v.unit for v in self.violations}
        own = {(u.id, d.id) for u, d in self.disturbance.free if u.id in at_fault}
        return self.on(self.touched) | own | self._freed()

    def _freed(self) -> frozenset[Pair]:
        """Who lost a duty, on those nearby that lack somebody: they hear of a change anyway."""
        names = {unit for unit, _ in self.disturbance.struck}
        lost = [d for _, d in self.disturbance.struck]
        spans = [self.disturbance.before.duty(duty).span for duty in lost]
        short = (d for d in self._near(spans) if self._lacks(d))
        return frozenset(pair for pair in self.on(short) if pair[0] in names)

    def _lacks(self, duty: Duty) -> bool:
        return any(reached(self.sheet, need, duty) < need.target for need in duty.needs)

    def _exchanged(self, known: frozenset[Pair]) -> frozenset[Pair]:
        units = {unit for unit, _ in known}
        near = {duty.id for duty in self._near(duty.span for duty in self.touched)}
        held = {d.id: d for u, d in self.disturbance.free if u.id in units and d.id in near}
        return self.on(held.values())

    def _around(self, _: frozenset[Pair]) -> frozenset[Pair]:
        cities = {self.problem.area(duty.area).city for duty in self.touched}
        near = self._near((duty.span for duty in self.touched), DAY_MINUTES)
        return self.on(d for d in near if self.problem.area(d.area).city in cities)

    def _everywhere(self, _: frozenset[Pair]) -> frozenset[Pair]:
        return self.on(self.problem.duties)

    def _near(self, spans: Iterable[Span], minutes: int = AROUND_MINUTES) -> tuple[Duty, ...]:
        """The duties in these times or so many minutes around them."""
        near: dict[str, Duty] = {}
        for span in spans:
            wide = Span(span.starts - minutes, span.ends + minutes)
            near |= {duty.id: duty for duty in self.problem.meanwhile(wide)}
        return tuple(near.values())
