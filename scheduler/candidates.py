"""Who could take a duty: every unit, judged and weighed by the checkers alone, no solver.

One unit is added at a time to a sheet that shares all the rest, and only what that pair can touch
is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import chain, combinations, combinations_with_replacement, islice, product
from operator import add, sub

from scheduler.catalogue import eligibility_of, preferences_of, rules_of
from scheduler.check import newly_broken
from scheduler.coverage import reached
from scheduler.duties import Duty, Need
from scheduler.forces import Force, Member, Unit
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, PreferenceScore, Score
from scheduler.rule import Near, Rule, Violation
from scheduler.sheet import Sheet

MOST_PAIRS = 8
TRIED_FOR_EACH_PAIR = 15


@dataclass(frozen=True, slots=True)
class Gain:
    """What somebody adds to a need below its target: `filled` of the `missing`."""

    need: Need
    missing: int
    filled: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Units that might be added to a duty: what that would break, change, and fill.

    `broken` holds only what was not broken before; `effect` differences, so that below zero is
    better. Whom an eligibility rule refuses is told so, and not what else would be broken.
    """

    units: tuple[Unit, ...]
    broken: tuple[Violation, ...]
    effect: Score
    closes: tuple[Gain, ...]

    @property
    def lawful(self) -> bool:
        return not self.broken

    @property
    def costs(self) -> tuple[int, ...]:
        """The change of each level, in order."""
        return _costs(self.effect)

    @property
    def rank(self) -> tuple[bool, tuple[int, ...], tuple[str, ...]]:
        """Lawful before unlawful, then level by level what is best, then by name."""
        return not self.lawful, self.costs, tuple(unit.id for unit in self.units)


def candidates(problem: RosterProblem, sheet: Sheet, duty: Duty) -> tuple[Candidate, ...]:
    """Every unit that is not on the duty yet, the best first."""
    place = _Place(problem, sheet, duty)
    there = {placed.unit.id for placed in sheet.on(duty)}
    return _ranked(place.taken_by(unit) for unit in problem.units if unit.id not in there)


def pairs(
    problem: RosterProblem, sheet: Sheet, duty: Duty, most: int = MOST_PAIRS
) -> tuple[Candidate, ...]:
    """The best of the pairs that may take the duty together where neither unit may alone.

    Such units have no other fault than that alone they make no whole patrol: what such a breach
    names is the duty, never the unit.
    """
    place = _Place(problem, sheet, duty)
    alone = candidates(problem, sheet, duty)
    halves = [c for c in alone if c.broken and all(map(place.made_up, c.broken))]
    likely = place.likely_pairs(halves, most * TRIED_FOR_EACH_PAIR)
    together = (place.taken_by(*pair) for pair in likely)
    return _ranked(islice((c for c in together if c.lawful), most))


def _ranked(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(found, key=lambda candidate: candidate.rank))


class _Place:
    """A duty as a sheet leaves it, for units to be tried on."""

    def __init__(self, problem: RosterProblem, sheet: Sheet, duty: Duty) -> None:
        self.problem = problem
        self.sheet = sheet
        self.duty = duty

    def taken_by(self, *units: Unit) -> Candidate:
        sheets, near = self._step_by_step(units)
        rules = self._refusing(units) or rules_of(self.problem)
        return Candidate(
            units,
            newly_broken(self.problem, self.sheet, sheets[-1], near, rules),
            self._effect(sheets, near),
            tuple(self._gains(sheets[-1])),
        )

    def made_up(self, violation: Violation) -> bool:
        """Whether it is about who makes up the patrol on the duty, not about a unit."""
        return violation.unit is None and violation.duty == self.duty.id

    def likely_pairs(self, halves: Sequence[Candidate], most: int) -> Iterator[tuple[Unit, Unit]]:
        """So many pairs at most, those of the likely best effect first.

        Of every two kinds of unit one pair is tried. If it makes a whole patrol, others of these
        kinds do, and what it is worth beyond its two halves holds for them as well.
        """
        kinds: dict[Hashable, list[Candidate]] = defaultdict(list)
        for half in halves:
            if len(kind := kinds[self._kind(half.units[0])]) < TRIED_FOR_EACH_PAIR:
                kind.append(half)
        broken = {violation.rule for half in halves for violation in half.broken}
        rules = [rule for rule in rules_of(self.problem) if type(rule).code in broken]
        found = []
        for ours, others in combinations_with_replacement(kinds.values(), 2):
            alike = [*(combinations(ours, 2) if ours is others else product(ours, others))]
            beyond = self._beyond_halves(alike[0], rules) if alike else None
            if beyond is not None:
                found += [(tuple(map(add, beyond, _sum(*pair))), *pair) for pair in alike]
        best = nsmallest(most, found, key=lambda pair: (pair[0], pair[1].rank, pair[2].rank))
        return (_police_first(one, other) for _, one, other in best)

    def _beyond_halves(
        self, pair: tuple[Candidate, Candidate], rules: Sequence[Rule]
    ) -> tuple[int, ...] | None:
        """What both together cost more than each alone; None if they make no whole patrol."""
        sheets, near = self._step_by_step([half.units[0] for half in pair])
        for rule in rules:
            broken = newly_broken(self.problem, self.sheet, sheets[-1], near[-1:], (rule,))
            if any(map(self.made_up, broken)):
                return None
        return tuple(map(sub, _costs(self._effect(sheets, near)), _sum(*pair)))

    def _step_by_step(self, units: Iterable[Unit]) -> tuple[list[Sheet], list[Near]]:
        """The sheet with nobody, with the first, with the first two … added; and the pairs."""
        sheets, near = [self.sheet], []
        for unit in units:
            sheets.append(sheets[-1].with_(Assignment(unit.id, self.duty.id)))
            near.append(Near(unit.id, self.duty.id))
        return sheets, near

    def _kind(self, unit: Unit) -> Hashable:
        """Equal for units that make the same of a patrol, as far as anybody asks."""
        there = self.problem.present(unit, self.duty)
        skills = (sorted(self._named.intersection(self._skills(member))) for member in there)
        return unit.force, unit.contract, tuple(sorted(map(tuple, skills)))

    def _skills(self, member: Member) -> Iterator[str]:
        yield from member.languages
        yield from (q.name for q in member.qualifications if q.in_date(self.duty.starts_at))

    @cached_property
    def _named(self) -> frozenset[str]:
        """Every word that the duty or a parameter of a rule names: no other skill matters."""
        parameters = (v for rule in self.problem.rules for v in rule.parameters.values())
        words = (v if isinstance(v, tuple | list) else (v,) for v in parameters)
        needed = (need.qualification for need in self.duty.needs)
        required = (requirement.qualification for requirement in self.duty.requires)
        return frozenset(map(str, (*needed, *required, *chain.from_iterable(words))))

    def _refusing(self, units: Iterable[Unit]) -> tuple[Rule, ...]:
        return tuple(
            rule
            for rule in eligibility_of(self.problem)
            if any(rule.forbids(self.problem, unit, self.duty) for unit in units)
        )

    def _effect(self, sheets: Sequence[Sheet], near: Sequence[Near]) -> Score:
        """What each preference measures on the last sheet more than on the first."""
        steps = tuple(zip(sheets, sheets[1:], near, strict=False))
        return Score(
            tuple(
                PreferenceScore(
                    in_force.code,
                    in_force.level,
                    in_force.weight,
                    sum(
                        wish.measure(self.problem, after, pair)
                        - wish.measure(self.problem, before, pair)
                        for before, after, pair in steps
                    ),
                )
                for in_force, wish in preferences_of(self.problem)
            )
        )

    def _gains(self, after: Sheet) -> Iterator[Gain]:
        for need, there in self._open:
            filled = min(reached(after, need, self.duty), need.target) - there
            if filled > 0:
                yield Gain(need, need.target - there, filled)

    @cached_property
    def _open(self) -> tuple[tuple[Need, int], ...]:
        """The needs below their target, with what is there."""
        there = ((need, reached(self.sheet, need, self.duty)) for need in self.duty.needs)
        return tuple((need, number) for need, number in there if number < need.target)


def _costs(effect: Score) -> tuple[int, ...]:
    return tuple(cost for _, cost in effect.levels)


def _sum(one: Candidate, other: Candidate) -> tuple[int, ...]:
    return tuple(map(add, one.costs, other.costs))


def _police_first(one: Candidate, other: Candidate) -> tuple[Unit, Unit]:
    """Who leads comes first."""
    first, second = sorted(
        (one.units[0], other.units[0]), key=lambda unit: (unit.force is Force.MILITARY, unit.id)
    )
    return first, second
