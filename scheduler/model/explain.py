"""Explains an impossible problem, or a need that falls short: conflict, remedies, ever finer.

A problem is looked at whole. A need is looked at in a stretch of time around its duty, while the
roster stays as it is outside, then in a longer one: most gaps have their reason close by, and a
conflict tells in which stretch it was proven.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from scheduler import telling
from scheduler.catalogue import rules_of
from scheduler.contested import Contested
from scheduler.counterfactual import why_nobody
from scheduler.explanation import (
    PINS,
    Cause,
    Conflict,
    Explanation,
    Family,
    Gap,
    Message,
    Part,
    Verdict,
)
from scheduler.model.budget import Budget
from scheduler.model.conflict import Clash, Inquiry
from scheduler.model.contest import Contest
from scheduler.model.remedies import Asked, Pharmacy, changes
from scheduler.moments import Span
from scheduler.outcome import Infeasible
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.sheet import Sheet

Tell = Callable[[Explanation], None]
MOST_DISPUTED = 5000  # pairs up to which every refusal is contested, else where somebody must go
MOST_PAIRS = 60_000  # of units and duties up to which a longer stretch is looked at
AROUND_MINUTES = (12 * 60, 36 * 60, 366 * 24 * 60)
SHARE_OF_REMEDIES = 0.5  # of what is left
MOST_REMEDIES = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """What may change, and what was found out about it."""

    within: Span | None
    contest: Contest
    inquiry: Inquiry
    clashes: Iterator[Clash]


class Explaining:
    """One question, and the best explanation so far."""

    def __init__(
        self, problem: RosterProblem, question: Infeasible | Gap, budget: Budget, tell: Tell
    ) -> None:
        self.problem = problem
        self.tell = tell
        self.workers = min(budget.cores, 2)
        self.began = time.monotonic()
        self.ends = self.began + (budget.effort or budget.seconds or 0.0)
        self.asked = _asked(problem, question) if isinstance(question, Gap) else None
        self.otherwise: dict[Family, Message] = {}
        self.best = Explanation(Verdict.UNKNOWN, self._told(Verdict.UNKNOWN))

    def run(self) -> Explanation:
        if self.asked:
            asked = self.asked
            reasons = why_nobody(self.problem, asked.sheet, asked.duty, asked.need)
            self._say(reasons=reasons)
        deepest: Stage | None = None
        for stage in self._stages():
            clash = next(stage.clashes, None)
            if stage.inquiry.found is not None:
                return self._possible(stage.contest.roster(stage.inquiry.found))
            if clash is None:
                break
            deepest = stage
            self._clashing(stage, clash)
            self._mend(stage)
        if deepest:
            self._without(deepest)
            for clash in deepest.clashes:
                self._clashing(deepest, clash)
        self._say()
        return self.best

    def _stages(self) -> Iterator[Stage]:
        """The whole problem; or ever longer stretches of time around what is asked."""
        if self.asked is None:
            must = {d.id for d in self.problem.duties if any(need.firm for need in d.needs)}
            must |= {pin.duty for pin in self.problem.pinned}
            yield self._stage(None, Roster.of(self.problem.pinned), must)
            return
        duties, roster = self.problem.duties, self.asked.sheet.roster
        for minutes in AROUND_MINUTES:
            moment = self.asked.duty.starts_at
            within = Span(moment - minutes, moment + minutes)
            whole = all(within.holds(duty.starts_at) for duty in duties)
            pairs = len(self.problem.units) * sum(within.holds(d.starts_at) for d in duties)
            if minutes != AROUND_MINUTES[0] and pairs > MOST_PAIRS:
                return
            yield self._stage(None if whole else within, roster, {self.asked.duty.id})
            if whole:
                return

    def _stage(self, within: Span | None, roster: Roster, must: set[str]) -> Stage:
        duties = [d for d in self.problem.duties if not within or within.holds(d.starts_at)]
        if len(duties) * len(self.problem.units) <= MOST_DISPUTED:
            must = {duty.id for duty in duties}
        statement = Contested(self.problem, roster, must, duties)
        statement.state_rules(rules_of(self.problem))
        statement.pin(self.problem.pinned)
        if self.asked:
            statement.keep_needs(self.asked.sheet, (self.asked.duty, self.asked.need))
            statement.ask(self.asked.duty, self.asked.need, self.asked.wanted)
        contest = Contest(statement, roster, self.workers)
        inquiry = Inquiry(contest, self.ends)
        return Stage(within, contest, inquiry, inquiry.clashes())

    def _clashing(self, stage: Stage, clash: Clash) -> None:
        parts: dict[Family, list[Part]] = defaultdict(list)
        for family, part in clash.parts:
            parts[family].append(part)
        causes = tuple(
            Cause(
                family,
                tuple(those),
                telling.cause(self.problem, family, those),
                self.otherwise.get(family),
            )
            for family, those in parts.items()
        )
        conflict = Conflict(causes, clash.grain, clash.minimal, stage.within)
        told = self._told(Verdict.IMPOSSIBLE)
        self._say(verdict=Verdict.IMPOSSIBLE, told=told, conflict=conflict)

    def _mend(self, stage: Stage) -> None:
        now = time.monotonic()
        pharmacy = Pharmacy(stage.contest, self.asked, now + SHARE_OF_REMEDIES * (self.ends - now))
        conflict = self.best.conflict
        for remedy in pharmacy.remedies(conflict.families if conflict else ()):
            known = {r.gist: r for r in (*self.best.remedies, remedy)}
            ranked = sorted(known.values(), key=lambda r: (len(r.steps), r.rises))
            self._say(remedies=tuple(ranked[:MOST_REMEDIES]))

    def _without(self, stage: Stage) -> None:
        """For each rule of the conflict what it would bear in a roster of all others."""
        conflict = self.best.conflict
        every = stage.contest.statement.families
        for family in conflict.families if conflict else ():
            kept = [c for c, other in enumerate(every) if other not in (family, None)]
            answer = stage.contest.solve(kept, self.ends - time.monotonic())
            if answer.values is not None:
                borne = self._borne(family, stage.contest.roster(answer.values))
                self.otherwise |= {family: borne} if borne else {}

    def _borne(self, family: Family, roster: Roster) -> Message | None:
        """The first breach of these rules in a roster."""
        sheet = Sheet(self.problem, roster)
        for in_force, rule in zip(self.problem.rules, rules_of(self.problem), strict=True):
            if (in_force.code, in_force.framework) == (family.code, family.framework):
                for violation in rule.violations(self.problem, sheet):
                    return telling.borne(violation)
        missing = (pin for pin in self.problem.pinned if pin.pair not in roster.pairs)
        pin = next(missing, None) if family.code == PINS else None
        return telling.unpin(self.problem, pin).told if pin else None

    def _possible(self, roster: Roster) -> Explanation:
        self._say(
            verdict=Verdict.POSSIBLE,
            told=self._told(Verdict.POSSIBLE),
            conflict=None,
            remedies=(),
            roster=roster,
            changes=tuple(changes(self.problem, self.asked, Sheet(self.problem, roster))),
        )
        return self.best

    def _told(self, verdict: Verdict) -> Message:
        asked = self.asked
        what = (asked.duty, asked.need, asked.wanted) if asked else None
        return telling.verdict(self.problem, verdict, what)

    def _say(self, **news: Any) -> None:
        seconds = round(time.monotonic() - self.began, 2)
        self.best = replace(self.best, **news, seconds=seconds)
        self.tell(self.best)


def _asked(problem: RosterProblem, gap: Gap) -> Asked:
    """The minimum where that is missed, else the target."""
    duty, sheet = problem.duty(gap.duty), Sheet(problem, gap.roster)
    need = next(need for need in duty.needs if need.id == gap.need)
    return Asked.of(duty, need, sheet)


def explain(
    problem: RosterProblem, question: Infeasible | Gap, budget: Budget, tell: Tell
) -> Explanation:
    """The best explanation in the budget; `tell` hears each better one."""
    return Explaining(problem, question, budget, tell).run()
