"""Judges a roster against its problem; no solver in sight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.catalogue import preferences_of, rules_of
from scheduler.coverage import Shortfall, shortfalls
from scheduler.problem import RosterProblem
from scheduler.relaxation import RelaxedScope, excuse_of
from scheduler.roster import PreferenceScore, Roster, Score
from scheduler.rule import Near, Rule, Violation
from scheduler.sheet import Sheet
from scheduler.wording import Thing


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checkers found: broken rules, needs that fall short, and the score.

    Among the `violations` are those that a relaxation excuses.
    """

    violations: tuple[Violation, ...]
    shortfalls: tuple[Shortfall, ...]
    score: Score

    @property
    def unexcused(self) -> tuple[Violation, ...]:
        return tuple(violation for violation in self.violations if not violation.excused)

    @property
    def lawful(self) -> bool:
        return not self.unexcused


def judge(problem: RosterProblem, roster: Roster) -> Judgement:
    """The whole verdict. Raises `InvalidRoster` when the roster names strangers."""
    sheet = Sheet(problem, roster)
    return Judgement(
        violations=tuple(violations(problem, sheet)),
        shortfalls=tuple(shortfalls(problem, sheet)),
        score=score(problem, sheet),
    )


def newly_broken(
    problem: RosterProblem,
    before: Sheet,
    after: Sheet,
    places: Sequence[Near],
    rules: Iterable[Rule] | None = None,
) -> tuple[Violation, ...]:
    """What `after` breaks and `before` does not, or not as badly, around the pairs `places`.

    They differ in these pairs alone. Asked are the given `rules`, by default all in force.
    """
    new: list[Violation] = []
    for rule in rules_of(problem) if rules is None else rules:
        if found := _near(rule, problem, after, places):
            new += _worse(found, _near(rule, problem, before, places))
    return tuple(_named(problem, violation) for violation in new)


def _near(
    rule: Rule, problem: RosterProblem, sheet: Sheet, places: Iterable[Near]
) -> list[Violation]:
    found: list[Violation] = []
    for near in places:
        found += (v for v in rule.violations(problem, sheet, near) if v not in found)
    return found


def _worse(found: list[Violation], held: list[Violation]) -> Iterator[Violation]:
    """Those found for which nothing of the same kind, and at least as bad, was held before."""
    left = [v for v in held if v not in found]
    for violation in found:
        if violation not in held:
            as_bad = (v for v in left if _same_place(v, violation) and _as_far(v.by, violation.by))
            if worse := next(as_bad, None):
                left.remove(worse)
            else:
                yield violation


def _as_far(by: int, other: int) -> bool:
    return by >= other > 0 or by <= other < 0


def _same_place(one: Violation, other: Violation) -> bool:
    """Of one unit, or for what names no unit on one duty."""
    place = (one.unit, other.unit) if other.unit else (one.duty, other.duty)
    return place[0] == place[1] and one.text == other.text


def violations(
    problem: RosterProblem, sheet: Sheet, near: Near | None = None
) -> Iterator[Violation]:
    """Every breach; with `near`, only those which that unit on that duty can touch.

    Of a rule that is relaxed somewhere, first what is broken elsewhere, then what is excused.
    """
    for in_force, rule in zip(problem.rules, rules_of(problem), strict=True):
        broken = [*rule.violations(problem, sheet, near)]
        if isinstance(rule.scope, RelaxedScope):
            whole = replace(rule, scope=in_force.scope).violations(problem, sheet, near)
            broken += [_excused(problem, v, rule.scope) for v in whole if v not in broken]
        for found in broken:
            yield _named(problem, found)


def _excused(problem: RosterProblem, found: Violation, scope: RelaxedScope) -> Violation:
    unit = problem.unit(found.unit) if found.unit else None
    duty = problem.duty(found.duty) if found.duty else None
    excuse = excuse_of(unit, duty, scope)
    authority = problem.named(Thing.AUTHORITY, excuse.granted_by)
    values = {**found.values, "authority": authority, "reason": excuse.reason}
    return replace(found, excused=excuse, values=values)


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
