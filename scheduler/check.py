"""Judges a roster against its problem; no solver in sight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.catalogue import preferences_of, rules_of
from scheduler.coverage import Shortfall, shortfalls
from scheduler.problem import RosterProblem
from scheduler.roster import PreferenceScore, Roster, Score
from scheduler.rule import Near, Violation
from scheduler.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checkers found: broken rules, needs that fall short, and the score."""

    violations: tuple[Violation, ...]
    shortfalls: tuple[Shortfall, ...]
    score: Score

    @property
    def lawful(self) -> bool:
        return not self.violations


def judge(problem: RosterProblem, roster: Roster) -> Judgement:
    """The whole verdict. Raises `InvalidRoster` when the roster names strangers."""
    sheet = Sheet(problem, roster)
    return Judgement(
        violations=tuple(violations(problem, sheet)),
        shortfalls=tuple(shortfalls(problem, sheet)),
        score=score(problem, sheet),
    )


def violations(
    problem: RosterProblem, sheet: Sheet, near: Near | None = None
) -> Iterator[Violation]:
    """Every breach; with `near`, only those which that unit on that duty can touch."""
    for rule in rules_of(problem):
        for found in rule.violations(problem, sheet, near):
            yield _named(problem, found)


def _named(problem: RosterProblem, found: Violation) -> Violation:
    """Rules tell units apart by id; people know them by name."""
    if found.unit is None or (name := problem.who(found.unit)) == found.unit:
        return found
    return replace(found, values={**found.values, "unit": name})


def score(problem: RosterProblem, sheet: Sheet) -> Score:
    return Score(
        tuple(
            PreferenceScore(
                in_force.code, in_force.level, in_force.weight, wish.measure(problem, sheet)
            )
            for in_force, wish in preferences_of(problem)
        )
    )
