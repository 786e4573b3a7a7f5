"""From a statement to a CP-SAT model: clauses become constraints, wishes become prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

from scheduler.roster import Assignment, Roster
from scheduler.statement import Each, Price, Short, Statement, Steps
from scheduler.terms import AnyOf, AtLeast, AtMost, AtMostOne, Clause, Literal, Term


class RosterModel:
    """A CP-SAT model of what a statement says; clauses whose position is in `lifted` are not in.

    `objective(level)` is what a level costs. The variables of the literals come first, in order,
    so that a literal is also its variable's index in the model.
    """

    def __init__(self, statement: Statement, lifted: frozenset[int] = frozenset()) -> None:
        self.statement = statement
        self.model = cp_model.CpModel()
        self._booleans = [self.model.new_bool_var("") for _ in range(statement.size)]
        self.model.add_bool_or(self._booleans[0])
        for literal, parts in statement.definitions.items():
            self._define(literal, parts)
        for position, said in enumerate(statement.clauses):
            if position not in lifted:
                self._require(said.clause)
        self._objectives = {
            level: self._priced(prices) for level, prices in statement.levels.items()
        }

    @property
    def levels(self) -> tuple[int, ...]:
        return tuple(sorted(self._objectives))

    def boolean(self, literal: Literal) -> cp_model.LiteralT:
        return self._booleans[literal] if literal >= 0 else self._booleans[~literal].negated()

    def objective(self, level: int) -> cp_model.LinearExpr:
        return self._objectives.get(level, cp_model.LinearExpr.sum([]))

    def fix(self, literal: Literal) -> None:
        """States that a literal is true."""
        self.model.add_bool_or(self.boolean(literal))

    def _define(self, literal: Literal, parts: Sequence[Literal]) -> None:
        """`literal` is true exactly when one of `parts` is."""
        some, booleans = self.boolean(literal), [self.boolean(x) for x in parts]
        if self.statement.exclusive(parts):
            self.model.add_exactly_one([*booleans, self.boolean(~literal)])
            return
        self.model.add_bool_or([*booleans, self.boolean(~literal)])
        for boolean in booleans:
            self.model.add_implication(boolean, some)

    def _require(self, clause: Clause) -> None:
        match clause:
            case AtMostOne(literals):
                self.model.add_at_most_one(self.boolean(x) for x in literals)
            case AnyOf(literals, when):
                self.model.add_bool_or(self.boolean(x) for x in (*literals, *(~x for x in when)))
            case AtMost(terms, bound, when):
                self._linear(terms, cp_model.INT_MIN, bound, when)
            case AtLeast(terms, bound, when):
                self._linear(terms, bound, cp_model.INT_MAX, when)

    def _linear(
        self, terms: Sequence[Term], least: int, most: int, when: Sequence[Literal]
    ) -> None:
        row = self.model.add_linear_constraint(self._sum(terms), least, most)
        if when:
            row.only_enforce_if(*(self.boolean(x) for x in when))

    def _sum(self, terms: Iterable[Term]) -> cp_model.LinearExpr:
        terms = tuple(terms)
        return cp_model.LinearExpr.weighted_sum(
            [self.boolean(t.literal) for t in terms], [t.times for t in terms]
        )

    def _priced(self, prices: Sequence[Price]) -> cp_model.LinearExpr:
        parts: list[tuple[int, cp_model.LinearExprT]] = []
        for price in prices:
            match price:
                case Each(each, literal):
                    parts.append((each, self.boolean(literal)))
                case Short(each, wanted, terms, step):
                    parts.append((each, self._missing(wanted, terms, step)))
                case Steps(rising, literals):
                    parts += zip(rising, self._steps(len(rising), literals), strict=True)
        return cp_model.LinearExpr.weighted_sum([x for _, x in parts], [p for p, _ in parts])

    def _missing(self, wanted: int, terms: Sequence[Term], step: int) -> cp_model.IntVar:
        most = wanted - sum(min(t.times, 0) for t in terms)
        slack = self.model.new_int_var(0, -(-most // step), "")
        self.model.add(step * slack + self._sum(terms) >= wanted)
        return slack

    def _steps(self, most: int, literals: Sequence[Literal]) -> list[cp_model.IntVar]:
        steps = [self.model.new_bool_var("") for _ in range(most)]
        self.model.add(self._sum(Term(1, x) for x in literals) == cp_model.LinearExpr.sum(steps))
        for lower, higher in pairwise(steps):
            self.model.add_implication(higher, lower)
        return steps


def roster_of(statement: Statement, values: Sequence[int] | Mapping[Literal, int]) -> Roster:
    """Reads a roster out of the values of the literals."""
    pinned = {p.pair: p for p in statement.problem.pinned}
    held = ((d.unit.id, d.duty.id) for d in statement.held)
    taken = ((d.unit.id, d.duty.id) for d in statement.decisions if values[d.taken])
    return Roster.of(pinned.get(pair, Assignment(*pair)) for pair in (*held, *taken))
