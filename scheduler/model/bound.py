"""A lower bound from the linear relaxation of a CP-SAT model, solved by PDLP.

CP-SAT seldom gets its own relaxation solved on tight weeks; PDLP does in well under a second.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

Summands = list[tuple[Any, float]]  # (variable, coefficient)
STEPS = "termination_criteria { iteration_limit: 20000 }"
TOLERANCE = 1e-3  # PDLP stops within 1e-6 of the value; anything nearer to an integer is noise


def linear_bound(model: cp_model.CpModel, seconds: float | None = None) -> int | None:
    """The relaxation's minimum of the model's own objective, rounded up; None if not solved.

    Stops after `seconds` on the wall, or without them after so many steps, which repeats.
    """
    relaxation = _Relaxation(model)
    solver = model_builder.Solver("PDLP")
    if seconds is None:
        solver.set_solver_specific_parameters(STEPS)
    else:
        solver.set_time_limit_in_seconds(max(seconds, 0.1))
    status = solver.solve(relaxation.model)
    if status != model_builder.SolveStatus.OPTIMAL:
        return None
    value = solver.objective_value
    return math.ceil(value - TOLERANCE * max(1.0, abs(value)))


class _Relaxation:
    """The same rows over fractions; a condition becomes a slack as large as the row allows."""

    def __init__(self, model: cp_model.CpModel) -> None:
        self.model = model_builder.Model()  # type: ignore[no-untyped-call]
        proto = model.proto
        self.domains = [_ends(variable.domain) for variable in proto.variables]
        self.variables = [self.model.new_num_var(low, high, "") for low, high in self.domains]
        for row in proto.constraints:
            self._state(row)
        objective = proto.objective
        summands = [
            (self.variables[v], c) for v, c in zip(objective.vars, objective.coeffs, strict=True)
        ]
        self.model.minimize(_sum(summands) + objective.offset)

    def _state(self, row: Any) -> None:
        lifted = [-literal - 1 for literal in row.enforcement_literal]
        if row.has_bool_or():
            self._at_least_one([*row.bool_or.literals, *lifted])
        elif row.has_bool_and():
            for literal in row.bool_and.literals:
                self._at_least_one([literal, *lifted])
        elif row.has_exactly_one():
            summands, constant = self._literals(row.exactly_one.literals, 1)
            self._row(summands, 1 - constant, 1 - constant)
        elif row.has_at_most_one():
            summands, constant = self._literals(row.at_most_one.literals, 1)
            self._row(summands, -math.inf, 1 - constant)
        elif row.has_linear():
            self._linear(row.linear, lifted)

    def _at_least_one(self, literals: Sequence[int]) -> None:
        summands, constant = self._literals(literals, 1)
        self._row(summands, 1 - constant, math.inf)

    def _linear(self, linear: Any, lifted: Sequence[int]) -> None:
        pairs = list(zip(linear.vars, linear.coeffs, strict=True))
        lowest = sum(min(c * bound for bound in self.domains[v]) for v, c in pairs)
        highest = sum(max(c * bound for bound in self.domains[v]) for v, c in pairs)
        summands = [(self.variables[v], c) for v, c in pairs]
        least, most = _ends(linear.domain)
        if least > lowest:
            slack, constant = self._literals(lifted, least - lowest)
            self._row(summands + slack, least - constant, math.inf)
        if most < highest:
            slack, constant = self._literals(lifted, most - highest)
            self._row(summands + slack, -math.inf, most - constant)

    def _literals(self, literals: Sequence[int], times: float) -> tuple[Summands, float]:
        """`times` × the sum of literals, as summands and a constant for the negated ones."""
        summands = [
            (self.variables[x], times) if x >= 0 else (self.variables[-x - 1], -times)
            for x in literals
        ]
        return summands, times * sum(x < 0 for x in literals)

    def _row(self, summands: Summands, least: float, most: float) -> None:
        self.model.add_linear_constraint(_sum(summands), least, most)


def _ends(domain: Iterable[int]) -> tuple[int, int]:
    """First and last of a domain; the solver's own sequence takes no negative index."""
    values = tuple(domain)
    return values[0], values[-1]


def _sum(summands: Summands) -> Any:
    return model_builder.LinearExpr.weighted_sum(
        [variable for variable, _ in summands], [times for _, times in summands]
    )
