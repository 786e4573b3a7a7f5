"""Search near the best roster: rounds that free a part of it and let CP-SAT close that part."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from scheduler.annealing.anneal import Annealing
from scheduler.found import Found
from scheduler.model.aggregate import totals_of
from scheduler.model.build import RosterModel
from scheduler.model.neighbourhood import Draw, Ground, Neighbourhoods
from scheduler.network import SHORT, Array, Network, totals
from scheduler.statement import Statement

ROUND_SECONDS = 0.45  # of solving; a round that takes longer is too large
ROUND_EFFORT = 0.35
LEAST_EFFORT = 0.05  # a round costs something even where there is nothing to do


@dataclass(frozen=True, slots=True)
class Round:
    """One part of a roster, freed: what to solve, and from where."""

    kind: Draw
    free: Array
    start: Found
    level: int
    seed: int
    left: float


@dataclass(frozen=True, slots=True)
class Closed:
    """What a round gave: who is on duty (None: nothing), whether nothing better is in reach."""

    taken: Array | None
    finished: bool
    effort: float


class Rounds:
    """Rounds on as many cores as there are, each from the best roster of its time."""

    def __init__(
        self, statement: Statement, net: Network, annealing: Annealing, seed: int
    ) -> None:
        self.net, self.annealing = net, annealing
        self.decided = np.array([d.taken for d in statement.decisions], np.int64)
        self.ground = Ground(statement.decisions)
        self.totals = totals_of(net)
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
                    task = self._draw(best, level, more)
                    running[pool.submit(self._close, task, timed)] = task
                done, _ = wait(running, return_when=FIRST_COMPLETED if timed else "ALL_COMPLETED")
                for future in sorted(done, key=lambda f: running[f].seed):
                    task, closed = running.pop(future), future.result()
                    best = self._merged(best, task, closed)
                    more = min(left(best, closed.effort), more)
        return best

    def _draw(self, best: Found, level: int, left: float) -> Round:
        kind, free = self.near.draw(self.ground, self._short(best, level))
        return Round(kind, free, best, level, self.near.turn, left)

    def _short(self, best: Found, level: int) -> Array:
        """The decisions that could lower what is missing at this level."""
        net = self.net
        missing = (
            (net.kind == SHORT) & (net.level == level) & (totals(net, best.values) > net.bound)
        )
        helpful = np.zeros(len(net.first) - 1, bool)
        helpful[net.row_literal[np.repeat(missing, np.diff(net.row_first))]] = True
        return np.flatnonzero(helpful[self.decided])

    def _close(self, task: Round, timed: bool) -> Closed:
        free = np.zeros(len(task.start.values), bool)
        free[self.decided[task.free]] = True
        built = RosterModel(self.net, free, task.start.values, totals=self.totals)
        for level in range(1, task.level):
            built.hold(level, int(task.start.cost[level]))
        built.minimise(task.level)
        built.hint(task.start.values)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = task.seed
        if timed:
            solver.parameters.max_time_in_seconds = min(ROUND_SECONDS, task.left)
        else:
            solver.parameters.max_deterministic_time = min(ROUND_EFFORT, task.left)
        status = solver.solve(built.model)
        finished = status == cp_model.OPTIMAL
        spent = LEAST_EFFORT + solver.deterministic_time
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Closed(None, finished, spent)
        values = task.start.values.copy()
        values[built.literals] = list(solver.response_proto.solution)[: len(built.literals)]
        return Closed(values[self.decided], finished, spent)

    def _merged(self, best: Found, task: Round, closed: Closed) -> Found:
        """The best with what the round changed; another round may have changed it meanwhile."""
        self.near.learn(task.kind, finished=closed.finished)
        if closed.taken is None:
            return best
        taken = best.values[self.decided].copy()
        taken[task.free] = closed.taken[task.free]
        found = self.annealing.settled(taken)
        return found if found.better_than(best) else best
