"""The inner loop of the search for cheapest lines, compiled: from the ends back to the root."""

from __future__ import annotations

import numpy as np
from numba import njit

from scheduler.network import Array


@njit(cache=True, nogil=True)
def values(
    many: Array, node_first: Array, arc_first: Array, to: Array, arc: Array, taken: Array
) -> Array:
    """The least cost from each node to an end.

    `arc` is what each arc costs (none where empty), `taken[k]` the k-th decision's price, where
    the decisions of all layers stand one after the other.
    """
    layers = many.shape[0]
    least = np.zeros(node_first[layers + 1])
    free = arc.shape[0] == 0
    last = taken.shape[0]
    for layer in range(layers - 1, -1, -1):
        width = many[layer]
        last -= width - 1
        below = node_first[layer + 1]
        for node in range(node_first[layer + 1] - node_first[layer]):
            first = arc_first[layer] + node * width
            best = np.inf
            for k in range(width):
                end = to[first + k]
                if end >= 0:
                    cost = least[below + end]
                    if k > 0:
                        cost += taken[last + k - 1]
                    if not free:
                        cost += arc[first + k]
                    best = min(best, cost)
            least[node_first[layer] + node] = best
    return least


@njit(cache=True, nogil=True)
def cheapest(
    many: Array,
    node_first: Array,
    arc_first: Array,
    to: Array,
    arc: Array,
    taken: Array,
    least: Array,
    chosen: Array,
) -> None:
    """Which alternative the cheapest line takes in each layer; `least` as `values` gave it."""
    free = arc.shape[0] == 0
    node, last = 0, 0
    for layer in range(many.shape[0]):
        width = many[layer]
        first = arc_first[layer] + node * width
        best, pick = np.inf, 0
        for k in range(width):
            end = to[first + k]
            if end >= 0:
                cost = least[node_first[layer + 1] + end]
                if k > 0:
                    cost += taken[last + k - 1]
                if not free:
                    cost += arc[first + k]
                if cost < best:
                    best, pick = cost, k
        chosen[layer] = pick
        node = to[first + pick]
        last += width - 1
