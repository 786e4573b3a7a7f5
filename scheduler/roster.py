"""Rosters: who does what, the difference between two, and the score of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a unit is in a duty."""

    POLICE_LEAD = "police-lead"
    DEPUTY = "deputy"
    MILITARY_LEAD = "military-lead"
    MEMBER = "member"
    GUARD = "guard"
    STANDBY = "standby"


@dataclass(frozen=True, slots=True)
class Assignment:
    """`unit` does `duty`. `pinned`: a person decided so, and the engine may not undo it."""

    unit: str
    duty: str
    role: Role | None = None
    pinned: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        return self.unit, self.duty


@dataclass(frozen=True, slots=True)
class Roster:
    """A finished allocation; assignments stand in order of duty and unit, each pair once."""

    assignments: tuple[Assignment, ...] = ()

    @staticmethod
    def of(assignments: Iterable[Assignment]) -> Roster:
        return Roster(tuple(sorted(assignments, key=lambda a: (a.duty, a.unit))))

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(a.pair for a in self.assignments)

    def with_(self, assignment: Assignment) -> Roster:
        kept = (a for a in self.assignments if a.pair != assignment.pair)
        return Roster.of((*kept, assignment))

    def without(self, unit: str, duty: str) -> Roster:
        return Roster.of(a for a in self.assignments if a.pair != (unit, duty))


@dataclass(frozen=True, slots=True)
class RosterDiff:
    """What it takes to get from one roster to another."""

    added: tuple[Assignment, ...]
    removed: tuple[Assignment, ...]
    changed: tuple[Assignment, ...]

    @staticmethod
    def between(before: Roster, after: Roster) -> RosterDiff:
        old = {a.pair: a for a in before.assignments}
        new = {a.pair: a for a in after.assignments}
        return RosterDiff(
            added=tuple(a for pair, a in new.items() if pair not in old),
            removed=tuple(a for pair, a in old.items() if pair not in new),
            changed=tuple(a for p, a in new.items() if p in old and old[p].role != a.role),
        )

    @property
    def units(self) -> frozenset[str]:
        return frozenset(a.unit for a in (*self.added, *self.removed, *self.changed))


@dataclass(frozen=True, slots=True)
class PreferenceScore:
    """How far one preference is from its wish: `value` in its own unit, times `weight`."""

    code: str
    level: int
    weight: int
    value: int

    @property
    def cost(self) -> int:
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Score:
    """A roster's score, preference by preference; smaller is better, earlier levels first."""

    parts: tuple[PreferenceScore, ...]

    @property
    def levels(self) -> tuple[tuple[int, int], ...]:
        """(level, summed cost) for every level, in order."""
        sums: dict[int, int] = {}
        for part in self.parts:
            sums[part.level] = sums.get(part.level, 0) + part.cost
        return tuple(sorted(sums.items()))
