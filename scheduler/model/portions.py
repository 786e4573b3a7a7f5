"""A large roster, portion by portion: the weeks of each city one after the other.

Each portion is annealed and searched by itself while everything else stays as it is, on the rows
that speak of it alone. So the search is as fast as in a small problem, and rest, hours and
fairness hold across every seam. Cities go to different cores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

import numpy as np

from scheduler.annealing.anneal import Annealing
from scheduler.cities import cities
from scheduler.found import Found
from scheduler.model.build import dependents
from scheduler.model.closing import Limit
from scheduler.model.rounds import Rounds
from scheduler.moments import DAY_MINUTES
from scheduler.network import Array, Network, cost, restricted
from scheduler.statement import Statement

WEEK_MINUTES = 7 * DAY_MINUTES
SHARE_OF_ANNEALING = 0.6  # of a portion's time
SHARE_OF_FIRST, MOST_SECONDS = 0.6, 80.0  # of one sweep
WARM = 0.3  # how hot a portion is made that has a roster
SHARE_OF_LEVEL = 0.7  # of what is left of a portion's time, for every level but the last


@dataclass(frozen=True, slots=True)
class Portion:
    """The decisions of one city in seven days."""

    city: int
    week: int
    decisions: Array


def portions(statement: Statement, shift_minutes: int) -> tuple[Portion, ...]:
    """Every decision in one portion, by city and in order; weeks begin `shift_minutes` late."""
    found = []
    for city, members in enumerate(cities(statement)):
        starts = np.array([statement.decisions[k].duty.starts_at for k in members])
        weeks = (starts - shift_minutes) // WEEK_MINUTES
        found += [
            Portion(city, week, members[weeks == week]) for week in np.unique(weeks).tolist()
        ]
    return tuple(found)


class Sweeps:
    """Sweeps over all portions, each from the best roster so far."""

    def __init__(self, statement: Statement, net: Network, cores: int, seed: int) -> None:
        self.statement, self.net, self.cores, self.seed = statement, net, cores, seed
        self.decided = np.array([d.taken for d in statement.decisions], np.int64)
        self._number = 0
        self._lock = Lock()

    def over(
        self, best: Found, left: Callable[[], float], tell: Callable[[Found], None]
    ) -> Iterator[None]:
        """Sweep after sweep while time is left, with a pause after each."""
        share = SHARE_OF_FIRST
        while (seconds := left()) > 0:
            best = self._sweep(best, min(seconds * share, MOST_SECONDS), tell)
            share = 1.0
            yield

    def _sweep(self, best: Found, seconds: float, tell: Callable[[Found], None]) -> Found:
        """One sweep; `tell` hears of each better roster.

        The first begins anew everywhere, later ones near what is there. Every other sweep cuts
        the weeks in their middle, so that no seam stays.
        """
        self._number += 1
        self._best, self._tell = best, tell
        shift = WEEK_MINUTES // 2 if self._number % 2 == 0 else 0
        queues: dict[int, list[Portion]] = {}
        for portion in portions(self.statement, shift):
            queues.setdefault(portion.city, []).append(portion)
        self._open = len(self.decided)
        limit = Limit(seconds, timed=True)
        with ThreadPoolExecutor(self.cores) as pool:
            list(pool.map(lambda those: self._city(those, limit), queues.values()))
        return self._best

    def _city(self, those: Sequence[Portion], limit: Limit) -> None:
        for portion in those:
            size = len(portion.decisions)
            share = min(size * self.cores / max(self._open, 1), 1.0)
            self._work(portion, Limit(limit.left() * share, timed=True))
            with self._lock:
                self._open -= size

    def _work(self, portion: Portion, limit: Limit) -> None:
        start = self._best
        free = np.zeros(len(start.values), bool)
        free[self.decided[portion.decisions]] = True
        free = dependents(self.net, free)
        part = self.statement.only(portion.decisions.tolist(), free.__getitem__)
        net = restricted(self.net, free, start.values)
        seed = self.seed * 10_000 + self._number * 1000 + portion.city * 50 + portion.week
        annealing = Annealing(part, net, 1, seed, np.where(free, 0, start.values))
        first = annealing.settled(start.values[self.decided[portion.decisions]])
        warm = first if self._number > 1 and first.lawful else None
        seconds = limit.left() * SHARE_OF_ANNEALING
        best = annealing.run(warm, seconds, 0.0, 1.0 if warm is None else WARM)
        best = best if best.better_than(first) else first
        if best.lawful:
            best = self._closer(part, net, annealing, best, limit)
        self._keep(free, best)

    def _closer(
        self, part: Statement, net: Network, annealing: Annealing, best: Found, limit: Limit
    ) -> Found:
        """Rounds near the best, level by level; nothing is to be had at a level that costs 0."""
        rounds = Rounds(part, net, annealing, self.seed)
        for level in range(1, len(net.constant)):
            last = level == len(net.constant) - 1
            ends = 0.0 if last else limit.left() * (1 - SHARE_OF_LEVEL)

            def left(found: Found, _: float, level: int = level, ends: float = ends) -> float:
                return (limit.left() - ends) if found.cost[level] > 0 else 0.0

            best = rounds.run(best, level, 1, left, timed=True)
        return best

    def _keep(self, free: Array, found: Found) -> None:
        """Other portions may have changed meanwhile: costs of the whole are counted anew."""
        with self._lock:
            values = np.where(free, found.values, self._best.values)
            merged = Found(values, cost(self.net, values))
            if merged.better_than(self._best):
                self._best = merged
                self._tell(merged)
