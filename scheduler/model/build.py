"""From a roster problem to a CP-SAT model: clauses become constraints, wishes become prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

from scheduler.catalogue import preferences_of, rules_of
from scheduler.model.variables import Variables
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import Preference, Rule
from scheduler.terms import About, AnyOf, AtLeast, AtMost, AtMostOne, Clause, Literal, Term

Price = tuple[int, cp_model.LinearExprT]  # so much for each of what


class RosterModel:
    """A CP-SAT model of one problem.

    `levels` holds the prices of each level, to be minimised in order.
    """

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.on = Variables(problem, self.model)
        self.levels: dict[int, list[Price]] = {}
        self._stated: set[Clause] = set()
        self._cliques: dict[Literal, set[int]] = defaultdict(set)

    def state_rules(self, rules: Iterable[Rule]) -> None:
        for rule in rules:
            rule.constrain(self.problem, self.on, self.require)

    def pin(self, assignments: Iterable[Assignment]) -> None:
        for pinned in assignments:
            literal = self.on.taken(pinned.unit, pinned.duty)
            if literal is None:
                self.model.add_bool_or([])
            else:
                self.model.add_bool_and([self.on.boolean(literal)])

    def price(self, level: int, weight: int, preference: Preference) -> None:
        prices = Prices(self)
        preference.minimise(self.problem, self.on, prices)
        parts = self.levels.setdefault(level, [])
        parts += [(weight * price, what) for price, what in prices.parts]

    def objective(self, level: int) -> cp_model.LinearExpr:
        parts = self.levels.get(level, [])
        return cp_model.LinearExpr.weighted_sum([x for _, x in parts], [p for p, _ in parts])

    def require(self, clause: Clause, about: About) -> None:  # noqa: ARG002 - for explanations
        if clause in self._stated:
            return
        self._stated.add(clause)
        boolean = self.on.boolean
        match clause:
            case AtMostOne(literals):
                for literal in literals:
                    self._cliques[literal].add(len(self._stated))
                self.model.add_at_most_one(boolean(x) for x in literals)
            case AnyOf(literals, when):
                self.model.add_bool_or(
                    [*(boolean(x) for x in literals), *(boolean(~x) for x in when)]
                )
            case AtMost(terms, bound, when):
                self._linear(terms, cp_model.INT_MIN, bound, when)
            case AtLeast(terms, bound, when):
                self._linear(terms, bound, cp_model.INT_MAX, when)

    def _linear(
        self, terms: Sequence[Term], least: int, most: int, when: Sequence[Literal]
    ) -> None:
        row = self.model.add_linear_constraint(self.sum(terms), least, most)
        if when:
            row.only_enforce_if(*(self.on.boolean(x) for x in when))

    def sum(self, terms: Iterable[Term]) -> cp_model.LinearExpr:
        terms = tuple(terms)
        return cp_model.LinearExpr.weighted_sum(
            [self.on.boolean(t.literal) for t in terms], [t.times for t in terms]
        )

    def most_true(self, literals: Sequence[Literal]) -> int:
        """An upper bound on how many can be true, from the cliques stated so far."""
        left, cliques = set(literals), 0
        while left:
            counts: dict[int, int] = defaultdict(int)
            for literal in left:
                for clique in self._cliques.get(literal, ()):
                    counts[clique] += 1
            best = max(counts, key=lambda c: counts[c], default=None)
            if best is None or counts[best] < 2:
                return cliques + len(left)
            left = {x for x in left if best not in self._cliques.get(x, ())}
            cliques += 1
        return cliques


class Prices:
    """Implements `scheduler.terms.Cost`: collects what one preference costs."""

    def __init__(self, model: RosterModel) -> None:
        self._in = model
        self.parts: list[Price] = []

    def constant(self, price: int) -> None:
        self.parts.append((price, self._in.model.new_constant(1)))

    def each(self, price: int, literal: Literal) -> None:
        self.parts.append((price, self._in.on.boolean(literal)))

    def shortfall(self, wanted: int, terms: Sequence[Term], price: int) -> None:
        if wanted <= 0 or not price:
            return
        slack = self._in.model.new_int_var(0, wanted, "short")
        self._in.model.add(slack + self._in.sum(terms) >= wanted)
        self.parts.append((price, slack))

    def rising(self, literals: Sequence[Literal], prices: Sequence[int]) -> None:
        steps = [self._in.model.new_bool_var("step") for _ in range(self._in.most_true(literals))]
        done = self._in.sum(Term(1, x) for x in literals)
        self._in.model.add(done == cp_model.LinearExpr.sum(steps))
        for lower, higher in pairwise(steps):
            self._in.model.add_implication(higher, lower)
        self.parts += zip(prices, steps, strict=False)


def roster_model(problem: RosterProblem) -> RosterModel:
    """The whole model: every rule in force, every pin, every preference at its level."""
    built = RosterModel(problem)
    built.state_rules(rules_of(problem))
    built.pin(problem.pinned)
    for in_force, preference in preferences_of(problem):
        built.price(in_force.level, in_force.weight, preference)
    return built


def roster_of(built: RosterModel, values: Sequence[int]) -> Roster:
    """Reads a roster out of a solution's values."""
    pinned = {p.pair: p for p in built.problem.pinned}
    pairs = (
        (d.unit.id, d.duty.id) for d in built.on.decisions if values[built.on.position(d.taken)]
    )
    return Roster.of(pinned.get(pair, Assignment(*pair)) for pair in pairs)
