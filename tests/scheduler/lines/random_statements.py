"""Statements that no rule makes: random clauses and prices over random derived literals."""

from __future__ import annotations

from random import Random

from scheduler.statement import Asked, Statement
from scheduler.terms import About, AnyOf, AtLeast, AtMost, AtMostOne, Literal, Term
from tests.builders import HOUR, a_duty, a_problem, a_unit

CROSSING = 0.15  # of what is said, over the decisions of several units


def random_statement(rng: Random, units: int = 2, duties: int = 6) -> Statement:
    """Its problem has no rules of its own, so that the clauses alone say what is lawful."""
    starts = (rng.randrange(0, 96 * HOUR, 4 * HOUR) for _ in range(duties))
    problem = a_problem(
        [a_unit(f"u{k}") for k in range(units)],
        [a_duty(f"d{k}", at, at + 8 * HOUR) for k, at in enumerate(starts)],
    )
    return _Talk(rng, Statement(problem)).said()


class _Talk:
    """Speaks of one unit at a time, or of several; of decisions, and of what was derived."""

    def __init__(self, rng: Random, statement: Statement) -> None:
        self.rng, self.statement = rng, statement
        self.pools: dict[str, list[Literal]] = {"all": []}
        for decision in statement.decisions:
            self.pools.setdefault(decision.unit.id, []).append(decision.taken)
            self.pools["all"].append(decision.taken)
        self.asked = [Asked(statement, 1) for _ in range(2)]

    def said(self) -> Statement:
        for _ in range(self.rng.randint(0, 6)):
            self._derive(self._subject(), self.rng.random() < 0.5)
        for _ in range(self.rng.randint(1, 8)):
            self._require(self._subject(), ())
        for _ in range(self.rng.randint(1, 6)):
            self._price(self.rng.choice(self.asked), self._subject())
        for level, asked in enumerate(self.asked, 1):
            self.statement.levels[level] = asked.prices
        return self.statement

    def _subject(self) -> str:
        single = [unit for unit in self.pools if unit != "all"]
        return "all" if self.rng.random() < CROSSING else self.rng.choice(single)

    def _some(self, subject: str, most: int = 4) -> list[Literal]:
        """Some literals or their opposites; now and then one that stands twice."""
        drawn = self.rng.choices(self.pools[subject], k=self.rng.randint(1, most))
        return [x if self.rng.random() < 0.7 else ~x for x in drawn]

    def _terms(self, subject: str) -> tuple[Term, ...]:
        return tuple(Term(self.rng.choice((-2, -1, 1, 1, 2, 3)), x) for x in self._some(subject))

    def _derive(self, subject: str, chosen: bool) -> None:
        """A disjunction, or a choice under up to three conditions."""
        if chosen:
            new = self.statement.choice(len(self.statement.choices))
            for _ in range(self.rng.randint(0, 3)):
                self._require(subject, (new,))
        else:
            new = self.statement.any_of(self._some(subject))
        for pool in {subject, "all"}:
            self.pools[pool].append(new)

    def _require(self, subject: str, when: tuple[Literal, ...]) -> None:
        rng = self.rng
        if not when and rng.random() < 0.3:
            chosen = {*self.statement.choices.values()}  # have all their conditions already
            when = tuple(x for x in self._some(subject, 2) if x not in chosen)
        terms, bound = self._terms(subject), rng.randint(-1, 3)
        sorts = (AnyOf(tuple(self._some(subject)), when), AtMost(terms, bound, when))
        if rng.random() < 0.2:
            self.statement(AtLeast(terms, min(bound, 1), when), About())
        elif rng.random() < 0.2 and not when:
            self.statement(AtMostOne(tuple(self._some(subject, 3))), About())
        else:
            self.statement(rng.choice(sorts), About())

    def _price(self, asked: Asked, subject: str) -> None:
        rng = self.rng
        price, some = rng.randint(1, 9), self._some(subject)
        match rng.randrange(4):
            case 0:
                asked.each(price, some[0])
            case 1:
                asked.shortfall(rng.randint(0, 4), self._terms(subject), price, rng.randint(1, 2))
            case 2:
                asked.surplus(rng.randint(0, 2), self._terms(subject), price, rng.randint(1, 2))
            case 3:
                asked.rising(some, sorted(rng.choices(range(9), k=len(some))))
