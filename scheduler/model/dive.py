"""Diving: from lines in fractions to one line a unit, the surest first, priced anew each time.

Of all units still open the line with the largest share becomes the unit's own, the rest is
solved again with new lines for what is left, and so on. A dive over part of the units, while the
others keep their lines, searches near a roster (Joncour et al. 2010; Sadykov et al. 2019).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from scheduler.lines.lines import Line, Lines
from scheduler.model.closing import Limit
from scheduler.model.common import Common
from scheduler.model.master import Master
from scheduler.network import Array

SURE = 0.9  # a share from which a line is taken with others at once
KEPT = 60  # lines of a unit that a deeper program starts with
ROUNDS = 60  # of new lines, at most, after each line taken
OF_USE = 1e-6  # a share
SHARE_OF_TIME = 0.7  # in which a dive is to end: with little time it takes lines faster
TURNS = 8  # on one way down
NOISE = 0.15  # of a share, so that no two dives near a roster are alike


class Pool:
    """Lines that were of use so far, by unit, the latest last."""

    def __init__(self) -> None:
        self._lines: dict[int, dict[tuple[int, ...], Line]] = {}

    def keep(self, line: Line) -> None:
        those = self._lines.setdefault(line.unit, {})
        those.pop(line.taken, None)
        those[line.taken] = line

    def latest(self, unit: int) -> Sequence[Line]:
        return [*self._lines.get(unit, {}).values()][-KEPT:]


class Dives:
    """Dives at one level, all with the same lines and shared rows."""

    def __init__(
        self,
        common: Common,
        lines: Mapping[int, Lines],
        told: Sequence[Array],
        rng: np.random.Generator,
    ) -> None:
        self.common, self.lines, self.told, self.rng = common, lines, told, rng
        self.pool = Pool()

    def program(self, units: Sequence[int], settled: Sequence[Line]) -> Master:
        """Over these units, with the lines that were of use before."""
        made = Master(self.common, [self.lines[u] for u in units], self.told, settled)
        for unit in units:
            for line in self.pool.latest(unit):
                made.add(line)
        return made

    def down(
        self, program: Master, settled: Sequence[Line], limit: Limit, most: float, noise: float
    ) -> tuple[Line, ...] | None:
        """A line for every unit, in the order in which they were chosen.

        Where a cost of `most` is out of reach, half of the lines taken are given back, a few
        times; then, or when time is over, there is none. The program was solved.
        """
        fixed: list[Line] = []
        turns, took = TURNS if noise else 0, 0.0
        while (left := limit.left()) > 0:
            units = [lines.unit for lines in program.lines]
            if program.bound <= most:
                hurry = math.ceil(took * len(units) / (SHARE_OF_TIME * left))
                surest = self._surest(program, noise, hurry)
                fixed += surest.values()
                units = [unit for unit in units if unit not in surest]
                if not units:
                    return (*settled, *fixed)
            elif fixed and turns:
                turns -= 1
                back = {*self.rng.permutation(len(fixed))[: -(-len(fixed) // 2)].tolist()}
                units += [line.unit for k, line in enumerate(fixed) if k in back]
                fixed = [line for k, line in enumerate(fixed) if k not in back]
            else:
                return None
            program = self.program(sorted(units), [*settled, *fixed])
            program.generate(ROUNDS, limit, most)
            took = left - limit.left()
        return None

    def _surest(self, program: Master, noise: float, least: int) -> dict[int, Line]:
        """The `least` lines with the largest shares, and all that are as good as sure."""
        shares = program.shares
        for key, share in shares.items():
            if share > OF_USE:
                self.pool.keep(program.line(key))
        values = np.array([*shares.values()])
        if noise:
            values += self.rng.uniform(0, noise, len(values))
        keys = [*shares]
        fixed: dict[int, Line] = {}
        for k in np.argsort(-values, kind="stable").tolist():
            unit = keys[k][0]
            if unit not in fixed and (shares[keys[k]] > SURE or len(fixed) < max(least, 1)):
                fixed[unit] = program.line(keys[k])
        return fixed
