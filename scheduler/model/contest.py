"""One model of a contested problem, solved again and again with some of its clauses left out.

Plain models only: with a switch on every clause the solver cannot add things up, and the reasons
that it gives are neither minimal nor always true. A copy without some constraints costs little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from scheduler.contested import Contested
from scheduler.model.build import NO_LEAST, RosterModel, roster_of
from scheduler.network import CONDITION, DEFINITION, HARD, Array, Network, network
from scheduler.roster import Roster
from scheduler.terms import TRUE, Literal

SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
TRY_EFFORT = 2.0  # deterministic seconds, for whether some clauses can hold
SEARCH_EFFORT = 4.0  # for the fewest places in which they have to be broken
STEP, MOVE = 1000, 1  # an exception weighs more than any number of changes that it saves


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether some clauses can hold together: `values` if so; neither, when time ended."""

    impossible: bool = False
    values: Array | None = None
    proven: bool = False


class Contest:
    """The rows of each clause, and the constraints that they became."""

    def __init__(self, statement: Contested, start: Roster, workers: int = 2) -> None:
        self.statement = statement
        self.net = network(statement)
        self.workers = workers
        self._never = _never(self.net)
        self._built = _Owned(self.net, lifted=self._never)
        self._of_clause = self._built.owned
        self._asked = {c for c, family in enumerate(statement.families) if family is None}
        self._decided = np.array([d.taken for d in statement.decisions], np.int64)
        self.start = self.values(start)
        self._built.hint(self.start)

    def solve(
        self,
        kept: Collection[int],
        seconds: float,
        *,
        calls: Iterable[Literal] = (),
        confirming: bool = False,
    ) -> Answer:
        """Whether all clauses in `kept` can hold, with what is asked and what is called for."""
        if self._never.intersection(kept) or self._never & self._asked:
            return Answer(impossible=True)
        model = self._with(kept)
        for taken in calls:
            model.proto.constraints.add().bool_or.literals.append(int(self._built.variable[taken]))
        _minimise(model.proto, self._moves())
        quick = quick_solver(seconds, TRY_EFFORT, self.workers)
        solver = default_solver(seconds) if confirming else quick
        solver.parameters.stop_after_first_solution = True
        status = solver.solve(model)
        if status in SOLVED:
            return Answer(values=self._read(solver))
        return Answer(impossible=status == cp_model.INFEASIBLE)

    def broken(self, values: Array) -> set[int]:
        """The clauses that do not hold."""
        over = _sums(self.net, values) > self.net.bound
        return {int(c) for c in self.net.clause[over & (self.net.kind == HARD)]}

    def met(self, values: Array) -> bool:
        """Whether what is asked is there."""
        return self._asked.isdisjoint(self.broken(values))

    def values(self, roster: Roster) -> Array:
        there = [(d.unit.id, d.duty.id) in roster.pairs for d in self.statement.decisions]
        return self._settled(there)

    def roster(self, values: Array) -> Roster:
        return roster_of(self.statement, values[self._decided])

    def cheapest(
        self,
        soft: Mapping[int, object],
        graded: Collection[int],
        seconds: float,
        known: Array | None = None,
    ) -> Answer:
        """The roster that breaks the soft clauses in the fewest places, and moves the fewest.

        `soft` names the place of each clause that may be broken; those in `graded` count by how
        much they are missed. The search starts from a `known` one.
        """
        kept = [c for c in self._of_clause if c not in graded]
        model = self._with(kept)
        proto: Any = model.proto
        prices: list[tuple[int, int]] = [*self._moves()]
        broken: dict[object, int] = {}
        for clause in soft:
            if clause in graded:
                prices += ((slack, STEP) for slack in self._slacken(proto, clause))
                continue
            place = soft[clause]
            if place not in broken:
                broken[place] = _variable(proto, 1)
                prices.append((broken[place], STEP))
            for index in self._of_clause.get(clause, ()):
                _switch(proto.constraints[index], broken[place])
            if clause in self._never:
                proto.constraints.add().bool_or.literals.append(broken[place])
        _minimise(proto, prices)
        if known is not None:
            proto.solution_hint.values.clear()
            proto.solution_hint.values.extend(known[self._built.literals].tolist())
        solver = quick_solver(seconds, SEARCH_EFFORT, self.workers)
        status = solver.solve(model)
        if status not in SOLVED:
            return Answer(impossible=status == cp_model.INFEASIBLE)
        return Answer(values=self._read(solver), proven=status == cp_model.OPTIMAL)

    def _with(self, kept: Collection[int]) -> cp_model.CpModel:
        """A copy without the clauses that are not kept; what is asked always is."""
        model = self._built.model.clone()
        constraints = model.proto.constraints
        there = {*kept, *self._asked}
        for clause, indices in self._of_clause.items():
            if clause not in there:
                for index in indices:
                    constraints[index].copy_from(_NOTHING)
        return model

    def _moves(self) -> Iterator[tuple[int, int]]:
        """Prices of leaving the roster where the search starts."""
        for literal in self._decided.tolist():
            variable = int(self._built.variable[literal])
            yield variable, -MOVE if self.start[literal] else MOVE

    def _slacken(self, proto: Any, clause: int) -> Iterator[int]:
        """Says a clause once more, with room: the variables say how much is taken."""
        net = self.net
        for row in np.flatnonzero((net.clause == clause) & (net.kind == HARD)).tolist():
            variables, times = self._built.open(row)
            left = int(net.bound[row] - net.sums[row])
            most = sum(t for t in times if t > 0) - left
            if most > 0:
                slack = _variable(proto, most)
                entry = proto.constraints.add().linear
                entry.vars.extend([*variables, slack])
                entry.coeffs.extend([*times, -1])
                entry.domain.extend([NO_LEAST, left])
                yield slack

    def _read(self, solver: cp_model.CpSolver) -> Array:
        solution = np.array(solver.response_proto.solution)
        return self._settled(solution[self._built.variable[self._decided]])

    def _settled(self, taken: Sequence[bool] | Array) -> Array:
        """The values of all literals that these decisions bring about."""
        net = self.net
        values = np.zeros(self.statement.size, np.int64)
        values[[TRUE, *self.statement.choices.values()]] = 1
        values[self._decided] = taken
        defined, conditions = net.kind == DEFINITION, net.kind == CONDITION
        while True:
            before, sums = values.copy(), _sums(net, values)
            values[net.target[defined]] = sums[defined] > 0
            values[net.target[conditions]] = 1
            values[net.target[conditions & (sums > net.bound)]] = 0
            if (values == before).all():
                return values


class _Owned(RosterModel):
    """Remembers which constraints each clause became."""

    def __init__(self, net: Network, lifted: frozenset[int]) -> None:
        self.owned: dict[int, list[int]] = defaultdict(list)
        super().__init__(net, lifted=lifted)

    def _hard(self, row: int, variables: list[int], times: list[int], total: int) -> None:
        first = len(self.proto.constraints)
        super()._hard(row, variables, times, total)
        self.owned[int(self.net.clause[row])] += range(first, len(self.proto.constraints))

    def open(self, row: int) -> tuple[list[int], list[int]]:
        """Variables and coefficients of a row."""
        return self._open(row)


def _never(net: Network) -> frozenset[int]:
    """The clauses that nothing can make hold."""
    empty = net.row_first[1:] == net.row_first[:-1]
    return frozenset(net.clause[empty & (net.kind == HARD) & (net.sums > net.bound)].tolist())


def _sums(net: Network, values: Array) -> Array:
    sums = np.concatenate(([0], np.cumsum(values[net.row_literal] * net.row_times)))
    return net.sums + sums[net.row_first[1:]] - sums[net.row_first[:-1]]


def _switch(constraint: Any, broken: int) -> None:
    """Holds unless `broken` is true."""
    if constraint.has_bool_or():
        constraint.bool_or.literals.append(broken)
        return
    if constraint.has_at_most_one():
        literals = list(constraint.at_most_one.literals)
        constraint.clear_at_most_one()
        constraint.linear.vars.extend([max(x, ~x) for x in literals])
        constraint.linear.coeffs.extend([1 if x >= 0 else -1 for x in literals])
        negated = sum(x < 0 for x in literals)
        constraint.linear.domain.extend([NO_LEAST, 1 - negated])
    constraint.enforcement_literal.extend([~broken])


def _minimise(proto: Any, prices: Iterable[tuple[int, int]]) -> None:
    told = [*prices]  # none where there is nobody to decide on
    proto.objective.vars.extend([variable for variable, _ in told])
    proto.objective.coeffs.extend([price for _, price in told])


def _variable(proto: Any, most: int) -> int:
    proto.variables.add().domain.extend([0, most])
    return len(proto.variables) - 1


def quick_solver(seconds: float, effort: float, workers: int) -> cp_model.CpSolver:
    """One that prepares little: most of these models are settled sooner than prepared."""
    solver = default_solver(seconds)
    solver.parameters.max_deterministic_time = effort
    solver.parameters.num_workers = workers
    solver.parameters.symmetry_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_presolve_iterations = 1
    solver.parameters.presolve_bve_threshold = 0
    solver.parameters.merge_at_most_one_work_limit = 0
    solver.parameters.presolve_inclusion_work_limit = 0
    return solver


def default_solver(seconds: float) -> cp_model.CpSolver:
    """One as it comes, to confirm what the quick one said."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds, 0.05)
    return solver


_EMPTY = cp_model.CpModel()
_NOTHING: Any = _EMPTY.proto.constraints.add()
