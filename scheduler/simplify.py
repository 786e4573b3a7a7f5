"""Clauses without what is settled: TRUE and FALSE folded away, so that a small part of a roster
makes a small model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.terms import (
    FALSE,
    TRUE,
    AnyOf,
    AtLeast,
    AtMost,
    AtMostOne,
    Clause,
    Literal,
    Term,
)

SETTLED = (TRUE, FALSE)


def simplified(clause: Clause) -> Iterator[Clause]:
    """The clauses that say the same of the literals still open; none where it holds anyway."""
    match clause:
        case AtMostOne(literals):
            yield from _at_most_one(literals)
        case AnyOf(literals, when):
            if TRUE not in literals and FALSE not in when:
                yield AnyOf(_open(literals), _open(when))
        case AtMost(terms, bound, when):
            if FALSE not in when:
                left = bound - _certain(terms)
                unsure = _unsure(terms)
                if sum(max(t.times, 0) for t in unsure) > left:
                    yield AtMost(unsure, left, _open(when))
        case AtLeast(terms, bound, when):
            if FALSE not in when:
                left = bound - _certain(terms)
                unsure = _unsure(terms)
                if sum(min(t.times, 0) for t in unsure) < left:
                    yield AtLeast(unsure, left, _open(when))


def _at_most_one(literals: Sequence[Literal]) -> Iterator[Clause]:
    certain = sum(x == TRUE for x in literals)
    unsure = _open(literals)
    if not certain and len(unsure) > 1:
        yield AtMostOne(unsure)
    elif certain == 1:
        yield from (AnyOf((), when=(x,)) for x in unsure)
    elif certain > 1:
        yield AnyOf(())


def _open(literals: Sequence[Literal]) -> tuple[Literal, ...]:
    return tuple(x for x in literals if x not in SETTLED)


def _certain(terms: Sequence[Term]) -> int:
    return sum(t.times for t in terms if t.literal == TRUE)


def _unsure(terms: Sequence[Term]) -> tuple[Term, ...]:
    return tuple(t for t in terms if t.literal not in SETTLED)
