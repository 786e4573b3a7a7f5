"""Clauses as far as they can still be kept, when what holds already breaks some of them.

A duty that overran, or a pin, can break a rule for good, and nothing that is decided now undoes
that. Such a clause asks only that nobody makes it worse; the checkers tell what stays broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scheduler.statement import Stated, Statement
from scheduler.terms import TRUE, AnyOf, AtLeast, AtMost, AtMostOne, Clause, Literal, Term


def attainable(statement: Statement) -> list[Stated]:
    """The clauses of a statement, none of them out of reach by itself."""
    false = _settled(statement)
    clauses = []
    for said in statement.clauses:
        over = _over(said.clause, false)
        if over <= 0 or any(~literal not in false for literal in _when(said.clause)):
            clauses.append(said)
        elif isinstance(said.clause, AtMost):
            clauses.append(replace(said, clause=_loosened(said.clause, over)))
        elif isinstance(said.clause, AtLeast):
            clauses.append(replace(said, clause=_loosened(said.clause, -over)))
    return clauses


def _loosened(clause: AtMost | AtLeast, by: int) -> Clause:
    return replace(clause, bound=clause.bound + by)


def _settled(statement: Statement) -> set[Literal]:
    """What can only be false: witnesses of what cannot exist, and what needs one of them.

    Of decisions nothing is concluded: what two clauses say against each other is no fact.
    """
    choices = {*statement.choices.values()}
    false, size = {~TRUE}, 0
    while size != len(false):
        size = len(false)
        false |= {some for some, parts in statement.definitions.items() if false.issuperset(parts)}
        for said in statement.clauses:
            unsure = [x for x in _when(said.clause) if ~x not in false]
            if len(unsure) == 1 and choices.issuperset(unsure) and _over(said.clause, false) > 0:
                false.add(unsure[0])
    return false


def _when(clause: Clause) -> Sequence[Literal]:
    return () if isinstance(clause, AtMostOne) else clause.when


def _over(clause: Clause, false: set[Literal]) -> int:
    """By how much the sum of a clause exceeds its bound, whatever else is decided."""
    match clause:
        case AnyOf(literals, _):
            return int(false.issuperset(literals))
        case AtMost(terms, bound, _):
            return _least(terms, 1, false) - bound
        case AtLeast(terms, bound, _):
            return bound + _least(terms, -1, false)
        case AtMostOne(literals):
            return sum(~literal in false for literal in literals) - 1


def _least(terms: Iterable[Term], sign: int, false: set[Literal]) -> int:
    least = 0
    for times, literal in terms:
        if ~literal in false:
            least += sign * times
        elif literal not in false:
            least += min(sign * times, 0)
    return least
