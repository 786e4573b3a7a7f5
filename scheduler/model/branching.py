"""Branch and price: who takes one duty or not, best bound first, until nothing better is left.

Each node solves the program over all units again, with the lines alone that keep its branches; so
its bound is as tight as the root's (Barnhart et al. 1998). A node that cannot be better than the
best roster is left; what is left open bounds the rest.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Mapping

from scheduler.lines.lines import Line, Lines
from scheduler.model.closing import Limit
from scheduler.model.dive import Dives
from scheduler.model.master import CLOSE, Master

ROUNDS = 300
WHOLE = 1e-5  # from a whole number
Branch = tuple[frozenset[int], frozenset[int]]  # decisions that a unit takes, that it leaves
Node = tuple[float, int, Mapping[int, Branch]]
Worth = Callable[[list[Line]], float]  # what lines cost as a roster, steps and all
NONE: Branch = (frozenset(), frozenset())


class Branching:
    """The tree of one level; `bound` is what no roster costs less than, unless it is known."""

    def __init__(self, dives: Dives, root: Master, worth: Worth) -> None:
        self._dives, self._worth = dives, worth
        self._open: list[Node] = [(root.bound, 0, {})]
        self._made = 0
        self._stuck = math.inf
        for key, share in root.shares.items():
            if share > WHOLE:
                dives.pool.keep(root.line(key))

    @property
    def bound(self) -> float:
        """Infinite when nothing is left that could be better."""
        return min(self._open[0][0] if self._open else math.inf, self._stuck)

    def search(self, most: float, limit: Limit) -> list[Line] | None:
        """Lines that cost `most` at most; None when there are none, or not in time."""
        while self._open and limit.left() > 0:
            node = heapq.heappop(self._open)
            bound, _, branches = node
            if bound > most:
                continue
            program = self._program(branches)
            program.generate(ROUNDS, limit, most)
            if limit.left() <= 0:
                heapq.heappush(self._open, node)
            elif program.bound <= most:
                lines = self._divide(program, max(program.bound, bound), branches, most)
                if lines is not None:
                    heapq.heappush(self._open, node)  # what else is there is still to be seen
                    return lines
        return None

    def surest(self, most: float, limit: Limit) -> Master | None:
        """The program of the open node with the least bound, solved: where to dive from."""
        if not self._open:
            return None
        program = self._program(self._open[0][2])
        program.generate(ROUNDS, limit, most)
        return program

    def _divide(
        self, program: Master, bound: float, branches: Mapping[int, Branch], most: float
    ) -> list[Line] | None:
        """Two branches, on the least sure decision; or the lines, if they are good enough.

        Lines that are sure may cost more as a roster than in the program, which takes a part of a
        step: then any decision that no branch has settled will do.
        """
        taken = self._shares(program)
        unsure = [pair for pair, share in taken.items() if WHOLE < share < 1 - WHOLE]
        if not unsure and program.lacking < CLOSE:
            lines = [x for x, _ in program.columns.values() if self._is_taken(program, x)]
            if self._worth(lines) <= most:
                return lines
        open_pairs = unsure or [
            (unit, decision)
            for unit, decision in taken
            if decision not in branches.get(unit, NONE)[0]
        ]
        if not open_pairs:
            self._stuck = min(self._stuck, bound)
            return None
        unit, decision = min(open_pairs, key=lambda pair: (abs(taken[pair] - 0.5), pair))
        forced, left = branches.get(unit, NONE)
        for branch in ((forced | {decision}, left), (forced, left | {decision})):
            self._push(bound, {**branches, unit: branch})
        return None

    def _push(self, bound: float, branches: Mapping[int, Branch]) -> None:
        """Of nodes with one bound, the latest comes first."""
        self._made += 1
        heapq.heappush(self._open, (bound, -self._made, branches))

    def _program(self, branches: Mapping[int, Branch]) -> Master:
        dives = self._dives
        lines: list[Lines] = []
        for unit, own in dives.lines.items():
            lines.append(own.branch(*branches[unit]) if unit in branches else own)
        program = Master(dives.common, lines, dives.told)
        for own in lines:
            for line in dives.pool.latest(own.unit):
                if own.has(line):
                    program.add(line)
        return program

    def _shares(self, program: Master) -> dict[tuple[int, int], float]:
        """How much each unit takes of each decision."""
        shares: dict[tuple[int, int], float] = defaultdict(float)
        for key, share in program.shares.items():
            if share > CLOSE:
                self._dives.pool.keep(program.line(key))
                for decision in key[1]:
                    shares[key[0], decision] += share
        return shares

    @staticmethod
    def _is_taken(program: Master, line: Line) -> bool:
        return program.shares.get((line.unit, line.taken), 0.0) > 1 - WHOLE
