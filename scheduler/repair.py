"""A repair: what a roster becomes after a disturbance, what changes for whom, how good that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.changes import Change, changes
from scheduler.check import judge, newly_broken
from scheduler.coverage import Shortfall
from scheduler.disturbance import Disturbance
from scheduler.errors import ModelDisagrees
from scheduler.leading import everybody, leading
from scheduler.outcome import Level
from scheduler.roles import with_roles
from scheduler.roster import Assignment, Roster, RosterDiff, Score
from scheduler.rule import Near, Violation
from scheduler.sheet import Sheet

Pair = tuple[str, str]
MOST = 5  # repairs to choose from


class Proof(StrEnum):
    """How sure it is that no repair that is clearly different from those before it is better.

    That is, by what repairs are ranked by first: posts left open, people, short notice.
    """

    MINIMAL = "minimal"  # whatever else is moved
    WITHIN_REACH = "within-reach"  # as long as only what lies near is moved
    BOUND = "bound"  # its bounds say how much better one could be


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to go on.

    `diff` counts from the roster that was told, `changes` says it unit by unit. `opened` are the
    posts on which more is missing than before, `people` those who hear of a change, by service
    number, `short_notice` the assignments that come or go so soon. `standing` is what was broken
    before and stays broken. `leading` is what repairs are ranked by first, each with a proven
    lower bound given those before it; their levels count from 1. Then comes the `score`.
    """

    roster: Roster
    diff: RosterDiff
    changes: tuple[Change, ...]
    opened: tuple[Shortfall, ...]
    people: tuple[str, ...]
    short_notice: tuple[Assignment, ...]
    standing: tuple[Violation, ...]
    leading: tuple[Level, ...]
    score: Score
    proof: Proof

    @property
    def lawful(self) -> bool:
        return not self.standing

    @property
    def stepping_in(self) -> frozenset[str]:
        """The units that take on something."""
        return frozenset(a.unit for a in self.diff.added)

    @property
    def leads(self) -> tuple[int, ...]:
        """What stays broken, then what leads."""
        return len(self.standing), *(level.objective for level in self.leading)

    @property
    def rank(self) -> tuple[int, ...]:
        """Smaller is better."""
        return *self.leads, *(cost for _, cost in self.score.levels)

    def makes_needless(self, other: Repair) -> bool:
        """Whether the other bothers more people beside the same, to no end in what leads."""
        return {*self.people} < {*other.people} and all(
            mine.objective <= theirs.objective
            for mine, theirs in zip(self.leading, other.leading, strict=True)
        )


class Repairs:
    """Judges what is made of a disturbed roster, before anybody sees it."""

    def __init__(self, disturbance: Disturbance) -> None:
        self.disturbance = disturbance
        self.leading = leading(disturbance)
        self._standing = Sheet(disturbance.problem, disturbance.standing)

    def judged(
        self, pairs: Iterable[Pair], bounds: Sequence[int | None], *, finished: bool
    ) -> Repair:
        """The repair with these pairs; `finished` if nothing near is better.

        Raises `ModelDisagrees` if it breaks what was not broken, or is better than its bounds.
        """
        problem, told = self.disturbance.problem, self.disturbance.told
        roster = self._with_roles(frozenset(pairs))
        verdict, sheet = judge(problem, roster), Sheet(problem, roster)
        if verdict.unexcused and (broken := self._newly_broken(sheet)):
            raise ModelDisagrees(broken)
        values = [criterion.measure(problem, sheet) for criterion in self.leading.all]
        levels = tuple(map(Level, range(1, len(values) + 1), values, bounds))
        if any(level.bound is not None and level.bound > level.objective for level in levels):
            raise ModelDisagrees(levels)
        diff = RosterDiff.between(told, roster)
        near = Proof.WITHIN_REACH if finished else Proof.BOUND
        return Repair(
            roster,
            diff,
            changes(self.disturbance, diff),
            opened=tuple(s for s in verdict.shortfalls if self._opens(s)),
            people=tuple(self.leading.people.among(everybody(problem), problem, sheet)),
            short_notice=tuple(
                a for a in (*diff.removed, *diff.added) if a.duty in self.leading.notice.late
            ),
            standing=verdict.unexcused,
            leading=levels,
            score=verdict.score,
            proof=Proof.MINIMAL if all(level.proven for level in levels) else near,
        )

    def _newly_broken(self, sheet: Sheet) -> tuple[Violation, ...]:
        standing = self._standing.roster.pairs
        places = [Near(*pair) for pair in sorted(standing ^ sheet.roster.pairs)]
        return newly_broken(self.disturbance.problem, self._standing, sheet, places)

    def _opens(self, shortfall: Shortfall) -> bool:
        duty = self.disturbance.problem.duty(shortfall.duty)
        need = next(need for need in duty.needs if need.id == shortfall.need)
        return any(post.opens(duty, need, shortfall.there) for post in self.leading.opened)

    def _with_roles(self, pairs: frozenset[Pair]) -> Roster:
        """Who is on a duty that has not changed keeps the role they were told."""
        problem, told = self.disturbance.problem, self.disturbance.told.pairs
        held = {a.pair: a for a in self.disturbance.standing.assignments}
        changed = {duty for _, duty in told ^ pairs}
        there = [held.get(pair, Assignment(*pair)) for pair in pairs]
        new = with_roles(problem, Roster.of(a for a in there if a.duty in changed))
        return Roster.of((*new.assignments, *(a for a in there if a.duty not in changed)))


def ranked(found: Iterable[Repair]) -> tuple[Repair, ...]:
    """The best first; none that breaks more than another, or moves more people to no end."""
    repairs = sorted(found, key=lambda repair: repair.rank)
    lawful = [r for r in repairs if len(r.standing) == len(repairs[0].standing)]
    needed = (r for r in lawful if not any(other.makes_needless(r) for other in lawful))
    return tuple(needed)[:MOST]
