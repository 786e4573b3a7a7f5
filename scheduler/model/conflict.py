"""Looks for a small set of clauses that clash: grown from what rosters break, then shrunk.

Coarse to fine: whole families first, then their days, their moments, their subjects. What grows
and shrinks are sets of parts; each set that is told was refuted twice. A part counts as needed
only once a roster was found without it, and one on which time ended is kept.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from scheduler.explanation import Family, Grain, Part
from scheduler.model.contest import Answer, Contest
from scheduler.network import Array

GROWTH = 3  # the most broken of so many are added at once
Key = tuple[Family, Part]


@dataclass(frozen=True, slots=True)
class Clash:
    """Parts that cannot all hold; `without` has a roster for each that was proven needed."""

    grain: Grain
    parts: tuple[Key, ...]
    without: Mapping[Key, Array] = field(default_factory=dict)

    @property
    def minimal(self) -> bool:
        return len(self.without) == len(self.parts)


class Inquiry:
    """One conflict, looked at ever more finely until `ends` on the monotonic clock."""

    def __init__(self, contest: Contest, ends: float) -> None:
        self.contest = contest
        self.ends = ends
        self.found: Array | None = None  # values of a roster that breaks nothing
        self._firm = {
            Family(rule.code, rule.framework)
            for rule in contest.statement.problem.rules
            if not rule.relaxable_by
        }

    def clashes(self) -> Iterator[Clash]:
        """Each grain's conflict, confirmed; none where a roster was found, or nothing proven."""
        statement = self.contest.statement
        left = [c for c, family in enumerate(statement.families) if family is not None]
        for grain in Grain:
            parts: dict[Key, list[int]] = defaultdict(list)
            for clause in left:
                parts[self._key(clause, grain)].append(clause)
            grown = self._grown(parts)
            if grown is None:
                return
            clash = self._shrunk(grain, parts, grown)
            left = [clause for key in clash.parts for clause in parts[key]]
            if not self.contest.solve(left, self._seconds(), confirming=True).impossible:
                return
            yield clash

    def _key(self, clause: int, grain: Grain) -> Key:
        family = self.contest.statement.families[clause]
        assert family is not None
        return family, self.contest.statement.part(clause, grain)

    def _grown(self, parts: Mapping[Key, Collection[int]]) -> list[Key] | None:
        """Parts that clash: from none, ever those added that the last roster broke most, first
        those that nobody may relax.

        None where they do not clash, or where that was not proven.
        """
        whose = {clause: key for key, clauses in parts.items() for clause in clauses}
        values, grown = self.contest.start, list[Key]()
        while self._seconds() > 0:
            broken = Counter(whose[c] for c in self.contest.broken(values) if c in whose)
            if not broken and self.contest.met(values):
                self.found = values
                return None
            most = sorted(broken, key=lambda key: (self._gives(key), -broken[key], str(key)))
            grown += most[: max(len(most) // GROWTH, 1)]
            kept = [clause for key in grown for clause in parts[key]]
            answer = self.contest.solve(kept, self._seconds())
            if answer.impossible:
                return grown
            if answer.values is None:
                return self._all(parts)
            values = answer.values
        return None

    def _gives(self, key: Key) -> bool:
        """Whether somebody could let it go: what nobody may relax says more."""
        return key[0] not in self._firm

    def _all(self, parts: Mapping[Key, Collection[int]]) -> list[Key] | None:
        """All of them, where it takes all to prove that they clash."""
        every = [clause for clauses in parts.values() for clause in clauses]
        answer = self.contest.solve(every, self._seconds())
        self.found = answer.values
        return [*parts] if answer.impossible else None

    def _shrunk(
        self, grain: Grain, parts: Mapping[Key, Collection[int]], grown: list[Key]
    ) -> Clash:
        """Leaves out ever smaller pieces as long as the rest still clashes."""
        kept, open_ = [*grown], grown[::-1]
        without: dict[Key, Array] = {}
        size = max(len(kept) // 2, 1)
        while open_ and self._seconds() > 0:
            piece = open_[:size]
            rest = [key for key in kept if key not in piece]
            answer = self.contest.solve([c for key in rest for c in parts[key]], self._seconds())
            if answer.impossible:
                kept, open_ = rest, open_[size:]
                continue
            needed = self._broken(answer, piece, parts)
            if len(needed) == 1 and answer.values is not None:
                without[needed[0]] = answer.values
                open_.remove(needed[0])
            elif size > 1:
                size //= 2
            else:
                open_ = open_[1:]
        return Clash(grain, tuple(kept), dict(self._standing(grain, parts, kept, without)))

    def _standing(
        self,
        grain: Grain,
        parts: Mapping[Key, Collection[int]],
        kept: Collection[Key],
        without: Mapping[Key, Array],
    ) -> Iterator[tuple[Key, Array]]:
        """The rosters that would do as well if what is left out had never been in force.

        Then nobody would be refused by it, and a kept rule may call for who was.
        """
        statement = self.contest.statement
        for key, values in without.items():
            rest = [other for other in kept if other != key]
            clauses = [clause for other in rest for clause in parts[other]]
            calls = statement.calls(rest, grain, clauses)
            if values[calls].all():
                yield key, values
                continue
            answer = self.contest.solve(clauses, self._seconds(), calls=calls)
            if answer.values is not None:
                yield key, answer.values

    def _broken(
        self, answer: Answer, piece: list[Key], parts: Mapping[Key, Collection[int]]
    ) -> list[Key]:
        if answer.values is None:
            return []
        broken = self.contest.broken(answer.values)
        return [key for key in piece if not broken.isdisjoint(parts[key])]

    def _seconds(self) -> float:
        return self.ends - time.monotonic()
