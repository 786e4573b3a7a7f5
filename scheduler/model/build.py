"""From a network to a CP-SAT model, whole or around a roster: rows become constraints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from scheduler.model.aggregate import Total
from scheduler.network import (
    CONDITION,
    DEFINITION,
    EXCLUSIVE,
    HARD,
    SHORT,
    STEPS,
    Array,
    Network,
)
from scheduler.roster import Assignment, Roster
from scheduler.statement import Statement
from scheduler.terms import TRUE, Literal

NO_LEAST, NO_MOST = -(2**62), 2**62


class RosterModel:
    """A CP-SAT model of a network; only the literals in `free` may change, the rest is `values`.

    `lifted` clauses (their positions in the statement) are left out. The literals that are free
    come first among the variables, in order (`literals`).
    """

    def __init__(
        self,
        net: Network,
        free: Array | None = None,
        values: Array | None = None,
        lifted: frozenset[int] = frozenset(),
        totals: Sequence[Total] = (),
    ) -> None:
        size = len(net.first) - 1
        self.net = net
        self.model = cp_model.CpModel()
        self.proto: Any = self.model.proto
        self.values = np.zeros(size, np.int64) if values is None else values.astype(np.int64)
        self.values[TRUE] = 1
        self.free = np.ones(size, bool) if free is None else dependents(net, free)
        self.free[TRUE] = False
        self.literals = np.flatnonzero(self.free)
        self.variable = np.full(size, -1)
        self.variable[self.literals] = [self._variable(0, 1) for _ in self.literals]
        self._costs: list[dict[int, int]] = [defaultdict(int) for _ in net.constant]
        self.offsets = net.constant.copy()
        self._slack: dict[int, int] = {}
        self._state_rows(lifted)
        for total in totals:
            self._total(total)
        self._price_literals()

    def _state_rows(self, lifted: frozenset[int]) -> None:
        net = self.net
        settled = np.where(self.free, 0, self.values)[net.row_literal] * net.row_times
        sums = net.sums + _per_row(settled, net)
        state = {
            HARD: self._hard,
            DEFINITION: self._definition,
            EXCLUSIVE: self._definition,
            CONDITION: self._condition,
            SHORT: self._short,
            STEPS: self._steps,
        }
        open_row = _per_row(self.free[net.row_literal], net) > 0
        decides = np.isin(net.kind, (DEFINITION, EXCLUSIVE, CONDITION))
        open_row |= decides & self.free[net.target]
        kept = ~np.isin(net.clause, list(lifted)) | (net.clause < 0)
        for row in np.flatnonzero(open_row & kept).tolist():
            variables, times = self._open(row)
            state[int(net.kind[row])](row, variables, times, int(sums[row]))
        self._settle(~open_row & kept, sums)

    def _open(self, row: int) -> tuple[list[int], list[int]]:
        """Variables and coefficients of a row's free literals."""
        entries = slice(int(self.net.row_first[row]), int(self.net.row_first[row + 1]))
        variables = self.variable[self.net.row_literal[entries]]
        there = variables >= 0
        return variables[there].tolist(), self.net.row_times[entries][there].tolist()

    def _settle(self, rows: Array, sums: Array) -> None:
        """What rows without a free literal cost; a broken one among them leaves no way."""
        net, over = self.net, np.maximum(sums - self.net.bound, 0)
        hard, short, steps = (rows & (net.kind == kind) for kind in (HARD, SHORT, STEPS))
        if over[hard].any():
            self._clause([])
        units = -(-over[short] // net.scale[short])
        np.add.at(self.offsets, net.level[short], units * net.price[short])
        reached = net.step_cost[net.step_first[steps] + sums[steps]]
        np.add.at(self.offsets, net.level[steps], reached)

    def _hard(self, row: int, variables: list[int], times: list[int], total: int) -> None:
        self._at_most(variables, times, int(self.net.bound[row]) - total)

    def _at_most(self, variables: list[int], times: list[int], left: int) -> None:
        if sum(t for t in times if t > 0) <= left:
            return
        if len({*map(abs, times)}) > 1:
            row = self.proto.constraints.add().linear
            row.vars.extend(variables)
            row.coeffs.extend(times)
            row.domain.extend([NO_LEAST, left])
            return
        one = abs(times[0])
        literals = [v if t > 0 else ~v for v, t in zip(variables, times, strict=True)]
        most = left // one + sum(t < 0 for t in times)
        if most == len(literals) - 1:
            self._clause([~x for x in literals])
        elif most == 1:
            self.proto.constraints.add().at_most_one.literals.extend(literals)
        elif most <= 0:
            for literal in literals if most == 0 else ():
                self._clause([~literal])
            if most < 0:
                self._clause([])
        else:
            row = self.proto.constraints.add().linear
            row.vars.extend(variables)
            row.coeffs.extend([t // one for t in times])
            row.domain.extend([NO_LEAST, left // one])

    def _definition(self, row: int, variables: list[int], times: list[int], total: int) -> None:
        some = int(self.variable[self.net.target[row]])
        parts = [v if t > 0 else ~v for v, t in zip(variables, times, strict=True)]
        if total - sum(t < 0 for t in times) > 0:  # a settled part is true
            self._clause([some])
        elif self.net.kind[row] == EXCLUSIVE:
            self.proto.constraints.add().exactly_one.literals.extend([*parts, ~some])
        else:
            self._clause([*parts, ~some])
            for part in parts:
                self._clause([~part, some])

    def _condition(self, row: int, variables: list[int], times: list[int], total: int) -> None:
        witness, left = int(self.variable[self.net.target[row]]), int(self.net.bound[row]) - total
        if left == 0 and all(t > 0 for t in times):
            for variable in variables:
                self._clause([~variable, ~witness])
        elif left < sum(t for t in times if t > 0):
            entry = self.proto.constraints.add()
            entry.enforcement_literal.extend([witness])
            entry.linear.vars.extend(variables)
            entry.linear.coeffs.extend(times)
            entry.linear.domain.extend([NO_LEAST, left])

    def _short(self, row: int, variables: list[int], times: list[int], total: int) -> None:
        net, left, step = self.net, int(self.net.bound[row]) - total, int(self.net.scale[row])
        most = sum(t for t in times if t > 0) - left
        if most <= 0:
            return
        slack = self._slack[row] = self._variable(0, -(-most // step))
        entry = self.proto.constraints.add().linear
        entry.vars.extend([*variables, slack])
        entry.coeffs.extend([*times, -step])
        entry.domain.extend([NO_LEAST, left])
        self._costs[net.level[row]][slack] += int(net.price[row])

    def _steps(self, row: int, variables: list[int], times: list[int], total: int) -> None:
        """The k-th true literal costs what the k-th step costs: the steps rise one by one."""
        net, first, level = self.net, int(self.net.step_first[row]), self.net.level[row]
        least = total + sum(t for t in times if t < 0)
        most = min(total + sum(t for t in times if t > 0), int(net.step_count[row]))
        cost = net.step_cost[first + least : first + most + 1].tolist()
        steps = [self._variable(0, 1) for _ in range(most - least)]
        entry = self.proto.constraints.add().linear
        entry.vars.extend([*variables, *steps])
        entry.coeffs.extend([*times, *[-1] * len(steps)])
        entry.domain.extend([least - total] * 2)
        for k, step in enumerate(steps):
            self._costs[level][step] += cost[k + 1] - cost[k]
            if k:
                self._clause([~step, steps[k - 1]])
        self.offsets[level] += cost[0]

    def _total(self, total: Total) -> None:
        """Redundant; said of those needs alone that can still be short or too full."""
        open_needs = all(row in self._slack for row in (*total.under, *total.over))
        if not open_needs:
            return
        at_work = np.array(total.at_work)
        settled = int(self.values[at_work[~self.free[at_work]]].sum())
        variables = self.variable[at_work[self.free[at_work]]].tolist()
        under = [self._slack[row] for row in total.under]
        over = [self._slack[row] for row in total.over]
        entry = self.proto.constraints.add().linear
        entry.vars.extend([*variables, *under, *over])
        entry.coeffs.extend([*[1] * (len(variables) + len(under)), *[-1] * len(over)])
        entry.domain.extend([total.asked - settled] * 2)

    def _price_literals(self) -> None:
        linear = self.net.linear
        self.offsets += (linear * np.where(self.free, 0, self.values)[:, None]).sum(axis=0)
        for level in range(1, len(self.offsets)):
            for literal in self.literals[linear[self.literals, level] != 0].tolist():
                price = int(linear[literal, level])
                self._costs[level][int(self.variable[literal])] += price

    def _variable(self, least: int, most: int) -> int:
        self.proto.variables.add().domain.extend([least, most])
        return len(self.proto.variables) - 1

    def _clause(self, literals: Sequence[int]) -> None:
        self.proto.constraints.add().bool_or.literals.extend(literals)

    def fix(self, literal: Literal) -> None:
        """States that a free literal is true."""
        variable = int(self.variable[max(literal, ~literal)])
        self._clause([variable if literal >= 0 else ~variable])

    def minimise(self, level: int) -> None:
        """Prices one level; the objective is its whole cost."""
        costs = {v: c for v, c in self._costs[level].items() if c}
        objective = self.proto.objective
        objective.vars.clear()
        objective.coeffs.clear()
        objective.vars.extend(list(costs))
        objective.coeffs.extend(list(costs.values()))
        objective.offset = float(self.offsets[level])

    def hold(self, level: int, at_most: int) -> None:
        """A level may cost no more than this."""
        costs = {v: c for v, c in self._costs[level].items() if c}
        left = at_most - int(self.offsets[level])
        if costs:
            entry = self.proto.constraints.add().linear
            entry.vars.extend(list(costs))
            entry.coeffs.extend(list(costs.values()))
            entry.domain.extend([NO_LEAST, left])
        elif left < 0:
            self._clause([])

    def hint(self, values: Array) -> None:
        """Starts the search from values of the literals; the solver completes the rest."""
        hint = self.proto.solution_hint
        hint.vars.extend(range(len(self.literals)))
        hint.values.extend(values[self.literals].tolist())


def dependents(net: Network, free: Array) -> Array:
    """The free literals, and all that hang on them."""
    free = free.copy()
    decides = np.isin(net.kind, (DEFINITION, EXCLUSIVE, CONDITION))
    while True:
        touched = decides & (_per_row(free[net.row_literal], net) > 0)
        more = net.target[touched]
        if free[more].all():
            return free
        free[more] = True


def _per_row(values: Array, net: Network) -> Array:
    """The sum of one value per entry over each row."""
    sums = np.concatenate(([0], np.cumsum(values.astype(np.int64))))
    return sums[net.row_first[1:]] - sums[net.row_first[:-1]]


def roster_of(statement: Statement, taken: Sequence[bool] | Array) -> Roster:
    """The roster in which the k-th decision is taken when `taken[k]` is true."""
    pinned = {p.pair: p for p in statement.problem.pinned}
    held = ((d.unit.id, d.duty.id) for d in statement.held)
    chosen = zip(statement.decisions, taken, strict=True)
    pairs = (*held, *((d.unit.id, d.duty.id) for d, there in chosen if there))
    return Roster.of(pinned.get(pair, Assignment(*pair)) for pair in pairs)
