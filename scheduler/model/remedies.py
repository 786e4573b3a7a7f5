"""The cheapest remedies of a conflict: what to relax, to unpin or to give up, each verified.

A roster is sought that breaks as little as possible of what may be relaxed; from what the
checkers say of it follows what would have to be granted. Then the problem is stated anew with all
that granted, and solved again around that roster: only what holds then is told.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from scheduler import telling
from scheduler.check import judge, score
from scheduler.coverage import reached
from scheduler.duties import Duty, Need
from scheduler.excusing import excuses, granted
from scheduler.explanation import NEEDS, PINS, Change, Family, Grain, Part, Remedy, Step
from scheduler.model.budget import Budget
from scheduler.model.build import RosterModel
from scheduler.model.contest import SOLVED, Contest, default_solver
from scheduler.model.solve import solve
from scheduler.network import Array, network
from scheduler.outcome import Drafted
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.rule import PreferenceInForce
from scheduler.sheet import Sheet
from scheduler.statement import Opening, stated

CONFIRM_SECONDS = 10.0
DRAFT_SECONDS = 4.0
FIRM = "firm-minimum"
GRADED = (NEEDS, FIRM)  # missed by so many, not simply broken


@dataclass(frozen=True, slots=True)
class Asked:
    """A need that somebody wants met, and the roster in which it is not."""

    duty: Duty
    need: Need
    wanted: int
    sheet: Sheet

    @staticmethod
    def of(duty: Duty, need: Need, sheet: Sheet) -> Asked:
        """The minimum, where that is missed; else the target."""
        short = reached(sheet, need, duty) < need.minimum
        return Asked(duty, need, need.minimum if short else need.target, sheet)

    def met(self, sheet: Sheet) -> bool:
        return reached(sheet, self.need, self.duty) >= self.wanted


class Pharmacy:
    """Remedies of one contest, until `ends` on the monotonic clock."""

    def __init__(self, contest: Contest, asked: Asked | None, ends: float) -> None:
        self.contest = contest
        self.problem = contest.statement.problem
        self.asked = asked
        self.ends = ends
        self.known: Array | None = None  # a remedy's roster, from where the next search starts

    def remedies(self, conflict: Collection[Family]) -> Iterator[Remedy]:
        """For each family of the conflict that may give way alone, then for all that may."""
        every = {f: None for f in self.contest.statement.families if f and self._may_give(f)}
        fewest: int | None = None
        for families in (*([f] for f in every if f in conflict), [*every]):
            remedy = self._with(families)
            if remedy and (len(families) == 1 or fewest is None or len(remedy.steps) < fewest):
                fewest = min(len(remedy.steps), fewest or len(remedy.steps))
                yield remedy

    def _may_give(self, family: Family) -> bool:
        if family.code in (PINS, NEEDS):
            return True
        return any(
            rule.relaxable_by
            for rule in self.problem.rules
            if (rule.code, rule.framework) == (family.code, family.framework)
        )

    def _with(self, families: Collection[Family]) -> Remedy | None:
        seconds = self.ends - time.monotonic()
        if seconds <= 0:
            return None
        if self.asked is None and {f.code for f in families} == {FIRM}:
            return self._fewest_missing(min(seconds, DRAFT_SECONDS))
        soft = self._soft(families)
        graded = {clause for clause, (family, _) in soft.items() if family.code in GRADED}
        answer = self.contest.cheapest(soft, graded, seconds, self.known)
        if answer.values is None:
            return None
        self.known = answer.values
        return self._verified(self.contest.roster(answer.values), cheapest=answer.proven)

    def _fewest_missing(self, seconds: float) -> Remedy | None:
        """With no minimum firm, the roster that misses the least: what drafting does best."""
        rules = tuple(rule for rule in self.problem.rules if rule.code != FIRM)
        problem = replace(
            self.problem,
            rules=rules,
            relaxations=tuple(r for r in self.problem.relaxations if r.rule != FIRM),
            preferences=(PreferenceInForce("minimum-missed", level=1),),
        )
        budget = Budget(seconds, cores=self.contest.workers)
        outcome = solve(problem, budget, lambda _: None)
        if not isinstance(outcome, Drafted):
            return None
        roster = outcome.roster
        self.known = self.contest.values(roster)
        return self._verified(roster, cheapest=all(level.proven for level in outcome.levels))

    def _soft(self, families: Collection[Family]) -> Mapping[int, tuple[Family, Part]]:
        """The place of each clause of these families: one unit or duty, on one day."""
        statement = self.contest.statement
        return {
            clause: (family, replace(statement.part(clause, Grain.SUBJECTS), moment=None))
            for clause, family in enumerate(statement.families)
            if family in families and family is not None
        }

    def _verified(self, roster: Roster, *, cheapest: bool) -> Remedy | None:
        """The roster as a remedy; None where the checkers or the model do not take it."""
        withdrawn = [pin for pin in self.problem.pinned if pin.pair not in roster.pairs]
        kept = tuple(pin for pin in self.problem.pinned if pin.pair in roster.pairs)
        unpinned = replace(self.problem, pinned=kept)
        sheet = Sheet(unpinned, roster)
        found = excuses(unpinned, sheet)
        relaxed = granted(unpinned, [r for _, r, _ in found]) if found is not None else None
        if found is None or relaxed is None or not self._lawful(relaxed, sheet):
            return None
        steps = (
            *(telling.relax(self.problem, *excuse) for excuse in found),
            *(telling.unpin(self.problem, pin) for pin in withdrawn),
            *self._given_up(sheet),
        )
        if not steps or not _solved_again(relaxed, roster, steps):
            return None
        return Remedy(steps, roster, cheapest, tuple(changes(self.problem, self.asked, sheet)))

    def _lawful(self, relaxed: RosterProblem, sheet: Sheet) -> bool:
        """Whether the checkers take the roster, with what is asked in it."""
        met = self.asked is None or self.asked.met(sheet)
        return met and judge(relaxed, sheet.roster).lawful

    def _given_up(self, after: Sheet) -> Iterator[Step]:
        """The needs that have less than before, below their target."""
        if self.asked is None:
            return
        before = self.asked.sheet
        for duty in self.problem.duties:
            for need in duty.needs:
                there = reached(after, need, duty)
                if there < min(reached(before, need, duty), need.target):
                    yield telling.give_up(self.problem, duty, need, before, after)


def changes(problem: RosterProblem, asked: Asked | None, after: Sheet) -> Iterator[Change]:
    """What a roster that has what was asked changes in the levels."""
    both = (score(problem, sheet).levels for sheet in (asked.sheet, after)) if asked else ((), ())
    for (level, was), (_, now) in zip(*both, strict=True):
        if was != now:
            yield Change(level, was, now)


def _solved_again(relaxed: RosterProblem, roster: Roster, steps: Iterable[Step]) -> bool:
    """Everything stated anew; what the steps name may change, the rest is the roster's."""
    places = [s.relaxation for s in steps if s.relaxation]
    pins = [s.pin for s in steps if s.pin]
    units = {u for place in places for u in place.units} | {pin.unit for pin in pins}
    duties = {d for place in places for d in place.duties} | {pin.duty for pin in pins}
    free = frozenset(
        product(
            units or (unit.id for unit in relaxed.units),
            duties or (duty.id for duty in relaxed.duties if units),
        )
    )
    built = RosterModel(network(stated(relaxed, Opening(roster, free))))
    return default_solver(CONFIRM_SECONDS).solve(built.model) in SOLVED
