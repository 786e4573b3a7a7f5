"""Which pairs no eligibility rule refuses, answered for groups of like units and duties."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from scheduler.catalogue import eligibility_of
from scheduler.duties import Duty
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.rule import EligibilityRule


class Eligible:
    """Asks each rule once for each kind of unit and kind of duty that it can tell apart."""

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.rules = eligibility_of(problem)

    def allows(self, unit: Unit, duty: Duty) -> bool:
        return not any(rule.forbids(self.problem, unit, duty) for rule in self.rules)

    def pairs(self, duties: Sequence[Duty] | None = None) -> Iterator[tuple[Unit, Duty]]:
        """Every pair that no rule refuses, duty by duty; of these duties alone, where given."""
        duties = self.problem.duties if duties is None else duties
        refused = [0] * len(self.problem.units)  # one bit a duty
        for rule in self.rules:
            for positions, mask in self._refusals(rule, duties):
                for position in positions:
                    refused[position] |= mask
        for bit, duty in enumerate(duties):
            for position, unit in enumerate(self.problem.units):
                if not refused[position] >> bit & 1:
                    yield unit, duty

    def _refusals(
        self, rule: EligibilityRule, duties: Sequence[Duty]
    ) -> Iterator[tuple[list[int], int]]:
        """For each kind of unit its positions, and the duties that it is refused."""
        problem = self.problem
        kinds: dict[Hashable, tuple[Duty, int]] = {}
        for bit, duty in enumerate(duties):
            like = rule.like_duties(problem, duty), rule.scope.sort_of_service(duty)
            first, mask = kinds.get(like, (duty, 0))
            kinds[like] = first, mask | 1 << bit
        units: dict[Hashable, list[int]] = {}
        for position, unit in enumerate(problem.units):
            like = rule.like_units(problem, unit), rule.scope.sort_of_unit(unit)
            units.setdefault(like, []).append(position)
        for positions in units.values():
            unit = problem.units[positions[0]]
            mask = 0
            for duty, those in kinds.values():
                if rule.forbids(problem, unit, duty):
                    mask |= those
            yield positions, mask
