"""What a search has found: the value of every literal, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.network import Array


@dataclass(frozen=True, slots=True)
class Found:
    """Values of all literals, and what they cost: the law's penalties first, then the levels."""

    values: Array
    cost: Array

    @property
    def lawful(self) -> bool:
        return bool(self.cost[0] == 0)

    def better_than(self, other: Found | None) -> bool:
        return other is None or tuple(self.cost) < tuple(other.cost)
