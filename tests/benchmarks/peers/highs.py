"""HiGHS, as it comes: the published rows, one call a level. No OR-Tools in this process.

Both packages ship a library of the same name, and whichever is imported second does not load.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import highspy
import numpy as np

from tests.benchmarks.command import Effort, answer
from tests.benchmarks.peers.program import Peer, Program, Solved, compete
from tests.benchmarks.peers.shift_program import published
from tests.benchmarks.peers.week_program import week_program

INFEASIBLE = highspy.HighsModelStatus.kInfeasible


class HiGHS(Peer):
    """One model, which gains a row a level; the last roster starts the next level."""

    def __init__(self, program: Program, effort: Effort) -> None:
        self.program = program
        self.effort = effort
        self.first: float | None = None
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", effort.cores)
        self.solver.setOptionValue("random_seed", effort.seed)
        self.solver.passModel(_linear_program(program))
        self.solver.cbMipImprovingSolution += self._better

    def _better(self, _: highspy.HighsCallbackEvent) -> None:
        if self.first is None:
            self.first = round(self.effort.elapsed(), 2)

    def solve(self, level: int, seconds: float, best: Sequence[int] | None) -> Solved:
        costs = np.zeros(len(self.program.highest))
        for variable, price in self.program.levels[level]:
            costs[variable] += price
        self.solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        if best is not None:
            start = highspy.HighsSolution()
            start.col_value = [float(value) for value in best]
            self.solver.setSolution(start)
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + seconds)
        self.solver.run()
        if self.solver.getModelStatus() == INFEASIBLE:
            return Solved(None, 0, infeasible=True)
        info = self.solver.getInfo()
        bound = math.ceil(info.mip_dual_bound - 1e-6) if math.isfinite(info.mip_dual_bound) else 0
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Solved(None, bound + self.program.constants[level])
        values = tuple(round(value) for value in self.solver.getSolution().col_value)
        return Solved(values, bound + self.program.constants[level])

    def hold(self, level: int, cost: int) -> None:
        prices: dict[int, int] = {}
        for variable, price in self.program.levels[level]:
            prices[variable] = prices.get(variable, 0) + price
        most = float(cost - self.program.constants[level])
        indices = np.array([*prices], dtype=np.int32)
        values = np.array([*prices.values()], dtype=np.double)
        self.solver.addRow(-highspy.kHighsInf, most, len(indices), indices, values)

    @property
    def first_seconds(self) -> float | None:
        return self.first


def _linear_program(program: Program) -> highspy.HighsLp:
    infinity = highspy.kHighsInf
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.highest), len(program.lines)
    lp.col_cost_ = np.zeros(lp.num_col_)
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.array(program.highest, dtype=np.double)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    lp.row_lower_ = np.array([-infinity if r.least is None else r.least for r in program.lines])
    lp.row_upper_ = np.array([infinity if r.most is None else r.most for r in program.lines])
    sizes = [0, *(len(line.terms) for line in program.lines)]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum(sizes).astype(np.int32)
    lp.a_matrix_.index_ = np.array([v for r in program.lines for v, _ in r.terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([n for r in program.lines for _, n in r.terms], dtype=np.double)
    return lp


if __name__ == "__main__":
    raise SystemExit(answer(*compete(HiGHS, published, week_program)))
