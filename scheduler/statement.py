"""What rules and preferences say of one problem, said once, for every solver that reads it.

CP-SAT, the linear relaxation and the local search all read the same clauses and prices, so no
rule is written a third time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from scheduler.catalogue import preferences_of, rules_of
from scheduler.duties import Duty
from scheduler.eligibility import Eligible
from scheduler.forces import Clock, Member, Unit
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import Preference, Rule, Scope
from scheduler.simplify import simplified
from scheduler.terms import (
    FALSE,
    TRUE,
    About,
    AnyOf,
    AtMostOne,
    Clause,
    Decision,
    Literal,
    Term,
)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Opening:
    """What may be decided while the rest of a roster holds as it is: `free` pairs."""

    roster: Roster
    free: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Stated:
    """A clause, with what it speaks of and the position of its rule (None: a pin)."""

    clause: Clause
    about: About
    rule: int | None


@dataclass(frozen=True, slots=True)
class Short:
    """`price` for each begun `step` by which the sum of `terms` stays below `wanted`."""

    price: int
    wanted: int
    terms: tuple[Term, ...]
    step: int = 1


@dataclass(frozen=True, slots=True)
class Steps:
    """`prices[k]` for the k-th true literal, of which at most `len(prices)` can be true."""

    prices: tuple[int, ...]
    literals: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """`price` when the literal is true."""

    price: int
    literal: Literal


Price = Short | Steps | Each


class Statement:
    """Implements `scheduler.terms.Decisions` and `Require`, and remembers what was said.

    With an `opening` only its free pairs are decisions; what its roster holds besides (`held`) is
    TRUE.
    """

    def __init__(self, problem: RosterProblem, opening: Opening | None = None) -> None:
        self.problem = problem
        self.clauses: list[Stated] = []
        self.definitions: dict[Literal, tuple[Literal, ...]] = {}
        self.choices: dict[tuple[object, ...], Literal] = {}
        self.levels: dict[int, list[Price]] = {}
        self.cliques: dict[Literal, set[int]] = defaultdict(set)
        self.size = 1  # TRUE
        self._said: set[Clause] = set()
        self._derived: dict[tuple[Literal, ...], Literal] = {}
        self._alike: dict[str, Sequence[Decision]] = {}
        self._one_place = any(
            r.code == "one-place-at-a-time" and r.scope == Scope() for r in rules_of(problem)
        )
        self._by: dict[str, tuple[Decision, ...]] = {}
        self._rule: int | None = None
        self.decisions, self.held = self._decide(opening)
        self._index([*self.decisions, *self.held])

    def _decide(
        self, opening: Opening | None
    ) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
        problem = self.problem
        eligible = Eligible(problem)
        if opening is None:
            pairs = eligible.pairs()
            return tuple(Decision(u, d, self._new()) for u, d in pairs), ()
        free = (
            (problem.unit(unit), problem.duty(duty))
            for unit, duty in sorted(opening.free, key=lambda pair: (pair[1], pair[0]))
        )
        held = sorted(opening.roster.pairs - opening.free)
        return (
            tuple(Decision(u, d, self._new()) for u, d in free if eligible.allows(u, d)),
            tuple(Decision(problem.unit(u), problem.duty(d), TRUE) for u, d in held),
        )

    def _index(self, decisions: Sequence[Decision]) -> None:
        by_report = sorted(decisions, key=lambda d: (d.duty.reports_at, d.duty.id))
        self._at: dict[str, list[Decision]] = defaultdict(list)
        self._unit: dict[str, list[Decision]] = defaultdict(list)
        self._of: dict[str, list[Decision]] = defaultdict(list)
        self._taken = {(d.unit.id, d.duty.id): d.taken for d in decisions}
        for decision in decisions:
            self._at[decision.duty.id].append(decision)
        for decision in by_report:
            self._unit[decision.unit.id].append(decision)
            for clock in self.problem.charged(decision.unit, decision.duty):
                self._of[clock.id].append(decision)

    def _new(self) -> Literal:
        self.size += 1
        return self.size - 1

    def taken(self, unit: str, duty: str) -> Literal | None:
        """The decision on a pair; None when a rule refuses it, or it is not open."""
        return self._taken.get((unit, duty))

    def at(self, duty: Duty) -> Sequence[Decision]:
        return self._at.get(duty.id, ())

    def of(self, clock: Clock) -> Sequence[Decision]:
        return self._of.get(clock.id, ())

    def alike(self, clock: Clock) -> Sequence[Decision]:
        if clock.id not in self._alike:
            self._alike[clock.id] = self.of(clock)
            if self._one_place:
                self._alike[clock.id] = tuple(self._merged(self.of(clock)))
        return self._alike[clock.id]

    def _merged(self, decisions: Sequence[Decision]) -> Iterator[Decision]:
        groups: dict[Hashable, list[Decision]] = defaultdict(list)
        for decision in decisions:
            groups[decision.unit.id, decision.duty.sort].append(decision)
        for first, *others in groups.values():
            taken = self.any_of((first.taken, *(d.taken for d in others)))
            yield Decision(first.unit, first.duty, taken)

    def unit(self, unit: Unit) -> Sequence[Decision]:
        return self._unit.get(unit.id, ())

    def by(self, member: Member) -> Sequence[Decision]:
        if member.id not in self._by:
            several = [self.unit(unit) for unit in self.problem.units_of(member)]
            mine = (d for own in several for d in own if not member.away(d.duty.span))
            in_order = tuple(mine)
            if len(several) > 1:
                in_order = tuple(sorted(in_order, key=lambda d: (d.duty.reports_at, d.duty.id)))
            self._by[member.id] = in_order
        return self._by[member.id]

    def any_of(self, literals: Iterable[Literal]) -> Literal:
        key = tuple(sorted({*literals} - {FALSE}))
        if TRUE in key or any(~x in key for x in key if x < 0):
            return TRUE
        if len(key) < 2:
            return key[0] if key else FALSE
        if key not in self._derived:
            self._derived[key] = some = self._new()
            self.definitions[some] = key
        return self._derived[key]

    def choice(self, *key: object) -> Literal:
        if key not in self.choices:
            self.choices[key] = self._new()
        return self.choices[key]

    def exclusive(self, literals: Sequence[Literal]) -> bool:
        """Whether a clause says that at most one of them is true."""
        shared = set.intersection(*(self.cliques.get(x, set()) for x in literals))
        return bool(shared)

    def __call__(self, clause: Clause, about: About) -> None:
        for plain in simplified(clause):
            if plain in self._said:
                continue
            self._said.add(plain)
            if isinstance(plain, AtMostOne):
                for literal in plain.literals:
                    self.cliques[literal].add(len(self.clauses))
            self.clauses.append(Stated(plain, about, self._rule))

    def state_rules(self, rules: Iterable[Rule]) -> None:
        for position, rule in enumerate(rules):
            self._rule = position
            rule.constrain(self.problem, self, self)
        self._rule = None

    def pin(self, assignments: Iterable[Assignment]) -> None:
        for pinned in assignments:
            literal = self.taken(pinned.unit, pinned.duty)
            self(
                AnyOf(() if literal is None else (literal,)), About(pinned.unit, None, pinned.duty)
            )

    def price(self, level: int, weight: int, preference: Preference) -> None:
        asked = Asked(self, weight)
        preference.minimise(self.problem, self, asked)
        self.levels.setdefault(level, []).extend(asked.prices)

    def only(self, positions: Iterable[int], free: Callable[[Literal], bool]) -> Statement:
        """The same, with these decisions and the choices that are still free alone."""
        part = copy(self)
        part.decisions = tuple(self.decisions[k] for k in positions)
        part.choices = {key: x for key, x in self.choices.items() if free(x)}
        return part

    def most_true(self, literals: Iterable[Literal]) -> int:
        """An upper bound on how many can be true, from the cliques stated so far.

        A literal that stands several times counts as often.
        """
        left, most = Counter(literals), 0
        while left:
            counts: dict[int, int] = defaultdict(int)
            for literal in left:
                for clique in self.cliques.get(literal, ()):
                    counts[clique] += 1
            best = max(counts, key=counts.__getitem__, default=None)
            if best is None or counts[best] < 2:
                return most + left.total()
            together = [x for x in left if best in self.cliques.get(x, ())]
            most += max(left.pop(x) for x in together)
        return most


class Asked:
    """Implements `scheduler.terms.Cost`: what one preference asks for, times its weight."""

    def __init__(self, statement: Statement, weight: int) -> None:
        self._in = statement
        self._weight = weight
        self.prices: list[Price] = []

    def constant(self, price: int) -> None:
        self.each(price, TRUE)

    def each(self, price: int, literal: Literal) -> None:
        if price and self._weight and literal != FALSE:
            self.prices.append(Each(self._weight * price, literal))

    def shortfall(self, wanted: int, terms: Sequence[Term], price: int, step: int = 1) -> None:
        wanted -= sum(t.times for t in terms if t.literal == TRUE)
        unsure = tuple(t for t in terms if t.literal not in (TRUE, FALSE))
        if price and self._weight and wanted > sum(min(t.times, 0) for t in unsure):
            self.prices.append(Short(self._weight * price, wanted, unsure, step))

    def surplus(self, allowed: int, terms: Sequence[Term], price: int, step: int = 1) -> None:
        self.shortfall(-allowed, [Term(-t.times, t.literal) for t in terms], price, step)

    def rising(self, literals: Sequence[Literal], prices: Sequence[int]) -> None:
        settled = sum(x == TRUE for x in literals)
        unsure = tuple(x for x in literals if x not in (TRUE, FALSE))
        weighted = [self._weight * price for price in prices]
        self.constant(sum(prices[:settled]))
        if any(weighted) and unsure:
            most = settled + self._in.most_true(unsure)
            self.prices.append(Steps(tuple(weighted[settled:most]), unsure))


def stated(problem: RosterProblem, opening: Opening | None = None) -> Statement:
    """The whole problem: every rule in force, every pin, every preference at its level."""
    statement = Statement(problem, opening)
    statement.state_rules(rules_of(problem))
    statement.pin(problem.pinned)
    for in_force, preference in preferences_of(problem):
        statement.price(in_force.level, in_force.weight, preference)
    return statement
