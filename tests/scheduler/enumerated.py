"""Every lawful roster of a tiny week, found by the checkers alone.

A rule that only looks at what a unit does itself is judged for each unit apart (with those who
share its members), so that few rosters are left to be judged whole. Nobody says beforehand which
rules these are: one that reaches for anything else is judged on whole rosters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product
from math import prod
from random import Random
from typing import Any

from scheduler.catalogue import rules_of
from scheduler.check import score, violations
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import EligibilityRule, Near, Rule
from scheduler.sheet import Placed, Sheet

Pair = tuple[str, str]
Pairs = frozenset[Pair]
Costs = tuple[int, ...]

MOST = 10_000  # rosters to judge whole
BLOCK = 12  # pairs that a block of units may take
WITHIN = ("problem", "units", "clocks", "by", "served", "rostered", "placements")


class TooMany(Exception):
    """There are more rosters than anybody wants to wait for."""


class Crosses(Exception):
    """A rule looked beyond what the units of one block do."""


class BlockSheet(Sheet):
    """What one block does; whoever asks for anything else is told that it crosses."""

    def placements(self, near: Near | None = None) -> tuple[Placed, ...]:
        return tuple(p for unit in self.problem.units for p in self.by(unit))

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_") and name not in WITHIN:
            raise Crosses
        return super().__getattribute__(name)


class Enumeration:
    """The lawful rosters of a problem, its pins in each; raises `TooMany`."""

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.pinned = frozenset(a.pair for a in problem.pinned)
        self.blocks = [(units, self._sets(units)) for units in _blocks(problem)]
        self.across: list[Rule] = []
        self.lawful = [sets for _, sets in self.blocks]
        for rule in rules_of(problem):
            self._narrow(rule)
        if prod(map(len, self.lawful)) > MOST:
            raise TooMany

    def sheets(self) -> Iterator[Sheet]:
        """Each of them, laid out."""
        sheets = (self._sheet(parts) for parts in product(*self.lawful))
        return (sheet for sheet in sheets if self._allows(sheet))

    def costs(self) -> frozenset[Costs]:
        """What they cost, level by level."""
        return frozenset(
            tuple(cost for _, cost in score(self.problem, sheet).levels) for sheet in self.sheets()
        )

    def mistaken(self, rng: Random, times: int) -> Roster | None:
        """A roster on which this short way and the whole judgement differ; there is none."""
        for _ in range(times):
            parts = [rng.choice(sets) for _, sets in self.blocks]
            sheet = self._sheet(parts)
            apart = all(part in sets for part, sets in zip(parts, self.lawful, strict=True))
            found = any(v.excused is None for v in violations(self.problem, sheet))
            if found is (apart and self._allows(sheet)):
                return sheet.roster
        return None

    def _sets(self, units: frozenset[str]) -> list[Pairs]:
        """All that a block might do: sets of pairs that nobody refuses, with its pins."""
        pins = frozenset(pair for pair in self.pinned if pair[0] in units)
        refusing = [r for r in rules_of(self.problem) if isinstance(r, EligibilityRule)]
        free = [
            (unit, duty.id)
            for unit in sorted(units)
            for duty in self.problem.duties
            if (unit, duty.id) not in pins and not self._refused(refusing, (unit, duty.id))
        ]
        if len(free) > BLOCK:
            raise TooMany
        sizes = range(len(free) + 1)
        return [pins.union(s) for s in chain.from_iterable(combinations(free, n) for n in sizes)]

    def _refused(self, rules: Sequence[Rule], pair: Pair) -> bool:
        sheet = Sheet(self.problem, _roster({pair}))
        found = (v for rule in rules for v in rule.violations(self.problem, sheet))
        return any((v.unit, v.duty) == pair for v in found)

    def _narrow(self, rule: Rule) -> None:
        try:
            self.lawful = [
                [pairs for pairs in sets if self._keeps(rule, units, pairs)]
                for (units, _), sets in zip(self.blocks, self.lawful, strict=True)
            ]
        except Crosses:
            self.across.append(rule)

    def _keeps(self, rule: Rule, units: frozenset[str], pairs: Pairs) -> bool:
        for found in rule.violations(self.problem, BlockSheet(self.problem, _roster(pairs))):
            if found.unit is None:
                raise Crosses
            if found.unit in units:
                return False
        return True

    def _allows(self, sheet: Sheet) -> bool:
        return not any(True for r in self.across for _ in r.violations(self.problem, sheet))

    def _sheet(self, parts: Sequence[Pairs]) -> Sheet:
        return Sheet(self.problem, _roster(Pairs().union(*parts)))


def _roster(pairs: Pairs | set[Pair]) -> Roster:
    return Roster.of(Assignment(*pair) for pair in pairs)


def _blocks(problem: RosterProblem) -> Iterator[frozenset[str]]:
    """Units that share members or clocks, directly or through others."""
    left = {u.id: {x for m in u.members for x in (m.id, m.clock)} for u in problem.units}
    while left:
        name, shared = left.popitem()
        block = {name}
        while joined := {other for other, theirs in left.items() if theirs & shared}:
            block |= joined
            shared = shared.union(*(left.pop(other) for other in joined))
        yield frozenset(block)
