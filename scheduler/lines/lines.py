"""The lines of one unit: the cheapest at any prices."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

import numpy as np

from scheduler.lines import kernel
from scheduler.lines.diagram import Diagram, diagram
from scheduler.lines.layers import layers
from scheduler.lines.own import own
from scheduler.lines.parting import Parting
from scheduler.network import Array, Network
from scheduler.statement import Statement

PENALTY = 1e7  # for a decision against a branch


@dataclass(frozen=True, slots=True)
class Line:
    """What a unit does: positions of decisions in the statement, what it costs by channel."""

    unit: int
    taken: tuple[int, ...]
    cost: tuple[int, ...]


class Lines:
    """All lines of one unit."""

    def __init__(
        self, unit: int, made: Diagram, positions: Array, linear: Array, levels: int
    ) -> None:
        self.unit, self.diagram = unit, made
        self.positions = positions  # of the decisions of all layers, one after the other
        self.linear = linear  # of these: what they cost in each channel
        self.levels = levels
        self._weights, self._arc = np.zeros(0), np.zeros(0)
        self.starts = np.concatenate(([0], np.cumsum(made.many - 1))).astype(np.int64)
        self._forced: frozenset[int] = frozenset()
        self._left: frozenset[int] = frozenset()
        self._penalty = np.zeros(len(positions))

    def branch(self, forced: frozenset[int], left: frozenset[int]) -> Lines:
        """The lines alone that take some decisions and leave others.

        Where there is none, the cheapest costs `PENALTY` more than any line does.
        """
        some = copy(self)
        some._forced, some._left = forced, left
        some._penalty = np.zeros(len(self.positions))
        layer = np.repeat(np.arange(len(self.diagram.many)), self.diagram.many - 1)
        place = {int(position): k for k, position in enumerate(self.positions)}
        for decision in left:
            some._penalty[place[decision]] += PENALTY
        for decision in forced:
            some._penalty[layer == layer[place[decision]]] += PENALTY
            some._penalty[place[decision]] -= 2 * PENALTY
        return some

    def has(self, line: Line) -> bool:
        taken = {*line.taken}
        return self._forced <= taken and not self._left & taken

    def cheapest(self, weights: Array, prices: Array) -> tuple[float, Line]:
        """At `weights` of the channels and a price for each decision of the statement."""
        d = self.diagram
        taken = prices[self.positions] + self.linear @ weights + self._penalty
        arc = self._arcs(weights)
        least = kernel.values(d.many, d.node_first, d.arc_first, d.to, arc, taken)
        chosen = np.zeros(len(d.many), np.int64)
        kernel.cheapest(d.many, d.node_first, d.arc_first, d.to, arc, taken, least, chosen)
        return float(least[0]) + PENALTY * len(self._forced), self.line(chosen)

    def _arcs(self, weights: Array) -> Array:
        """What arcs cost; weights seldom change."""
        if not np.array_equal(weights, self._weights):
            self._weights = weights.copy()
            self._arc = self.diagram.extra @ weights
        return self._arc

    def of(self, taken: Array) -> Line | None:
        """The line of a roster, in which the k-th decision is taken where `taken[k]`.

        None where the unit's part in the roster is unlawful.
        """
        d, node = self.diagram, 0
        there = taken[self.positions]
        chosen = np.zeros(len(d.many), np.int64)
        layer = np.repeat(np.arange(len(chosen)), d.many - 1)[there]
        chosen[layer] = np.flatnonzero(there) - self.starts[layer] + 1
        for k, pick in enumerate(chosen.tolist()):
            node = int(d.to[int(d.arc_first[k]) + node * int(d.many[k]) + pick])
            if node < 0:
                return None
        return self.line(chosen) if len({*layer.tolist()}) == len(layer) else None

    def line(self, chosen: Array) -> Line:
        """The line that takes the k-th alternative in each layer."""
        d, node = self.diagram, 0
        cost = np.zeros(self.linear.shape[1], np.int64)
        taken = []
        for layer, pick in enumerate(chosen.tolist()):
            arc = int(d.arc_first[layer]) + node * int(d.many[layer]) + pick
            if pick:
                taken.append(int(self.starts[layer]) + pick - 1)
            if len(d.extra):
                cost += d.extra[arc]
            node = int(d.to[arc])
        cost += self.linear[taken].sum(axis=0)
        return Line(self.unit, tuple(sorted(self.positions[taken].tolist())), tuple(cost.tolist()))


def lines_of(statement: Statement, net: Network, parting: Parting, unit: int) -> Lines:
    """Raises `TooWide`, `NoLine`."""
    taken = [decision.taken for decision in statement.decisions]
    ordered = layers(statement, parting.decisions[unit].tolist())
    literals = [[taken[k] for k in those] for those in ordered]
    channels = parting.told[unit].tolist()
    made = diagram(net, own(net, parting, unit, literals), literals, channels)
    flat = [x for those in literals for x in those]
    linear = np.zeros((len(flat), len(net.constant) - 1 + len(channels)), np.int64)
    linear[:, : len(net.constant) - 1] = net.linear[flat, 1:]
    positions = np.array([k for those in ordered for k in those], np.int64)
    return Lines(unit, made, positions, linear, len(net.constant) - 1)
