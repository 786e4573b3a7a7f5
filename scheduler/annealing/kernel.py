"""The inner loop of the annealing, compiled: flips that travel along rows, moves, acceptance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit

from scheduler.moments import DAY_MINUTES
from scheduler.network import (
    CONDITION,
    DEFINITION,
    EXCLUSIVE,
    HARD,
    SHORT,
    Array,
)

MOST_FLIPS = 256
LOOKED_AT = 12  # decisions, in search of one that is wanted
LONGEST_MARGIN_MINUTES = 12 * 60  # around a duty that somebody takes over, drawn anew each time


_Compiled = TypeVar("_Compiled", bound=Callable[..., Any])
_UNCOUNTED: Any = {"_nrt": False}


def bare(function: _Compiled) -> _Compiled:
    """Compiles what allocates nothing, so that no array need be counted while it is handed on.

    A call hands on some thirty arrays: to count them took most of the time (docs/decisions/0008).
    """
    compiled: Any = njit(cache=True, nogil=True, **_UNCOUNTED)(function)
    return cast(_Compiled, compiled)


# These are defined here, and not with the network: compiled code is kept beside this file, and
# has to be compiled anew whenever what it is handed changes.
class Net(NamedTuple):
    """The columns of a network that a flip reads."""

    first: Array
    entry_row: Array
    entry_times: Array
    kind: Array
    bound: Array
    scale: Array
    target: Array
    price: Array
    level: Array
    step_first: Array
    step_cost: Array
    linear: Array


class Ground(NamedTuple):
    """The decisions: who, where, when; and how to get from a unit or duty to its decisions."""

    unit: Array
    duty: Array
    starts: Array
    ends: Array
    literal: Array
    of_unit_first: Array
    of_unit: Array
    of_duty_first: Array
    of_duty: Array
    pair: Array  # unit x duty: the decision, or -1


class State(NamedTuple):
    """What a chain has reached; `on` lists the taken decisions, `place` is where each stands."""

    value: Array
    total: Array
    unmet: Array  # of a choice: its conditions that fail
    cost: Array  # column 0: penalties of the law; then the levels
    on: Array
    place: Array
    many: Array  # [0]: how many are on
    unit_on: Array  # unit x k: its taken decisions, `unit_many[unit]` of them
    unit_place: Array  # of a taken decision: its k
    unit_many: Array
    best: Array  # value of each decision in the best lawful roster
    best_cost: Array
    queue: Array
    flips: Array
    log: Array  # decisions that changed since the best
    logged: Array  # [0]: how many; -1: too many to tell


@bare
def row_cost(net: Net, row: int, total: int) -> int:
    """What a row costs at a total."""
    kind = net.kind[row]
    if kind == HARD:
        over = total - net.bound[row]
        return 0 if over <= 0 else int(1 + (over - 1) // net.scale[row])
    if kind == SHORT:
        over = total - net.bound[row]
        return 0 if over <= 0 else int((1 + (over - 1) // net.scale[row]) * net.price[row])
    return int(net.step_cost[net.step_first[row] + total])


@bare
def flip(net: Net, state: State, literal: int) -> None:
    """Flips a literal and all that depends on it."""
    value, total, queue, unmet, cost = (
        state.value,
        state.total,
        state.queue,
        state.unmet,
        state.cost,
    )
    first, entry_row, entry_times, kinds = net.first, net.entry_row, net.entry_times, net.kind
    bounds, scales, targets, prices, levels = (
        net.bound,
        net.scale,
        net.target,
        net.price,
        net.level,
    )
    step_first, step_cost, linear = net.step_first, net.step_cost, net.linear
    queue[0] = literal
    head, tail = 0, 1
    while head < tail:
        x = queue[head]
        head += 1
        change = 1 - 2 * value[x]
        value[x] += change
        for level in range(1, cost.shape[0]):
            cost[level] += linear[x, level] * change
        for k in range(first[x], first[x + 1]):
            row = entry_row[k]
            old = total[row]
            new = old + entry_times[k] * change
            total[row] = new
            kind = kinds[row]
            bound = bounds[row]
            if kind == HARD:
                if old > bound:
                    cost[0] -= 1 + (old - bound - 1) // scales[row]
                if new > bound:
                    cost[0] += 1 + (new - bound - 1) // scales[row]
            elif kind == DEFINITION or kind == EXCLUSIVE:
                if (old > 0) != (new > 0):
                    queue[tail] = targets[row]
                    tail += 1
            elif kind == CONDITION:
                if (old > bound) != (new > bound):
                    target = targets[row]
                    before = unmet[target]
                    after = before + (1 if new > bound else -1)
                    unmet[target] = after
                    if (before == 0) != (after == 0):
                        queue[tail] = target
                        tail += 1
            elif kind == SHORT:
                over = (max(new - bound, 0) + scales[row] - 1) // scales[row]
                over -= (max(old - bound, 0) + scales[row] - 1) // scales[row]
                cost[levels[row]] += over * prices[row]
            else:
                at = step_first[row]
                cost[levels[row]] += step_cost[at + new] - step_cost[at + old]


@njit(cache=True, nogil=True)
def settle(net: Net, state: State, choices: Array) -> None:
    """Brings values, sums and costs in line with an empty roster."""
    for row in range(net.kind.shape[0]):
        if net.kind[row] == CONDITION and state.total[row] > net.bound[row]:
            state.unmet[net.target[row]] += 1
    raised = np.zeros(state.value.shape[0], np.int8)
    for row in range(net.kind.shape[0]):
        kind = net.kind[row]
        if kind == DEFINITION or kind == EXCLUSIVE:
            raised[net.target[row]] = state.total[row] > 0
        elif kind != CONDITION:
            state.cost[net.level[row]] += row_cost(net, row, state.total[row])
    for choice in choices:
        if state.unmet[choice] == 0:
            raised[choice] = 1
    for literal in range(raised.shape[0]):
        if raised[literal]:
            flip(net, state, literal)


@bare
def toggle(net: Net, ground: Ground, state: State, decision: int) -> None:
    flip(net, state, ground.literal[decision])
    on, place, many = state.on, state.place, state.many
    unit = ground.unit[decision]
    if place[decision] < 0:
        place[decision] = many[0]
        on[many[0]] = decision
        many[0] += 1
        state.unit_place[decision] = state.unit_many[unit]
        state.unit_on[unit, state.unit_many[unit]] = decision
        state.unit_many[unit] += 1
    else:
        many[0] -= 1
        last = on[many[0]]
        on[place[decision]] = last
        place[last] = place[decision]
        place[decision] = -1
        state.unit_many[unit] -= 1
        last = state.unit_on[unit, state.unit_many[unit]]
        state.unit_on[unit, state.unit_place[decision]] = last
        state.unit_place[last] = state.unit_place[decision]


@bare
def clear_way(net: Net, ground: Ground, state: State, decision: int, margin: int, n: int) -> int:
    """Drops what the unit does within `margin` minutes of a decision, which is then taken."""
    unit = ground.unit[decision]
    begins, ends = ground.starts[decision] - margin, ground.ends[decision] + margin
    for k in range(state.unit_many[unit] - 1, -1, -1):
        other = state.unit_on[unit, k]
        if ground.starts[other] < ends and ground.ends[other] > begins and other != decision:
            n = do(net, ground, state, other, n)
    return do(net, ground, state, decision, n)


@bare
def do(net: Net, ground: Ground, state: State, decision: int, n: int) -> int:
    if n >= MOST_FLIPS:
        return n
    toggle(net, ground, state, decision)
    state.flips[n] = decision
    return n + 1


@bare
def any_on(state: State) -> int:
    return int(state.on[np.random.randint(state.many[0])])


@bare
def any_of_unit(ground: Ground, unit: int) -> int:
    first, last = ground.of_unit_first[unit], ground.of_unit_first[unit + 1]
    return int(ground.of_unit[np.random.randint(first, last)]) if last > first else -1


@bare
def any_of_duty(ground: Ground, duty: int) -> int:
    first, last = ground.of_duty_first[duty], ground.of_duty_first[duty + 1]
    return int(ground.of_duty[np.random.randint(first, last)]) if last > first else -1


@bare
def exchange(net: Net, ground: Ground, state: State, one: int, other: int, n: int) -> int:
    """Two units take each other's duty, if both may."""
    a, b = ground.unit[one], ground.unit[other]
    d, e = ground.duty[one], ground.duty[other]
    ae, bd = ground.pair[a, e], ground.pair[b, d]
    if a == b or d == e or ae < 0 or bd < 0 or state.place[ae] >= 0 or state.place[bd] >= 0:
        return n
    n = do(net, ground, state, one, n)
    n = do(net, ground, state, other, n)
    n = do(net, ground, state, ae, n)
    return do(net, ground, state, bd, n)


@bare
def swap_stretch(
    net: Net, ground: Ground, state: State, a: int, b: int, begins: int, ends: int
) -> int:
    """Two units swap all that they do from one moment to another, as far as each may."""
    n = 0
    for k in range(ground.of_unit_first[a], ground.of_unit_first[a + 1]):
        x = ground.of_unit[k]
        if begins <= ground.starts[x] < ends:
            y = ground.pair[b, ground.duty[x]]
            if y >= 0 and (state.place[x] >= 0) != (state.place[y] >= 0):
                n = do(net, ground, state, x, n)
                n = do(net, ground, state, y, n)
    return n


@bare
def propose(net: Net, ground: Ground, state: State, margin: int) -> int:
    """One move; returns how many decisions it flipped."""
    draw = np.random.random()
    if state.many[0] == 0 or draw < 0.12:  # somebody more
        return clear_way(net, ground, state, off(net, ground, state), margin, 0)
    x = any_on(state)
    if draw < 0.17:  # somebody less
        return do(net, ground, state, x, 0)
    if draw < 0.42:  # the unit elsewhere, at any time or near
        unit = ground.unit[x]
        y = any_of_unit(ground, unit)
        for _ in range(8):
            if draw < 0.25 or abs(ground.starts[y] - ground.starts[x]) < DAY_MINUTES:
                break
            y = any_of_unit(ground, unit)
        if state.place[y] >= 0:
            return 0
        n = do(net, ground, state, x, 0)
        return clear_way(net, ground, state, y, margin, n)
    y = any_of_duty(ground, ground.duty[x])
    if draw < 0.62:  # another unit instead
        if state.place[y] >= 0:
            return 0
        n = do(net, ground, state, x, 0)
        return clear_way(net, ground, state, y, margin, n)
    b = ground.unit[y]
    if draw < 0.85:  # two units exchange duties
        if state.unit_many[b] == 0:
            return 0
        other = state.unit_on[b, np.random.randint(state.unit_many[b])]
        return exchange(net, ground, state, x, other, 0)
    if draw < 0.93:  # two units swap days
        length = DAY_MINUTES * np.random.randint(1, 9)
        begins = ground.starts[x] - np.random.randint(0, length)
        return swap_stretch(net, ground, state, ground.unit[x], b, begins, begins + length)
    y = off(net, ground, state)  # two at once to where somebody is missing
    z = any_of_duty(ground, ground.duty[y])
    n = clear_way(net, ground, state, y, margin, 0)
    if state.place[z] < 0 and ground.unit[z] != ground.unit[y]:
        n = clear_way(net, ground, state, z, margin, n)
    return n


@bare
def off(net: Net, ground: Ground, state: State) -> int:
    """A decision not taken, if possible one that would lessen a shortage."""
    y = np.random.randint(ground.unit.shape[0])
    for _ in range(LOOKED_AT):
        if state.place[y] < 0 and is_wanted(net, state, ground.literal[y]):
            break
        y = np.random.randint(ground.unit.shape[0])
    return y


@bare
def is_wanted(net: Net, state: State, literal: int) -> bool:
    """Whether the literal would lessen a shortage."""
    for k in range(net.first[literal], net.first[literal + 1]):
        row = net.entry_row[k]
        if net.kind[row] == SHORT and net.entry_times[k] < 0 and state.total[row] > net.bound[row]:
            return True
    return False


@bare
def drop_unlawful(net: Net, ground: Ground, state: State) -> None:
    """Takes off duty, one by one or a duty at a time, whoever leaves fewer breaches behind."""
    for whole in (False, True, False):
        k = state.many[0] - 1
        while k >= 0 and state.cost[0] > 0:
            k = min(k, state.many[0] - 1)
            before, n = state.cost[0], 0
            duty = ground.duty[state.on[k]]
            if whole:
                for j in range(ground.of_duty_first[duty], ground.of_duty_first[duty + 1]):
                    if state.place[ground.of_duty[j]] >= 0:
                        n = do(net, ground, state, ground.of_duty[j], n)
            else:
                n = do(net, ground, state, state.on[k], n)
            if state.cost[0] >= before:
                for j in range(n - 1, -1, -1):
                    toggle(net, ground, state, state.flips[j])
            k -= 1


@bare
def better(cost: Array, best: Array) -> bool:
    if cost[0] > 0:
        return False
    for level in range(1, cost.shape[0]):
        if cost[level] != best[level]:
            return bool(cost[level] < best[level])
    return False


@bare
def keep(ground: Ground, state: State) -> None:
    """The state is the best so far: only what changed since the last best is written."""
    if state.logged[0] < 0:
        for decision in range(ground.unit.shape[0]):
            state.best[decision] = state.place[decision] >= 0
    else:
        for k in range(state.logged[0]):
            decision = state.log[k]
            state.best[decision] = state.place[decision] >= 0
    state.logged[0] = 0
    for level in range(state.cost.shape[0]):
        state.best_cost[level] = state.cost[level]


@njit(cache=True, nogil=True)
def chain(
    net: Net, ground: Ground, state: State, seed: int, weights: Array, heat: Array, moves: int
) -> int:
    """So many moves while the temperature falls from `heat[0]` to `heat[1]`; how many held."""
    np.random.seed(seed)
    held = 0
    before = np.empty_like(state.cost)
    temperature = heat[0]
    fall = (heat[1] / heat[0]) ** (1.0 / max(moves // 256, 1))
    for step in range(moves):
        if step & 255 == 255:
            temperature *= fall
        before[:] = state.cost
        n = propose(net, ground, state, np.random.randint(LONGEST_MARGIN_MINUTES))
        if n == 0:
            continue
        change = 0.0
        for level in range(before.shape[0]):
            change += weights[level] * (state.cost[level] - before[level])
        if change > 0 and np.random.random() >= np.exp(-change / temperature):
            for k in range(n - 1, -1, -1):
                toggle(net, ground, state, state.flips[k])
            continue
        held += 1
        if state.logged[0] >= 0:
            for k in range(n):
                if state.logged[0] == state.log.shape[0]:
                    state.logged[0] = -1
                    break
                state.log[state.logged[0]] = state.flips[k]
                state.logged[0] += 1
        if better(state.cost, state.best_cost):
            keep(ground, state)
    return held


@njit(cache=True, nogil=True)
def sample(net: Net, ground: Ground, state: State, seed: int, moves: int) -> Array:
    """What so many moves from here would change in each column of the cost."""
    np.random.seed(seed)
    changes = np.zeros((moves, state.cost.shape[0]), np.int64)
    before = state.cost.copy()
    for step in range(moves):
        n = propose(net, ground, state, np.random.randint(LONGEST_MARGIN_MINUTES))
        changes[step] = state.cost - before
        for k in range(n - 1, -1, -1):
            toggle(net, ground, state, state.flips[k])
    return changes
