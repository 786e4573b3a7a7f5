"""All lawful lines of a unit as the paths of a diagram, layer by layer.

A state is what the rows that are still open have summed up; states from which the same is
possible are one (top down while it is made, bottom up when it is done). Every path from the root
is a lawful line, and every lawful line is a path: an exact multivalued decision diagram (Hooker
2013; Bergman, Cire, van Hoeve and Hooker 2016).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.lines.own import Own, limits
from scheduler.network import CONDITION, HARD, SHORT, STEPS, Array, Network

MOST_STATES = 20_000  # in one layer; a unit with more has no diagram


@dataclass(frozen=True, slots=True)
class Diagram:
    """Nodes of layer t stand at `node_first[t]:node_first[t + 1]`; each has `many[t]` arcs.

    An arc's place is `arc_first[t] + node * many[t] + k`: k = 0 takes nothing, k > 0 the k-th
    decision of the layer. `to` is the node in the next layer (-1: unlawful). `extra` is what an
    arc costs in each channel beyond what its decision costs.
    """

    layers: tuple[tuple[int, ...], ...]
    many: Array
    node_first: Array
    arc_first: Array
    to: Array
    extra: Array  # arc x channel; no rows where nothing costs extra


class TooWide(Exception):
    """The unit has more states than are worth keeping."""


class NoLine(Exception):
    """Nothing that the unit does is lawful, so no roster is."""


class _Level:
    """One layer while the diagram is made: arcs as a table node x alternative."""

    def __init__(self, to: Array, extra: Array) -> None:
        self.to, self.extra = to, extra


def diagram(
    net: Network, own: Own, layers: Sequence[Sequence[int]], channels: Sequence[int]
) -> Diagram:
    """`layers` hold literals; channels are the levels, then these derived literals.

    Raises `TooWide`, `NoLine`.
    """
    made: list[_Level] = []
    there, sums = np.zeros(0, np.int64), np.zeros((1, 0), np.int64)
    for layer in range(len(layers)):
        step = _Step(net, own, layers[layer], layer, channels)
        level, there, sums = step.taken(there, sums)
        if len(sums) > MOST_STATES:
            raise TooWide
        if not len(sums):
            raise NoLine
        made.append(level)
    return _packed(_merged(made, len(sums)), layers)


class _Step:
    """What happens in one layer, to all states at once."""

    def __init__(
        self, net: Network, own: Own, literals: Sequence[int], layer: int, channels: Sequence[int]
    ) -> None:
        self.net, self.own, self.layer = net, own, layer
        self.rows = np.flatnonzero((own.first <= layer) & (own.last >= layer))
        place = {int(x): k for k, x in enumerate(own.literals)}
        self.decisions = [place[x] for x in literals]
        self.levels = len(net.constant) - 1
        self.channels = {place[x]: self.levels + k for k, x in enumerate(channels) if x in place}
        self.width = self.levels + len(channels)

    def taken(self, there: Array, sums: Array) -> tuple[_Level, Array, Array]:
        """Arcs from the states `sums` (of the rows `there`), and the states that they lead to."""
        own, many = self.own, len(self.decisions) + 1
        before = np.tile(own.base[self.rows], (len(sums), 1))
        before[:, np.searchsorted(self.rows, there)] = sums
        given = np.zeros((many, len(self.rows)), np.int64)
        given[1:] = own.times[self.decisions][:, self.rows]
        after = (before[:, None, :] + given).reshape(len(sums) * many, len(self.rows))
        extra = np.zeros((len(after), self.width), np.int64)
        self._derive(after, extra)
        alive = self._close(after, extra)
        open_rows = own.last[self.rows] > self.layer
        self._clip(after, alive, open_rows)
        kept = np.flatnonzero(alive)
        states, which = _distinct(after[kept][:, open_rows])
        to = np.full(len(after), -1, np.int64)
        to[kept] = which
        extra[~alive] = 0
        shape = (len(sums), many)
        level = _Level(to.reshape(shape), extra.reshape(*shape, self.width))
        return level, self.rows[open_rows], states

    def _derive(self, after: Array, extra: Array) -> None:
        """Decides what is known from now on, and counts it in the rows that speak of it."""
        own = self.own
        for literal, rows in own.decided:
            if own.known[literal] != self.layer:
                continue
            at = np.searchsorted(self.rows, rows)
            over = after[:, at] > own.bound[rows]
            holds = ~over.any(axis=1) if own.kind[rows[0]] == CONDITION else over[:, 0]
            times = own.times[literal, self.rows]
            for k in np.flatnonzero(times):
                after[:, k] += times[k] * holds
            extra[:, : self.levels] += np.outer(holds, self.net.linear[own.literals[literal], 1:])
            if literal in self.channels:
                extra[:, self.channels[literal]] += holds

    def _close(self, after: Array, extra: Array) -> Array:
        """Which arcs are lawful, by the rows that end here; what these cost."""
        own, net = self.own, self.net
        alive = np.ones(len(after), bool)
        for k in np.flatnonzero(own.last[self.rows] == self.layer):
            local = self.rows[k]
            row, kind = own.rows[local], own.kind[local]
            if kind == HARD:
                alive &= after[:, k] <= own.bound[local]
            elif kind == SHORT:
                over = np.maximum(after[:, k] - net.bound[row], 0)
                extra[:, net.level[row] - 1] += -(-over // net.scale[row]) * net.price[row]
            elif kind == STEPS:
                extra[:, net.level[row] - 1] += net.step_cost[net.step_first[row] + after[:, k]]
        return alive

    def _clip(self, after: Array, alive: Array, open_rows: Array) -> None:
        """Sums that make no difference any more become equal."""
        own, rows = self.own, self.rows[open_rows]
        lower, upper, lost = limits(own, self.layer, rows)
        sums = after[:, open_rows]
        alive &= (sums <= lost).all(axis=1)
        sums = np.clip(sums, lower, upper)
        for _, those in own.decided:
            if own.kind[those[0]] == CONDITION and len(those) > 1:
                at = np.flatnonzero(np.isin(rows, those))
                failed = (sums[:, at] >= upper[at]).any(axis=1)
                sums[np.ix_(failed, at)] = upper[at]
        after[:, open_rows] = sums


def _distinct(states: Array) -> tuple[Array, Array]:
    """The distinct rows, and which of them each row is."""
    if not len(states):
        return states, np.zeros(0, np.int64)
    factors = np.random.default_rng(states.shape[1]).integers(1, 2**63, states.shape[1])
    with np.errstate(over="ignore"):
        hashes = (states * (factors | 1)).sum(axis=1)
    _, firsts, which = np.unique(hashes, return_index=True, return_inverse=True)
    if not (states[firsts][which] == states).all():  # two states of one hash
        distinct, which = np.unique(states, axis=0, return_inverse=True)
        return distinct, which.reshape(-1)
    return states[firsts], which


def _merged(made: Sequence[_Level], ends: int) -> list[_Level]:
    """From the last layer to the first: nodes without a way out go, equal ones become one."""
    known = np.arange(ends)
    merged: list[_Level] = []
    for level in reversed(made):
        to = np.where(level.to >= 0, known[level.to], -1)
        extra = np.where(to[:, :, None] >= 0, level.extra, 0)
        many, width = level.extra.shape[1:]
        signature = np.concatenate((to, extra.reshape(len(to), many * width)), axis=1)
        lives = (to >= 0).any(axis=1)
        distinct, which = _distinct(signature[lives])
        known = np.full(len(to), -1)
        known[lives] = which
        shape = (len(distinct), many, width)
        merged.append(_Level(distinct[:, :many], distinct[:, many:].reshape(shape)))
    return merged[::-1]


def _packed(made: Sequence[_Level], layers: Sequence[Sequence[int]]) -> Diagram:
    sizes = [level.to.shape for level in made]
    nodes = [*(n for n, _ in sizes), 1]  # all lines end in one node
    extra = [
        level.extra.reshape(n * m, level.extra.shape[2])
        for level, (n, m) in zip(made, sizes, strict=True)
    ]
    together = np.concatenate(extra) if extra else np.zeros((0, 0), np.int64)
    return Diagram(
        layers=tuple(map(tuple, layers)),
        many=np.array([m for _, m in sizes], np.int64),
        node_first=np.concatenate(([0], np.cumsum(nodes))).astype(np.int64),
        arc_first=np.concatenate(([0], np.cumsum([n * m for n, m in sizes]))).astype(np.int64),
        to=np.concatenate([[], *(level.to.reshape(-1) for level in made)]).astype(np.int32),
        extra=together.astype(np.int32) if together.any() else together[:0].astype(np.int32),
    )
