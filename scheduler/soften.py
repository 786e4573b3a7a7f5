"""What a roster breaks already, said softly: so far it may stay as it is, but not get worse.

A duty that overran can break a rule for good, and a unit that fails can leave a firm need that
nobody can fill. Every other clause stays hard, so that the roster as it stands is one way out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from scheduler.statement import Each, Stated, Statement
from scheduler.terms import TRUE, AnyOf, AtLeast, AtMost, AtMostOne, Clause, Literal, Term


def soften(statement: Statement, pairs: Collection[tuple[str, str]], level: int) -> None:
    """On a level of its own, a price of 1 for each clause that these pairs break and that stays
    broken.
    """
    true = _true(statement, pairs)
    clauses: list[Stated] = []
    kept: list[Literal] = []
    for position, said in enumerate(statement.clauses):
        over = _over(said.clause, true)
        if over <= 0:
            clauses.append(said)
            continue
        kept.append(statement.choice("kept", position))
        clauses += (replace(said, clause=c) for c in _softened(said.clause, over, kept[-1]))
        if isinstance(said.clause, AtMostOne):
            for literal in said.clause.literals:
                statement.cliques[literal].discard(position)
    statement.clauses = clauses
    statement.levels[level] = [Each(1, ~literal) for literal in kept]


def _softened(clause: Clause, over: int, kept: Literal) -> Iterator[Clause]:
    match clause:
        case AnyOf(literals, when):
            yield AnyOf(literals, (*when, kept))
        case AtMost(terms, bound, when):
            yield AtMost(terms, bound + over, when)
            yield AtMost(terms, bound, (*when, kept))
        case AtLeast(terms, bound, when):
            yield AtLeast(terms, bound - over, when)
            yield AtLeast(terms, bound, (*when, kept))
        case AtMostOne(literals):
            terms = tuple(Term(1, literal) for literal in literals)
            yield AtMost(terms, 1 + over)
            yield AtMost(terms, 1, (kept,))


def _over(clause: Clause, true: set[Literal]) -> int:
    """By how much a clause is broken when these literals are true and all others are not."""
    if not isinstance(clause, AtMostOne) and not all(_is(x, true) for x in clause.when):
        return 0
    match clause:
        case AnyOf(literals, _):
            return int(not any(_is(x, true) for x in literals))
        case AtMost(terms, bound, _):
            return _sum(terms, true) - bound
        case AtLeast(terms, bound, _):
            return bound - _sum(terms, true)
        case AtMostOne(literals):
            return sum(_is(x, true) for x in literals) - 1


def _sum(terms: Iterable[Term], true: set[Literal]) -> int:
    return sum(times for times, literal in terms if _is(literal, true))


def _is(literal: Literal, true: set[Literal]) -> bool:
    return literal in true if literal >= 0 else ~literal not in true


def _true(statement: Statement, pairs: Collection[tuple[str, str]]) -> set[Literal]:
    """What holds when these pairs are taken; what is defined stands after what it is made of."""
    true = {TRUE}
    true |= {d.taken for d in statement.decisions if (d.unit.id, d.duty.id) in pairs}
    for some, parts in statement.definitions.items():
        if any(_is(x, true) for x in parts):
            true.add(some)
    choices = {*statement.choices.values()}
    false: set[Literal] = set()
    for said in statement.clauses:
        if wanted := choices.intersection(_when(said.clause)):
            false |= wanted if _over(said.clause, true | wanted) > 0 else set()
    return true | (choices - false)


def _when(clause: Clause) -> Sequence[Literal]:
    return () if isinstance(clause, AtMostOne) else clause.when
