"""Search near the best roster: rounds that free a part of it and close that part anew.

CP-SAT closes them; where lines can be had, one core at a time dives for them instead.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np

from scheduler.annealing.anneal import Annealing
from scheduler.found import Found
from scheduler.model.closing import Closed, Closing, Limit
from scheduler.model.diving import Diving
from scheduler.model.neighbourhood import Draw, Ground, Neighbourhoods
from scheduler.network import SHORT, Array, Network, totals
from scheduler.statement import Statement

ROUND_SECONDS = 0.45  # of solving; a round that takes longer is too large
ROUND_EFFORT = 0.35


@dataclass(frozen=True, slots=True)
class Round:
    """What runs; its kind is None for a dive."""

    turn: int
    kind: Draw | None


class Rounds:
    """Rounds on as many cores as there are, each from the best roster of its time."""

    def __init__(
        self,
        statement: Statement,
        net: Network,
        annealing: Annealing,
        seed: int,
        diving: Diving | None = None,
    ) -> None:
        self.net, self.annealing, self.diving = net, annealing, diving
        self.decided = np.array([d.taken for d in statement.decisions], np.int64)
        self.ground = Ground(statement.decisions)
        self.closing = Closing(statement, net)
        self.rng = np.random.default_rng(seed)
        self.near = Neighbourhoods(self.rng)

    def run(
        self,
        best: Found,
        level: int,
        cores: int,
        left: Callable[[Found, float], float],
        *,
        timed: bool,
    ) -> Found:
        """The best roster when `left(best, effort of the last round)` said that nothing is left.

        With a clock a core that is done starts anew; without one all wait for each other, so
        that the same effort gives the same roster.
        """
        self.near.shares.clear()
        running: dict[Future[Closed], Round] = {}
        more = left(best, 0.0)
        with ThreadPoolExecutor(cores) as pool:
            while more > 0 or running:
                while more > 0 and len(running) < cores:
                    dives = self._is_time_to_dive(running, cores)
                    draw = self._dive if dives else self._draw
                    task, close = draw(best, level, Limit(more, timed=timed))
                    running[pool.submit(close)] = task
                done, _ = wait(running, return_when=FIRST_COMPLETED if timed else "ALL_COMPLETED")
                for future in sorted(done, key=lambda f: running[f].turn):
                    task, closed = running.pop(future), future.result()
                    best = self._merged(best, task, closed)
                    more = min(left(best, closed.effort), more)
        return best

    def _is_time_to_dive(self, running: dict[Future[Closed], Round], cores: int) -> bool:
        """Never two at once: the simplex keeps the interpreter to itself."""
        if self.diving is None or any(task.kind is None for task in running.values()):
            return False
        return cores > 1 or self.near.turn % 2 == 0

    def _dive(self, best: Found, level: int, limit: Limit) -> tuple[Round, Callable[[], Closed]]:
        diving = self.diving
        assert diving is not None
        self.near.turn += 1
        return Round(self.near.turn, None), lambda: diving.near(best, level, limit)

    def _draw(self, best: Found, level: int, limit: Limit) -> tuple[Round, Callable[[], Closed]]:
        kind, free = self.near.draw(self.ground, self._short(best, level))
        turn = self.near.turn
        most = ROUND_SECONDS if limit.timed else ROUND_EFFORT

        def close() -> Closed:
            short = Limit(min(most, limit.left()), timed=limit.timed)
            return self.closing.close(free, best, level, turn, short)

        return Round(turn, kind), close

    def _short(self, best: Found, level: int) -> Array:
        """The decisions that could lower what is missing at this level."""
        net = self.net
        missing = (
            (net.kind == SHORT) & (net.level == level) & (totals(net, best.values) > net.bound)
        )
        helpful = np.zeros(len(net.first) - 1, bool)
        helpful[net.row_literal[np.repeat(missing, np.diff(net.row_first))]] = True
        return np.flatnonzero(helpful[self.decided])

    def _merged(self, best: Found, task: Round, closed: Closed) -> Found:
        """The best with what the round changed; another round may have changed it meanwhile."""
        if task.kind is not None:
            self.near.learn(task.kind, finished=closed.finished)
        if closed.taken is None:
            return best
        taken = best.values[self.decided].copy()
        taken[closed.free] = closed.taken[closed.free]
        found = self.annealing.settled(taken)
        return found if found.better_than(best) else best
