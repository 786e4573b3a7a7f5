"""Lines of all units and the dives over them, level by level: bounds, and rosters near them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from scheduler.annealing.chain import Chain
from scheduler.found import Found
from scheduler.lines.diagram import NoLine, TooWide
from scheduler.lines.lines import Line, Lines, lines_of
from scheduler.lines.parting import SHARED, leave_counts_out, parted
from scheduler.model.branching import Branching
from scheduler.model.closing import Closed, Closing, Limit
from scheduler.model.common import common, shared_relaxation
from scheduler.model.dive import NOISE, Dives
from scheduler.model.master import Master, whole
from scheduler.network import CONDITION, DEFINITION, EXCLUSIVE, Array, Network
from scheduler.statement import Statement

FROM = 200  # decisions; what is smaller is solved before diagrams are made
MOST_ARCS = 30_000_000
ROOT_ROUNDS = 1000
SHARE_OF_ROOT = 0.4  # of the time
FIRST_SHARE, LEAST_SHARE = 0.4, 0.1
GROWTH, SHRINKAGE = 1.1, 0.85
PATIENT_SECONDS, PATIENT_EFFORT = 4.0, 2.0  # a dive that takes more is too large
LAST = 8  # units that CP-SAT chooses anew: the last ones had little left to choose from
LAST_SECONDS, LAST_EFFORT = 1.0, 0.8  # for the lines of a dive's last units
SLACK = 1e-6
GAP_OF_BRANCHES = 0.1
BRANCH_SECONDS, BRANCH_EFFORT = 6.0, 3.0


class Diving:
    """Of one problem; the first dive at a level is over all units, the others near a roster."""

    def __init__(self, statement: Statement, net: Network, seed: int, limit: Limit) -> None:
        self.statement, self.net, self.seed = statement, net, seed
        self.parting = parted(statement, net)
        self.decided = np.array([d.taken for d in statement.decisions], np.int64)
        duties = {duty.id: k for k, duty in enumerate(statement.problem.duties)}
        self.duty = np.array([duties[d.duty.id] for d in statement.decisions], np.int64)
        self.rng = np.random.default_rng(seed)
        self._narrow = False
        self.lines: Mapping[int, Lines] = self._made(limit)
        self.share, self.turn = FIRST_SHARE, 0
        self.bounds: dict[int, int] = {}
        self._level = 0

    @property
    def able(self) -> bool:
        """Whether lines speak for the problem."""
        return bool(self.lines)

    def _made(self, limit: Limit) -> dict[int, Lines]:
        """None at all where units share more than plain sums, or have too many states."""
        kinds = self.net.kind[self.parting.row == SHARED]
        if len(self.decided) < FROM or np.isin(kinds, (DEFINITION, EXCLUSIVE, CONDITION)).any():
            return {}
        arcs, lines = 0, {}
        for unit, decisions in enumerate(self.parting.decisions):
            if len(decisions):
                found = self._lines(unit)
                if found is None:
                    return {}
                lines[unit] = found
                arcs += len(found.diagram.to)
                if arcs > MOST_ARCS or limit.left() <= 0:
                    return {}
        return lines

    def _lines(self, unit: int) -> Lines | None:
        """Where a diagram gets too wide, what only counts duties is left to the program."""
        if self._narrow:
            leave_counts_out(self.net, self.parting, unit)
        try:
            return lines_of(self.statement, self.net, self.parting, unit)
        except NoLine:
            return None
        except TooWide:
            if self._narrow:
                return None
            self._narrow = True
            return self._lines(unit)

    @cached_property
    def closing(self) -> Closing:
        return Closing(self.statement, self.net)

    @cached_property
    def chain(self) -> Chain:
        return Chain(self.statement, self.net, np.arange(len(self.decided)), self.seed)

    def near(self, best: Found, level: int, limit: Limit) -> Closed:
        """A dive over all units when the level is new, else over some of them near the best.

        Where the bound is near as well, every other turn is for branches instead.
        """
        if level != self._level:
            self._begin(level, best.cost, limit)
            return self._down(self.root, {*self.lines}, (), math.inf, limit)
        self.turn += 1
        if self.turn % 2 and best.lawful and self._gap(best) <= GAP_OF_BRANCHES:
            return self._branch(best, limit)
        most = float(best.cost[level]) - 1 + SLACK if best.lawful else math.inf
        node = self.tree.surest(most, limit) if self.turn % 4 == 2 and best.lawful else None
        if node is not None:
            return self._down(node, {*self.lines}, (), most, limit)
        kept = self._lines_in(best.values[self.decided])
        units = self._some() | (self.lines.keys() - kept.keys())
        settled = [line for unit, line in kept.items() if unit not in units]
        for unit in units & kept.keys():
            self.dives.pool.keep(kept[unit])
        program = self.dives.program(sorted(units), settled)
        whole = limit.left()
        program.generate(ROOT_ROUNDS, limit, most)
        closed = self._down(program, units, settled, most, limit)
        quick = whole - limit.left() < (PATIENT_SECONDS if limit.timed else PATIENT_EFFORT)
        self.share = min(1.0, max(LEAST_SHARE, self.share * (GROWTH if quick else SHRINKAGE)))
        return closed

    def _begin(self, level: int, costs: Array, limit: Limit) -> None:
        """The program over all units; its bound holds given what the levels before it cost."""
        relaxation = shared_relaxation(self.net, self.parting)
        relaxation.mix_crews(self.decided, self.duty, level)
        self._held = {k: int(costs[k]) for k in range(1, level)}
        shared = common(self.parting, self.decided, relaxation, level, self._held)
        self.dives = Dives(shared, self.lines, self.parting.told, self.rng)
        self._level = level
        self.root = self.dives.program([*self.lines], ())
        share = Limit(limit.left() * SHARE_OF_ROOT, timed=limit.timed)
        self.root.generate(ROOT_ROUNDS, share)
        limit.spend(share.spent)
        self.tree = Branching(self.dives, self.root, self._worth)
        if self.root.proven is not None:
            self.bounds[level] = self.root.proven

    def _gap(self, best: Found) -> float:
        cost = float(best.cost[self._level])
        return (cost - self.bounds.get(self._level, -math.inf)) / max(abs(cost), 1.0)

    def _worth(self, lines: Sequence[Line]) -> float:
        found = self.chain.load(self._taken(lines))
        held = all(found.cost[level] <= most for level, most in self._held.items())
        return float(found.cost[self._level]) if found.lawful and held else math.inf

    def _branch(self, best: Found, limit: Limit) -> Closed:
        """Goes on with the tree for a while; raises the bound."""
        cost = int(best.cost[self._level])
        amount = BRANCH_SECONDS if limit.timed else BRANCH_EFFORT
        short = Limit(min(amount, limit.left()), timed=limit.timed)
        lines = self.tree.search(cost - 1 + SLACK, short)
        free = np.ones(len(self.decided), bool)
        if lines is not None:
            return Closed(free, self._taken(lines), True, short.spent)
        bound = cost if math.isinf(self.tree.bound) else whole(self.tree.bound)
        self.bounds[self._level] = max(self.bounds.get(self._level, bound), min(bound, cost))
        return Closed(free, None, True, short.spent)

    def _down(
        self,
        program: Master,
        units: set[int],
        settled: Sequence[Line],
        most: float,
        limit: Limit,
    ) -> Closed:
        """A dive; CP-SAT then chooses the lines of its last units."""
        free = self._mask(units)
        lines = self.dives.down(program, settled, limit, most, NOISE * math.isfinite(most))
        if lines is None:
            return Closed(free, None, limit.left() > 0, limit.spent)
        found = self.chain.load(self._taken(lines))
        last = self._mask({line.unit for line in lines[-LAST:]} & units)
        amount = LAST_SECONDS if limit.timed else LAST_EFFORT
        short = Limit(min(amount, limit.left()), timed=limit.timed)
        closed = self.closing.close(last, found, self._level, self.turn, short)
        if closed.taken is not None:
            other = self.chain.load(closed.taken)
            found = other if other.better_than(found) else found
        taken = found.values[self.decided]
        return Closed(free, taken, closed.finished, limit.spent + closed.effort)

    def _some(self) -> set[int]:
        count = max(2, round(self.share * len(self.lines)))
        drawn = self.rng.choice([*self.lines], min(count, len(self.lines)), replace=False)
        return {*drawn.tolist()}

    def _lines_in(self, taken: Array) -> dict[int, Line]:
        """Of the units whose part in a roster is lawful."""
        found = {unit: lines.of(taken != 0) for unit, lines in self.lines.items()}
        return {unit: line for unit, line in found.items() if line is not None}

    def _taken(self, lines: Sequence[Line]) -> Array:
        taken = np.zeros(len(self.decided), np.int8)
        for line in lines:
            taken[list(line.taken)] = 1
        return taken

    def _mask(self, units: set[int]) -> Array:
        free = np.zeros(len(self.decided), bool)
        for unit in units:
            free[self.parting.decisions[unit]] = True
        return free
