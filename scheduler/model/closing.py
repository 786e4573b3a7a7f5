"""Closes a part of a roster: CP-SAT finds the best for some decisions while the rest stays."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from scheduler.found import Found
from scheduler.model.aggregate import totals_of
from scheduler.model.build import RosterModel
from scheduler.network import Array, Network
from scheduler.statement import Statement

LEAST_EFFORT = 0.05  # a part costs something even where there is nothing to do


@dataclass(frozen=True, slots=True)
class Closed:
    """Who is on duty in the part `free` of the decisions (`taken` None: nothing was found)."""

    free: Array
    taken: Array | None
    finished: bool  # nothing better is in reach there
    effort: float


class Limit:
    """So many seconds from now on, or so much effort where there is no clock."""

    def __init__(self, amount: float, *, timed: bool) -> None:
        self.amount, self.timed = amount, timed
        self.spent = 0.0
        self._began = time.monotonic()

    def spend(self, effort: float) -> None:
        self.spent += effort

    def left(self) -> float:
        return self.amount - (time.monotonic() - self._began if self.timed else self.spent)


class Closing:
    """Of one problem."""

    def __init__(self, statement: Statement, net: Network) -> None:
        self.net = net
        self.decided = np.array([d.taken for d in statement.decisions], np.int64)
        self.totals = totals_of(net)

    def close(self, free: Array, start: Found, level: int, seed: int, limit: Limit) -> Closed:
        """`free` marks decisions; levels before `level` may cost no more than at the start."""
        among = np.zeros(len(start.values), bool)
        among[self.decided[free]] = True
        built = RosterModel(self.net, among, start.values, totals=self.totals)
        for before in range(1, level):
            built.hold(before, int(start.cost[before]))
        built.minimise(level)
        built.hint(start.values)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        if limit.timed:
            solver.parameters.max_time_in_seconds = max(limit.left(), 0.01)
        else:
            solver.parameters.max_deterministic_time = max(limit.left(), 0.01)
        status = solver.solve(built.model)
        finished = status == cp_model.OPTIMAL
        spent = LEAST_EFFORT + solver.deterministic_time
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Closed(free, None, finished, spent)
        values = start.values.copy()
        values[built.literals] = list(solver.response_proto.solution)[: len(built.literals)]
        return Closed(free, values[self.decided], finished, spent)
