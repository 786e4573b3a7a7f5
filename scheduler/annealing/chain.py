"""One chain of annealing: a state, its temperature, and the best lawful roster seen."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from scheduler.annealing import kernel
from scheduler.annealing.kernel import MOST_FLIPS, Ground, Net, State
from scheduler.found import Found
from scheduler.network import Array, Network
from scheduler.statement import Statement

NEVER = np.iinfo(np.int64).max
RATIO = 6.0  # a typical change of a level weighs so many of the next level
HOT, COLD = 0.35, 0.3  # against a typical change of the first level, a small one of the last
LAW_AT_LAST = 8.0  # what breaks a rule weighs so many times more when all is cold
SLICE_SECONDS, SLICES = 0.1, 100  # of moves at one temperature
SAMPLE = 4000
WILD, STIRRED = 30.0, 20_000


def ground_of(statement: Statement, members: Array) -> Ground:
    """Some decisions of a statement, by their positions, for the compiled moves."""
    problem = statement.problem
    decisions = [statement.decisions[k] for k in members]
    unit_at = {unit.id: k for k, unit in enumerate(problem.units)}
    duty_at = {duty.id: k for k, duty in enumerate(problem.duties)}
    unit = np.array([unit_at[d.unit.id] for d in decisions], np.int32)
    duty = np.array([duty_at[d.duty.id] for d in decisions], np.int32)
    starts = np.array([d.duty.reports_at for d in decisions], np.int64)
    pair = np.full((len(problem.units), len(problem.duties)), -1, np.int32)
    pair[unit, duty] = np.arange(len(decisions))
    return Ground(
        unit=unit,
        duty=duty,
        starts=starts,
        ends=np.array([d.duty.released_at for d in decisions], np.int64),
        literal=np.array([d.taken for d in decisions], np.int32),
        of_unit_first=_firsts(unit, len(problem.units)),
        of_unit=np.lexsort((starts, unit)).astype(np.int32),
        of_duty_first=_firsts(duty, len(problem.duties)),
        of_duty=np.argsort(duty, kind="stable").astype(np.int32),
        pair=pair,
    )


def _firsts(of: Array, size: int) -> Array:
    return np.concatenate(([0], np.cumsum(np.bincount(of, minlength=size)))).astype(np.int64)


class Chain:
    """One state of a whole roster, in which some decisions (`members`) are moved about."""

    def __init__(
        self,
        statement: Statement,
        net: Network,
        members: Array,
        seed: int,
        settled: Array | None = None,
    ) -> None:
        """`settled`: the values of literals that no row of the network can change."""
        ground = ground_of(statement, members)
        self.net = Net(*(getattr(net, name) for name in Net._fields))
        self.ground, self.members, self.seed = ground, members, seed
        size, count = statement.size, len(members)
        most = int(np.diff(ground.of_unit_first).max(initial=0))
        self.state = State(
            value=np.zeros(size, np.int8) if settled is None else settled.astype(np.int8),
            total=net.sums.copy(),
            unmet=np.zeros(size, np.int32),
            cost=net.constant.copy(),
            on=np.zeros(count, np.int32),
            place=np.full(count, -1, np.int32),
            many=np.zeros(1, np.int64),
            unit_on=np.zeros((len(ground.of_unit_first), most), np.int32),
            unit_place=np.zeros(count, np.int32),
            unit_many=np.zeros(len(ground.of_unit_first), np.int32),
            best=np.zeros(count, np.int8),
            best_cost=np.full(net.constant.shape[0], NEVER),
            queue=np.zeros(65536, np.int32),
            flips=np.zeros(MOST_FLIPS + 2, np.int32),
            log=np.zeros(max(count // 4, 1024), np.int32),
            logged=np.full(1, -1, np.int64),
        )
        choices = np.array(sorted(statement.choices.values()), np.int32)
        kernel.settle(self.net, self.state, choices)

    def load(self, taken: Array) -> Found:
        """Moves to the roster in which the k-th member is taken where `taken[k]`."""
        for decision in np.flatnonzero((self.state.place >= 0) != (taken != 0)):
            kernel.toggle(self.net, self.ground, self.state, int(decision))
        self.state.logged[0] = -1
        return Found(self.state.value.copy(), self.state.cost.copy())

    def start_from(self, found: Found, decided: Array) -> None:
        """Moves all there, those that are not members too; the best so far is forgotten."""
        others = np.setdiff1d(decided, self.ground.literal)
        for literal in others[self.state.value[others] != found.values[others]]:
            kernel.flip(self.net, self.state, int(literal))
        self.load(found.values[self.ground.literal])
        self.state.best_cost[:] = NEVER
        if self.state.cost[0] == 0:
            kernel.keep(self.ground, self.state)

    def found(self) -> Found:
        """The best lawful roster seen; else the present one, made lawful where dropping helps."""
        if self.state.best_cost[0] == 0:
            return self.load(self.state.best.copy())
        return self.mended()

    def mended(self) -> Found:
        """The present roster without those whose leaving mends a breach."""
        kernel.drop_unlawful(self.net, self.ground, self.state)
        return Found(self.state.value.copy(), self.state.cost.copy())

    def move(self, weights: Array, hot: float, cold: float, moves: int) -> None:
        self.seed = (self.seed * 16807 + 12345) % 2147483647
        heat = np.array([hot, cold])
        kernel.chain(self.net, self.ground, self.state, self.seed, weights, heat, moves)

    def anneal(self, scale: Scale, seconds: float | None, moves: int) -> None:
        """Cools down over so many seconds, or so many moves where there is no clock."""
        began, share, size = (
            time.monotonic(),
            0.0,
            2000 if seconds is not None else moves // SLICES,
        )
        while share < 1.0:
            heat, before = scale.at(share), time.monotonic()
            self.move(scale.weights_at(share), heat, heat, size)
            took = max(time.monotonic() - before, 1e-6)
            if seconds is None:
                share += 1 / SLICES
            else:
                size = int(min(max(size * SLICE_SECONDS / took, 200), 4 * size))
                share = (time.monotonic() - began) / max(seconds, 1e-6)

    def stir(self) -> None:
        """So many wild moves, that the chain comes to know what moves change."""
        self.move(np.ones(len(self.state.cost)), WILD, WILD, STIRRED)

    def scale(self, heat: float = 1.0) -> Scale:
        """Weights and temperatures from how much the moves of a sample change each level."""
        changes = kernel.sample(self.net, self.ground, self.state, self.seed, SAMPLE)
        sizes = [np.abs(column[column != 0]) for column in changes.T]
        levels = len(sizes) - 1
        typical = [float(np.median(s)) if len(s) else 1.0 for s in sizes]
        weights = np.array([RATIO ** (levels - k) / typical[k] for k in range(levels + 1)])
        weights[0] = RATIO ** (levels - 1)
        small = float(np.quantile(sizes[-1], 0.1)) if len(sizes[-1]) else 1.0
        cold = COLD * small * weights[-1]
        return Scale(weights, max(HOT * heat * RATIO ** (levels - 1), 2 * cold), cold)


@dataclass(frozen=True, slots=True)
class Scale:
    """The weight of each column of the cost, and from what to what the temperature falls."""

    weights: Array
    hot: float
    cold: float

    def weights_at(self, share: float) -> Array:
        """What breaks a rule weighs more and more, so that a large roster ends lawful."""
        weights = self.weights.copy()
        weights[0] *= LAW_AT_LAST ** min(share, 1.0)
        return weights

    def at(self, share: float) -> float:
        return float(self.hot * (self.cold / self.hot) ** min(share, 1.0))
