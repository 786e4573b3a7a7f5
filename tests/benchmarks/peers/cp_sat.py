"""Plain CP-SAT, as it comes: the direct formulation, one call a level, eight workers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ortools.sat.python import cp_model

from tests.benchmarks.command import Effort, answer
from tests.benchmarks.peers.program import Peer, Program, Solved, Terms, compete
from tests.benchmarks.peers.shift_program import strengthened
from tests.benchmarks.peers.week_program import week_program

WORKERS = 8  # on two cores as well: with fewer there often is no bound


class CpSat(Peer):
    """One model, which gains a row a level; the last roster is the hint for the next level."""

    def __init__(self, program: Program, effort: Effort) -> None:
        self.program = program
        self.effort = effort
        self.model = cp_model.CpModel()
        self.variables = [self.model.new_int_var(0, most, "") for most in program.highest]
        for line in program.lines:
            least = cp_model.INT_MIN if line.least is None else line.least
            most = cp_model.INT_MAX if line.most is None else line.most
            self.model.add_linear_constraint(self._sum(line.terms), least, most)
        self.first = _First(effort)

    def _sum(self, terms: Terms) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum(
            [self.variables[v] for v, _ in terms], [times for _, times in terms]
        )

    def solve(self, level: int, seconds: float, best: Sequence[int] | None) -> Solved:
        self.model.minimize(self._sum(self.program.levels[level]))
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in zip(self.variables, best or (), strict=False):
            self.model.add_hint(variable, value)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = WORKERS
        solver.parameters.random_seed = self.effort.seed
        status = solver.solve(self.model, self.first)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Solved(None, 0, infeasible=status == cp_model.INFEASIBLE)
        values = tuple(solver.response_proto.solution)
        bound = math.ceil(solver.best_objective_bound - 1e-6)
        return Solved(values, bound + self.program.constants[level])

    def hold(self, level: int, cost: int) -> None:
        most = cost - self.program.constants[level]
        self.model.add(self._sum(self.program.levels[level]) <= most)

    @property
    def first_seconds(self) -> float | None:
        return self.first.seconds


class _First(cp_model.CpSolverSolutionCallback):
    """Notes when the first roster came."""

    def __init__(self, effort: Effort) -> None:
        super().__init__()
        self.effort = effort
        self.seconds: float | None = None

    def on_solution_callback(self) -> None:
        if self.seconds is None:
            self.seconds = round(self.effort.elapsed(), 2)


if __name__ == "__main__":
    raise SystemExit(answer(*compete(CpSat, strengthened, week_program)))
