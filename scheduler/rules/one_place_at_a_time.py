from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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
        for member in _concerned(problem, near):
            for first, second in _clashes(_works(problem, sheet, member)):
                judged = first.judged(self.scope) or second.judged(self.scope)
                if judged and (near is None or near in (_place(first), _place(second))):
                    clashes[first, second].append(member.id)
        for (first, second), members in clashes.items():
            blamed = second if second.judged(self.scope) else first
            yield self.broken(
                unit=blamed.unit.id,
                duty=blamed.duty_id,
                begins=problem.moment(second.span.starts),
                ends=problem.moment(min(first.span.ends, second.span.ends)),
                members=tuple(sorted(members)),
            )


def _concerned(problem: RosterProblem, near: Near | None) -> Iterable[Member]:
    """Everybody once by service number; with `near`, those who would be there."""
    if near:
        return problem.present(problem.unit(near.unit), problem.duty(near.duty))
    return {member.id: member for unit in problem.units for member in unit.members}.values()


def _works(problem: RosterProblem, sheet: Sheet, member: Member) -> list[Served]:
    """What the member does, in order of reporting."""
    return [
        served
        for served in sheet.served(problem.clock(member.clock))
        if served.duty is None
        or any(m.id == member.id for m in problem.present(served.unit, served.duty))
    ]


def _clashes(works: Sequence[Served]) -> Iterator[tuple[Served, Served]]:
    """The pairs that overlap, of works in order of reporting."""
    for nth, first in enumerate(works, 1):
        for second in works[nth:]:
            if second.span.starts >= first.span.ends:
                break
            yield first, second


def _place(served: Served) -> Near | None:
    return Near(served.unit.id, served.duty.id) if served.duty else None
