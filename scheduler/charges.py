"""What a clock may be charged with, as rules on working time tell it to the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Clock, Unit, Worked
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.rule import Scope
from scheduler.terms import About, AtMost, Decisions, Literal, Require, Term


@dataclass(frozen=True, slots=True)
class Charge:
    """Work of a clock: certain if it lies outside the horizon, else only when `taken` is true.

    What is `judged` can break the rule; the rest of the work only adds to it.
    """

    unit: Unit
    work: Duty | Worked
    span: Span
    taken: Literal | None = None
    judged: bool = False


def charges(
    problem: RosterProblem,
    on: Decisions,
    clock: Clock,
    scope: Scope,
    *,
    by_place: bool = False,
) -> tuple[Charge, ...]:
    """The decisions and the certain work of a clock that count under `scope`.

    With `by_place` decisions that differ in place alone stay apart, as they do where the scope
    itself looks at places.
    """
    if not any(scope.covers_unit(unit) for unit in problem.units_with(clock)):
        return ()
    unit = problem.unit_of(clock)
    certain = (Charge(unit, work, work.span) for work in clock.worked)
    open_ = (
        Charge(c.unit, c.duty, c.duty.span, c.taken, scope.covers(c.unit, c.duty))
        for c in (on.of(clock) if by_place or scope.by_place else on.alike(clock))
    )
    return tuple(c for c in (*certain, *open_) if scope.counts(c.unit, c.work))


def decided(works: Iterable[Charge]) -> tuple[Literal, ...]:
    return tuple(c.taken for c in works if c.taken is not None)


def judged(works: Iterable[Charge]) -> tuple[Literal, ...]:
    return decided(c for c in works if c.judged)


def certain(works: Iterable[Charge]) -> bool:
    """Whether some of it is certain."""
    return any(c.taken is None for c in works)


def rests(
    on: Decisions,
    require: Require,
    clock: Clock,
    works: Iterable[Charge],
    *,
    room: Span,
    minutes: int,
) -> tuple[Literal, ...]:
    """The rests of so many minutes that `works` leave inside `room`, one choice for each.

    Any rest can be moved back to where `room` starts or some work ends: only these can begin one.
    """
    inside = [c for c in works if c.span.overlaps(room)]
    chosen = []
    for begins in sorted({room.starts, *(c.span.ends for c in inside)}):
        rest = Span(begins, begins + minutes)
        broken_by = [c for c in inside if c.span.overlaps(rest)]
        if room.contains(rest) and not certain(broken_by):
            excluded = decided(broken_by)
            chosen.append(on.choice("rest", clock.id, rest, *excluded))
            about = About(clock=clock.id, moment=begins)
            terms = tuple(Term(1, taken) for taken in excluded)
            require(AtMost(terms, 0, when=(chosen[-1],)), about)
    return tuple(chosen)
