"""Neighbourhoods: which decisions a round of search may change while the rest stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from scheduler.duties import Duty
from scheduler.moments import DAY_MINUTES
from scheduler.terms import Decision

GROWTH, SHRINKAGE = 1.15, 0.8
FIRST_SHARE, SMALLEST, LARGEST = 0.15, 0.05, 1.0
SHARE_OF_SHORT = 0.8
SHARE_OF_UNITS = 0.6  # a unit's whole week is harder to close than a day of all units


@dataclass(frozen=True, slots=True)
class Ground:
    """Where to search: every decision, and the duties where something is still missing."""

    decisions: Sequence[Decision]
    short: Sequence[Duty]

    def somewhere(self, rng: Random) -> Duty:
        """A duty to search around: often one that is short."""
        if self.short and rng.random() < SHARE_OF_SHORT:
            return rng.choice(self.short)
        return rng.choice(self.decisions).duty


Draw = Callable[[Random, Ground, float], set[int]]


def some_days(rng: Random, ground: Ground, share: float) -> set[int]:
    """All that happens in a stretch of days around some duty."""
    starts = [d.duty.starts_at for d in ground.decisions]
    half = int((max(starts) - min(starts) + DAY_MINUTES) * share / 2)
    middle = ground.somewhere(rng).starts_at + rng.randint(-half // 2, half // 2)
    return {i for i, at in enumerate(starts) if abs(at - middle) <= half}


def some_units(rng: Random, ground: Ground, share: float) -> set[int]:
    """All that some units do, among them some who could take one duty."""
    units = sorted({d.unit.id for d in ground.decisions})
    count = max(2, min(len(units), int(len(units) * share * SHARE_OF_UNITS)))
    duty = ground.somewhere(rng)
    able = sorted({d.unit.id for d in ground.decisions if d.duty.id == duty.id})
    chosen = set(rng.sample(able, min(len(able), count // 2)))
    chosen |= set(rng.sample(units, count - len(chosen)))
    return {i for i, d in enumerate(ground.decisions) if d.unit.id in chosen}


def some_duties(rng: Random, ground: Ground, share: float) -> set[int]:
    """All who might do the duties of a few areas over a longer stretch of days."""
    areas = sorted({d.duty.area for d in ground.decisions})
    chosen = {ground.somewhere(rng).area}
    chosen |= set(rng.sample(areas, max(1, round(len(areas) * share)) - 1))
    days = some_days(rng, ground, min(1.0, share * 3))
    return {i for i in days if ground.decisions[i].duty.area in chosen}


@dataclass
class Neighbourhoods:
    """Draws one kind after the other; a kind grows while its rounds are solved to the end."""

    rng: Random
    kinds: tuple[Draw, ...] = (some_days, some_units, some_duties)
    shares: dict[Draw, float] = field(default_factory=dict)
    turn: int = 0

    def draw(self, ground: Ground) -> tuple[Draw, set[int]]:
        kind = self.kinds[self.turn % len(self.kinds)]
        self.turn += 1
        return kind, kind(self.rng, ground, self.shares.setdefault(kind, FIRST_SHARE))

    def learn(self, kind: Draw, *, finished: bool) -> None:
        share = self.shares[kind] * (GROWTH if finished else SHRINKAGE)
        self.shares[kind] = min(LARGEST, max(SMALLEST, share))
