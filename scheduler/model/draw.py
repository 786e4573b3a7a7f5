"""Draws a roster from those near the best: random directions, one part after the other.

Each round frees a part of the roster, gives every decision there a random price, and goes to the
roster that is best by these prices alone, among those that the rules and the distance allow. No
level may cost more than allowed, and nobody is called for more working time in all than in the
best roster: a draw moves people about, it does not call more of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from ortools.sat.python import cp_model

from scheduler.annealing.anneal import Annealing
from scheduler.model.build import NO_LEAST, RosterModel, roster_of
from scheduler.model.neighbourhood import Ground, Neighbourhoods
from scheduler.network import Array, network
from scheduler.problem import RosterProblem
from scheduler.roles import with_roles
from scheduler.roster import Roster, Score
from scheduler.seal import Drawn, Given, Seal
from scheduler.statement import stated

ROUND_EFFORT = 0.05  # of solving: many small parts move more people than a few large ones
LEAST_EFFORT = 0.01  # a round costs something even where there is nothing to do
PRICES = 1000  # a decision is wanted or unwanted by up to so much
NOWHERE = np.zeros(0, np.int64)
Judged = Callable[[Roster], Score]


class Draw:
    """One draw: where it stands, what it may cost, and what is left to draw.

    The allowance is given out as the effort is spent, lest the first parts take all of it.
    """

    def __init__(self, problem: RosterProblem, best: Roster, seal: Seal, judged: Judged) -> None:
        self.problem, self.best, self.seal, self.judged = problem, best, seal, judged
        self.rng = np.random.default_rng(int(seal.seed, 16))
        self.statement = stated(problem)
        self.net = network(self.statement)
        decisions = self.statement.decisions
        self.decided = np.array([d.taken for d in decisions], np.int64)
        self.ground, self.near = Ground(decisions), Neighbourhoods(self.rng)
        self.minutes = np.array(
            [d.duty.span.minutes * problem.persons(d.unit, d.duty) for d in decisions], np.int64
        )
        taken = np.array([(d.unit.id, d.duty.id) in best.pairs for d in decisions], np.int8)
        self.values = Annealing(self.statement, self.net, 1, 1).settled(taken).values
        self.work = int(self.minutes @ taken)
        self.costs = judged(best).levels
        self.spent = 0.0

    def run(self) -> Drawn:
        roster, costs = self.best, self.costs
        while self.spent < self.seal.effort and len(self.decided):
            values = self._round()
            if (values != self.values)[self.decided].any():
                self.values, roster = values, self._roster(values)
                costs = self.judged(roster).levels
        levels = tuple(
            Given(level, best, drawn, best + self._allowance(level, best))
            for (level, best), (_, drawn) in zip(self.costs, costs, strict=True)
        )
        moved = len(self.best.pairs - roster.pairs)
        return Drawn(roster, self.seal.commitment(), levels, moved)

    def _allowance(self, level: int, best: int) -> int:
        """By how much a level may cost more than in the best roster, in all."""
        gives = level in self.seal.giving or level == self.costs[-1][0]
        return math.floor(best * self.seal.within_percent / 100) if gives else 0

    def _round(self) -> Array:
        """The values of all literals after one more part was drawn."""
        kind, free = self.near.draw(self.ground, NOWHERE)
        built = self._model(free)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.near.turn
        solver.parameters.max_deterministic_time = ROUND_EFFORT
        status = solver.solve(built.model)
        self.spent += LEAST_EFFORT + solver.deterministic_time
        self.near.learn(kind, finished=status == cp_model.OPTIMAL)
        values = self.values.copy()
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            values[built.literals] = list(solver.response_proto.solution)[: len(built.literals)]
        return values

    def _model(self, free: Array) -> RosterModel:
        """The freed part, within the distance given out so far, towards random prices."""
        given_out = self.spent / self.seal.effort
        built = RosterModel(self.net, self._literals(free), self.values)
        for column, (level, best) in enumerate(self.costs, 1):
            built.hold(column, best + math.floor(given_out * self._allowance(level, best)))
        variables = built.variable[self.decided[free]].tolist()
        here, elsewhere = self.minutes[free], int(self.minutes[~free] @ self._taken[~free])
        row = built.proto.constraints.add().linear
        row.vars.extend(variables)
        row.coeffs.extend(here.tolist())
        row.domain.extend([NO_LEAST, self.work - elsewhere])
        objective = built.proto.objective
        objective.vars.extend(variables)
        objective.coeffs.extend(self.rng.integers(-PRICES, PRICES, len(variables)).tolist())
        built.hint(self.values)
        return built

    def _literals(self, free: Array) -> Array:
        literals = np.zeros(len(self.values), bool)
        literals[self.decided[free]] = True
        return literals

    @property
    def _taken(self) -> Array:
        return self.values[self.decided]

    def _roster(self, values: Array) -> Roster:
        return with_roles(self.problem, roster_of(self.statement, values[self.decided]))


def draw(problem: RosterProblem, best: Roster, seal: Seal, judged: Judged) -> Drawn:
    """`judged` scores every roster on the way, and refuses, by raising, what breaks a rule."""
    return Draw(problem, best, seal, judged).run()
