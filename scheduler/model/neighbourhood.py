"""Neighbourhoods: which decisions a round of search may change while the rest stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.moments import DAY_MINUTES
from scheduler.network import Array
from scheduler.terms import Decision

GROWTH, SHRINKAGE = 1.15, 0.8
FIRST_SHARE, SMALLEST = 0.15, 0.02
SHARE_OF_SHORT = 0.7
MOST_AT_FIRST = 1500  # decisions


class Ground:
    """Where to search: the decisions as columns, and the duties where something is missing."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.starts = np.array([d.duty.starts_at for d in decisions], np.int64)
        self.unit = _numbered(d.unit.id for d in decisions)
        self.duty = _numbered(d.duty.id for d in decisions)
        self.area = _numbered(d.duty.area for d in decisions)
        self.units = int(self.unit.max(initial=-1)) + 1
        self.areas = int(self.area.max(initial=-1)) + 1
        self.length = int(np.ptp(self.starts)) + DAY_MINUTES if len(decisions) else 0

    def somewhere(self, rng: np.random.Generator, short: Array) -> int:
        """A decision to search around: often one on a duty that is short."""
        if len(short) and rng.random() < SHARE_OF_SHORT:
            return int(rng.choice(short))
        return int(rng.integers(len(self.starts)))


Draw = Callable[[np.random.Generator, Ground, int, float], Array]


def some_days(rng: np.random.Generator, ground: Ground, focus: int, share: float) -> Array:
    """All that happens in a stretch of days around some duty."""
    half = max(ground.length * share / 2, DAY_MINUTES / 4)
    middle = ground.starts[focus] + rng.uniform(-half / 2, half / 2)
    near: Array = np.abs(ground.starts - middle) <= half
    return near


def some_units(rng: np.random.Generator, ground: Ground, focus: int, share: float) -> Array:
    """All that some units do, among them some who could take one duty."""
    count = min(ground.units, max(2, round(ground.units * share * 0.6)))
    duty = ground.duty[focus]
    able = np.unique(ground.unit[ground.duty == duty])
    rng.shuffle(able)
    chosen = np.zeros(ground.units, bool)
    chosen[able[: max(count // 2, 1)]] = True
    others = rng.permutation(ground.units)
    chosen[others[: max(count - int(chosen.sum()), 0)]] = True
    return chosen[ground.unit]


def some_areas(rng: np.random.Generator, ground: Ground, focus: int, share: float) -> Array:
    """All who might do the duties of a few areas over a longer stretch of days."""
    chosen = np.zeros(ground.areas, bool)
    chosen[ground.area[focus]] = True
    chosen[rng.permutation(ground.areas)[: max(round(ground.areas * share), 1)]] = True
    days = some_days(rng, ground, focus, min(1.0, share * 3))
    return days & chosen[ground.area]


def units_for_days(rng: np.random.Generator, ground: Ground, focus: int, share: float) -> Array:
    """What many units do in some days."""
    wide = min(1.0, 3 * share)
    free: Array = some_units(rng, ground, focus, wide) & some_days(rng, ground, focus, wide)
    return free


@dataclass
class Neighbourhoods:
    """Draws one kind after the other; a kind grows while its rounds are solved to the end."""

    rng: np.random.Generator
    kinds: tuple[Draw, ...] = (some_days, some_units, some_areas, units_for_days)
    shares: dict[Draw, float] = field(default_factory=dict)
    turn: int = 0

    def draw(self, ground: Ground, short: Array) -> tuple[Draw, Array]:
        kind = self.kinds[self.turn % len(self.kinds)]
        self.turn += 1
        share = self.shares.setdefault(kind, FIRST_SHARE)
        focus = ground.somewhere(self.rng, short)
        free = kind(self.rng, ground, focus, share)
        return kind, self._trimmed(ground, focus, free, MOST_AT_FIRST * share / FIRST_SHARE)

    def _trimmed(self, ground: Ground, focus: int, free: Array, most: float) -> Array:
        """In a large problem: a few areas, the focus's own and others of its city, are enough."""
        if free.sum() <= most:
            return free
        mates = np.unique(ground.unit[ground.area == ground.area[focus]])
        near = np.unique(ground.area[np.isin(ground.unit, mates)])
        self.rng.shuffle(near)
        kept: Array = free & (ground.area == ground.area[focus])
        for area in near:
            if kept.sum() >= most:
                break
            kept |= free & (ground.area == area)
        return kept

    def learn(self, kind: Draw, *, finished: bool) -> None:
        share = self.shares[kind] * (GROWTH if finished else SHRINKAGE)
        self.shares[kind] = min(1.0, max(SMALLEST, share))


def _numbered(names: Iterable[str]) -> Array:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], np.int64)
