from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from scheduler.forces import Clock, Member
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation
from scheduler.sheet import Served, Sheet
from scheduler.terms import About, AnyOf, AtMostOne, Decision, Decisions, Literal, Require


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePlaceAtATime(Rule):
    """Nobody is in two duties at the same time, not even as a member of two units.

    Formula      for every member m and moment t:
                 sum x[u,d] <= 1 over the duties of m with reports_d <= t < released_d
    Units        duties of a person; half-open intervals from report to release
    Source       none needed; and RPPol art. VI.I.5, for nobody rests while on duty
    Formulation  One clause per start, for members who share their duties and clock together;
                 certain work of the clock leaves no room for a duty at the same time.
    """

    code = "one-place-at-a-time"
    text = Text(
        en="{unit}: two duties at the same time, from {begins} to {ends}, for {members}.",
        nl="{unit}: twee diensten tegelijk, van {begins} tot {ends}, voor {members}.",
        fr="{unit} : deux services en même temps, de {begins} à {ends}, pour {members}.",
        de="{unit}: zwei Dienste gleichzeitig, von {begins} bis {ends}, für {members}.",
    )

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        told: set[tuple[str, tuple[Literal, ...]]] = set()
        for member in (member for unit in problem.units for member in unit.members):
            choices = on.by(member)
            key = member.clock, tuple(choice.taken for choice in choices)
            if key not in told:
                told.add(key)
                self._clear(problem.clock(member.clock), choices, require)

    def _clear(self, clock: Clock, choices: Sequence[Decision], require: Require) -> None:
        certain = [work.span for work in clock.worked]
        by_span: dict[Span, list[Decision]] = defaultdict(list)
        for choice in choices:
            by_span[choice.duty.span].append(choice)
        for moment in sorted({span.starts for span in (*certain, *by_span)}):
            there = [c for span, those in by_span.items() if span.holds(moment) for c in those]
            busy = any(span.holds(moment) for span in certain)
            self._once(there, busy, require, About(clock=clock.id, moment=moment))

    def _once(self, there: Sequence[Decision], busy: bool, require: Require, about: About) -> None:
        blamed = [c.taken for c in there if self.scope.covers(c.unit, c.duty)]
        others = [c.taken for c in there if c.taken not in blamed]
        for taken in blamed if busy else ():
            require(AnyOf((), when=(taken,)), about)
        for group in [(*blamed, other) for other in others] or [tuple(blamed)]:
            if len(group) > 1:
                require(AtMostOne(group), about)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        clashes: dict[tuple[Served, Served], list[str]] = defaultdict(list)
        for member_id, works in self._works(problem, sheet, near).items():
            for first, second in combinations(sorted(works, key=lambda s: s.span), 2):
                judged = first.judged(self.scope) or second.judged(self.scope)
                asked = near is None or near in (_place(first), _place(second))
                if asked and judged and second.span.starts < first.span.ends:
                    clashes[first, second].append(member_id)
        for (first, second), members in clashes.items():
            blamed = second if second.judged(self.scope) else first
            yield self.broken(
                unit=blamed.unit.id,
                duty=blamed.duty_id,
                begins=problem.moment(second.span.starts),
                ends=problem.moment(min(first.span.ends, second.span.ends)),
                members=tuple(sorted(members)),
            )

    def _works(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None
    ) -> dict[str, list[Served]]:
        """What each member does, by their service number; with `near`, of those it concerns."""
        concerned = [member for unit in problem.units for member in unit.members]
        if near:
            concerned = [*problem.present(problem.unit(near.unit), problem.duty(near.duty))]
        works = {member.id: self._certain(problem, member) for member in concerned}
        for placed in sheet.placed:
            for member in problem.present(placed.unit, placed.duty):
                if member.id in works:
                    works[member.id].append(Served(placed.unit, placed.duty, placed.duty))
        return works

    def _certain(self, problem: RosterProblem, member: Member) -> list[Served]:
        clock = problem.clock(member.clock)
        return [Served(problem.unit_of(clock), work, None) for work in clock.worked]


def _place(served: Served) -> Near | None:
    return Near(served.unit.id, served.duty.id) if served.duty else None
