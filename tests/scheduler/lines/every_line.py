"""All lawful lines of one unit by brute force: every subset of its decisions, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

import numpy as np

from scheduler.lines.diagram import NoLine
from scheduler.lines.lines import Lines, lines_of
from scheduler.lines.parting import NOBODY, SHARED, Parting, parted
from scheduler.network import (
    CONDITION,
    DEFINITION,
    EXCLUSIVE,
    Array,
    Network,
    cost,
    network,
    totals,
)
from scheduler.problem import RosterProblem
from scheduler.statement import Statement, stated
from scheduler.terms import TRUE, Literal

DECIDES = (DEFINITION, EXCLUSIVE, CONDITION)
Costs = tuple[int, ...]


@dataclass(frozen=True)
class Brute:
    """A problem, and who owns what in its network: the units in which a row has its reasons."""

    statement: Statement
    net: Network

    @cached_property
    def decided(self) -> Array:
        return np.array([d.taken for d in self.statement.decisions], np.int64)

    @cached_property
    def literals(self) -> list[set[int]]:
        """Of each literal the units whose decisions it depends on."""
        number = {unit.id: k for k, unit in enumerate(self.statement.problem.units)}
        found: list[set[int]] = [set() for _ in range(self.statement.size)]
        for decision in self.statement.decisions:
            found[decision.taken] = {number[decision.unit.id]}
        news = True
        while news:
            news = False
            for row in np.flatnonzero(np.isin(self.net.kind, DECIDES)).tolist():
                target = int(self.net.target[row])
                parts = set().union(*(found[x] for x in self.spoken_of(row)))
                news |= not parts <= found[target]
                found[target] |= parts
        return found

    @cached_property
    def rows(self) -> list[set[int]]:
        """Of each row the units on whose decisions depends what it speaks of or decides."""
        return [
            set().union(*(self.literals[x] for x in (*self.spoken_of(row), *self.decides(row))))
            for row in range(len(self.net.kind))
        ]

    def spoken_of(self, row: int) -> list[Literal]:
        first, last = self.net.row_first[row : row + 2].tolist()
        return [int(x) for x in self.net.row_literal[first:last]]

    def owner(self, units: set[int]) -> int:
        """As a `Parting` says it."""
        return SHARED if len(units) > 1 else min(units, default=NOBODY)

    def decides(self, row: int) -> list[Literal]:
        return [int(self.net.target[row])] if self.net.kind[row] in DECIDES else []

    def told(self, unit: int) -> list[Literal]:
        """What rows of several units say of one that is no decision of it."""
        rows = (row for row, whose in enumerate(self.rows) if len(whose) > 1)
        shared = {x for row in rows for x in self.spoken_of(row) if self.literals[x] == {unit}}
        return sorted(shared - {*self.decided.tolist()})

    def alone(self, unit: int) -> Network:
        """The network of which nothing counts but what speaks of one unit alone."""
        mine = np.array([whose == {unit} for whose in self.rows], bool)
        own = np.array([whose == {unit} for whose in self.literals], bool)
        return self.net._replace(
            kind=np.where(mine, self.net.kind, DEFINITION),  # which costs nothing by itself
            linear=np.where(own[:, None], self.net.linear, 0),
            constant=np.zeros_like(self.net.constant),
        )

    def positions(self, unit: int) -> list[int]:
        name = self.statement.problem.units[unit].id
        return [k for k, d in enumerate(self.statement.decisions) if d.unit.id == name]

    def lines(self, unit: int) -> dict[tuple[int, ...], Costs]:
        """What is taken → what it costs at each level, then which literals it makes true."""
        alone, told = self.alone(unit), self.told(unit)
        found = {}
        for taken in subsets(self.positions(unit)):
            values = self.settled(taken)
            law, *levels = cost(alone, values).tolist()
            if not law:
                found[taken] = (*levels, *values[told].tolist())
        return found

    def settled(self, taken: tuple[int, ...]) -> Array:
        """The values of all literals when these decisions are taken."""
        net, values = self.net, np.zeros(self.statement.size, np.int64)
        values[[TRUE, *self.statement.choices.values()]] = 1
        values[self.decided[[*taken]]] = 1
        while True:
            before, sums = values.copy(), totals(net, values)
            some = np.isin(net.kind, (DEFINITION, EXCLUSIVE))
            values[net.target[some]] = sums[some] > 0
            conditions = net.kind == CONDITION
            values[net.target[conditions]] = 1
            values[net.target[conditions & (sums > net.bound)]] = 0
            if (before == values).all():
                return values


def lines_by_unit(week: Brute, parting: Parting | None = None) -> dict[int, Lines | None]:
    """Of each unit that may do something; None where nothing that it does is lawful."""
    parting = parting or parted(week.statement, week.net)
    found: dict[int, Lines | None] = {}
    for unit, decisions in enumerate(parting.decisions):
        if len(decisions):
            try:
                found[unit] = lines_of(week.statement, week.net, parting, unit)
            except NoLine:
                found[unit] = None
    return found


def exclusive(week: Brute, lines: Lines) -> list[set[int]]:
    """The decisions of each layer, of which a line takes at most one."""
    place = {int(x): k for k, x in enumerate(week.decided)}
    return [{place[x] for x in layer} for layer in lines.diagram.layers]


def brute(said: RosterProblem | Statement) -> Brute:
    statement = said if isinstance(said, Statement) else stated(said)
    return Brute(statement, network(statement))


def subsets(things: list[int]) -> Iterator[tuple[int, ...]]:
    sizes = range(len(things) + 1)
    return chain.from_iterable(combinations(things, size) for size in sizes)
