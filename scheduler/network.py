"""A statement as flat arrays: literals, rows over them, and what a row's sum decides.

Every clause becomes `sum <= bound`. A definition is a row whose sum decides a literal; so is
each condition of a choice, which is true exactly when all its conditions hold. Thus the
decisions alone fix every value. CP-SAT, the linear relaxation and the annealing read these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.statement import Each, Price, Short, Statement, Steps
from scheduler.terms import FALSE, TRUE, AnyOf, AtLeast, AtMost, AtMostOne, Clause, Literal, Term

Array = NDArray[Any]

HARD, DEFINITION, EXCLUSIVE, CONDITION, SHORT, STEPS = range(6)


class Network(NamedTuple):
    """Columns of rows, and the entries of the rows twice: by literal and by row.

    `first[x]:first[x + 1]` are the entries of literal x in `entry_row` and `entry_times`,
    `row_first[r]:row_first[r + 1]` those of row r in `row_literal` and `row_times`.
    """

    first: Array
    entry_row: Array
    entry_times: Array
    row_first: Array
    row_literal: Array
    row_times: Array
    kind: Array
    bound: Array  # of the row's sum
    scale: Array  # HARD, SHORT: every so much begun above the bound is one unit of its cost
    target: Array  # DEFINITION, EXCLUSIVE, CONDITION: the literal that it decides
    price: Array  # SHORT: of such a unit
    level: Array  # SHORT, STEPS: the position of the level, from 1; 0 is the law
    step_first: Array  # STEPS: where the costs of a row begin in `step_cost`
    step_count: Array  # STEPS: how many literals can be true at once
    step_cost: Array  # cost at a sum of 0, 1, 2, ...
    linear: Array  # literal x level: what it costs when true
    sums: Array  # of each row while every literal is false
    constant: Array  # cost of each level that nothing can change
    clause: Array  # HARD, CONDITION: the position of the clause in the statement, else -1


COLUMNS = (
    *("kind", "bound", "scale", "target", "price", "level"),
    *("step_first", "step_count", "sums", "clause"),
)


class _Rows:
    """Collects rows; a negated literal counts as one minus its opposite."""

    def __init__(self, size: int, levels: Sequence[int], choices: set[Literal]) -> None:
        self.choices = choices
        self.columns: dict[str, list[int]] = {
            name: []
            for name in (
                *("kind", "bound", "scale", "target", "price", "level"),
                *("sums", "clause", "row_first", "step_first", "step_count"),
            )
        }
        self.step_cost: list[int] = []
        self.literals: list[int] = []
        self.times: list[int] = []
        self.linear = np.zeros((size, len(levels) + 1), np.int64)
        self.constant = np.zeros(len(levels) + 1, np.int64)

    def add(
        self, kind: int, terms: Iterable[tuple[int, Literal]], bound: int, **columns: int
    ) -> None:
        base, smallest = 0, 0
        self.columns["row_first"].append(len(self.literals))
        for times, literal in terms:
            positive = literal >= 0
            if not positive:
                base += times
            if literal in (TRUE, FALSE):
                base += times if positive else -times
            else:
                self.literals.append(literal if positive else ~literal)
                self.times.append(times if positive else -times)
                smallest = min(smallest, abs(times)) or abs(times)
        given = {"kind": kind, "bound": bound, "scale": max(smallest, 1), "sums": base, **columns}
        for name, column in self.columns.items():
            if name != "row_first":
                column.append(given.get(name, -1 if name == "clause" else 0))

    def require(self, clause: Clause, position: int) -> None:
        match clause:
            case AtMostOne(literals):
                self.add(HARD, ((1, x) for x in literals), 1, clause=position)
            case AnyOf(literals, when):
                lifted = (*literals, *(~x for x in when if x not in self.choices))
                self._conditional([(-1, x) for x in lifted], -1, when, position)
            case AtMost(terms, bound, when):
                self._linear(terms, 1, bound, when, position)
            case AtLeast(terms, bound, when):
                self._linear(terms, -1, -bound, when, position)

    def _linear(
        self, terms: Sequence[Term], sign: int, bound: int, when: Sequence[Literal], position: int
    ) -> None:
        """When one of `when` is false, the row is given all the room that it can need."""
        pairs = [(sign * t.times, t.literal) for t in terms]
        room = max(sum(max(times, 0) for times, _ in pairs) - bound, 0)
        lifts = [(room, x) for x in when if x not in self.choices]
        self._conditional([*pairs, *lifts], bound + room * len(lifts), when, position)

    def _conditional(
        self,
        pairs: Sequence[tuple[int, Literal]],
        bound: int,
        when: Sequence[Literal],
        position: int,
    ) -> None:
        choices = [x for x in when if x in self.choices]
        for choice in choices:
            self.add(CONDITION, pairs, bound, target=choice, clause=position)
        if not choices:
            self.add(HARD, pairs, bound, clause=position)

    def ask(self, level: int, price: Price) -> None:
        match price:
            case Each(each, literal):
                if literal < 0:
                    self.constant[level] += each
                    each, literal = -each, ~literal
                if literal == TRUE:
                    self.constant[level] += each
                else:
                    self.linear[literal, level] += each
            case Short(each, wanted, terms, step):
                pairs = [(-t.times, t.literal) for t in terms]
                self.add(SHORT, pairs, -wanted, price=each, level=level, scale=step)
            case Steps(rising, literals):
                first, count = len(self.step_cost), len(rising)
                costs = np.concatenate(([0], np.cumsum(rising))).tolist()
                self.step_cost += [*costs, *costs[-1:] * (len(literals) - count)]
                pairs = [(1, x) for x in literals]
                self.add(STEPS, pairs, 0, level=level, step_first=first, step_count=count)


def network(statement: Statement) -> Network:
    """The statement's arrays; its k-th level is column k, the law column 0."""
    levels = sorted(statement.levels)
    rows = _Rows(statement.size, levels, {*statement.choices.values()})
    for literal, parts in statement.definitions.items():
        kind = EXCLUSIVE if statement.exclusive(parts) else DEFINITION
        rows.add(kind, ((1, x) for x in parts), 0, target=literal)
    for position, said in enumerate(statement.clauses):
        rows.require(said.clause, position)
    for column, level in enumerate(levels, 1):
        for price in statement.levels[level]:
            rows.ask(column, price)
    return _packed(rows, statement.size)


def _packed(rows: _Rows, size: int) -> Network:
    literals, times = np.array(rows.literals, np.int32), np.array(rows.times, np.int64)
    column = {name: np.array(values, np.int64) for name, values in rows.columns.items()}
    row_first = np.append(column.pop("row_first"), len(literals))
    owners = np.repeat(np.arange(len(row_first) - 1), np.diff(row_first))
    order = np.argsort(literals, kind="stable")
    counts = np.bincount(literals, minlength=size)
    return Network(
        first=np.concatenate(([0], np.cumsum(counts))),
        entry_row=owners[order],
        entry_times=times[order],
        row_first=row_first,
        row_literal=literals,
        row_times=times,
        step_cost=np.array([*rows.step_cost, 0], np.int64),
        linear=rows.linear,
        constant=rows.constant,
        **column,
    )


def totals(net: Network, values: Array) -> Array:
    """The sum of every row at these values of the literals."""
    entries = np.concatenate(([0], np.cumsum(values[net.row_literal] * net.row_times)))
    sums: Array = net.sums + entries[net.row_first[1:]] - entries[net.row_first[:-1]]
    return sums


def cost(net: Network, values: Array) -> Array:
    """What values that agree with every definition cost: the law's penalties, then the levels."""
    over = np.maximum(totals(net, values) - net.bound, 0)
    units = -(-over // np.maximum(net.scale, 1))
    hard, short, steps = (net.kind == kind for kind in (HARD, SHORT, STEPS))
    columns: Array = net.constant + values @ net.linear
    columns[0] += units[hard].sum()
    np.add.at(columns, net.level[short], (units * net.price)[short])
    reached = net.step_first[steps] + totals(net, values)[steps]
    np.add.at(columns, net.level[steps], net.step_cost[reached])
    return columns


def restricted(net: Network, free: Array, values: Array) -> Network:
    """The rows that speak of the `free` literals, with all others settled at `values`.

    `free` holds with each literal all that depends on it. What the settled ones cost is constant,
    so costs are those of the whole; penalties of the law too.
    """
    held = np.where(free, 0, values)
    sums = totals(net, held)
    entries = free[net.row_literal]
    owners = np.repeat(np.arange(len(net.kind)), np.diff(net.row_first))
    counts = np.bincount(owners[entries], minlength=len(net.kind))
    decides = np.isin(net.kind, (DEFINITION, EXCLUSIVE, CONDITION))
    kept = (counts > 0) | (decides & free[net.target])
    settled = cost(net._replace(kind=np.where(kept, DEFINITION, net.kind)), held)
    return with_rows(
        net._replace(sums=sums, constant=settled),
        kept,
        np.where(free[:, None], net.linear, 0),
        entries,
    )


def with_rows(net: Network, kept: Array, linear: Array, entries: Array | None = None) -> Network:
    """These rows alone, and of their entries only those marked."""
    owners = np.repeat(np.arange(len(net.kind)), np.diff(net.row_first))
    there = kept[owners] if entries is None else entries & kept[owners]
    counts = np.bincount(owners[there], minlength=len(net.kind))[kept]
    literals, times = net.row_literal[there], net.row_times[there]
    order = np.argsort(literals, kind="stable")
    by_literal = np.bincount(literals, minlength=len(net.first) - 1)
    return net._replace(
        first=np.concatenate(([0], np.cumsum(by_literal))),
        entry_row=(np.cumsum(kept) - 1)[owners[there]][order],
        entry_times=times[order],
        row_first=np.concatenate(([0], np.cumsum(counts))),
        row_literal=literals,
        row_times=times,
        linear=linear,
        **{name: getattr(net, name)[kept] for name in COLUMNS},
    )
