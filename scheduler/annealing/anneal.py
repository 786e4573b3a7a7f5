"""Annealing over the decisions of a statement: the fast way to a good lawful roster."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from scheduler.annealing.chain import Chain
from scheduler.cities import cities
from scheduler.found import Found
from scheduler.network import Array, Network
from scheduler.statement import Statement

MOVES_PER_EFFORT = 150_000


class Annealing:
    """As many chains as cores: each on its own cities, or from its own seed where there is one."""

    def __init__(
        self,
        statement: Statement,
        net: Network,
        cores: int,
        seed: int,
        settled: Array | None = None,
    ) -> None:
        self.decided = np.array([d.taken for d in statement.decisions], np.int64)
        everything = np.arange(len(self.decided))
        self._whole = Chain(statement, net, everything, seed * 1000, settled)
        parts = _shared_out(cities(statement), cores)
        if len(parts) < cores:
            parts = [everything] * cores
        self.apart = len(parts[0]) < len(everything)
        self.chains = [
            Chain(statement, net, part, seed * 1000 + k, settled)
            for k, part in enumerate(parts, 1)
        ]

    def run(
        self, start: Found | None, seconds: float | None, effort: float, heat: float = 1.0
    ) -> Found:
        """The best found from `start` (None: from nobody on duty) in the time or effort given."""
        if not len(self.decided):
            return self._whole.found()
        moves = int(effort * MOVES_PER_EFFORT)

        def cool(chain: Chain) -> Found:
            if start is None:
                chain.stir()
            else:
                chain.start_from(start, self.decided)
            chain.anneal(chain.scale(heat), seconds, moves)
            return chain.found()

        with ThreadPoolExecutor(len(self.chains)) as pool:
            results = list(pool.map(cool, self.chains))
        if not self.apart:
            return min(results, key=lambda found: tuple(found.cost))
        taken = np.zeros(len(self.decided), np.int8)
        for chain, found in zip(self.chains, results, strict=True):
            taken[chain.members] = found.values[chain.ground.literal]
        self.settled(taken)
        return self._whole.mended()

    def settled(self, taken: Array) -> Found:
        """What a roster costs, with the value of every literal."""
        return self._whole.load(taken)


def _shared_out(groups: list[Array], cores: int) -> list[Array]:
    """The groups in at most so many parts of about the same size."""
    parts: list[list[Array]] = [[] for _ in range(cores)]
    for group in sorted(groups, key=len, reverse=True):
        min(parts, key=lambda part: sum(map(len, part))).append(group)
    return [np.sort(np.concatenate(part)) for part in parts if part]
