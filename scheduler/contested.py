"""A problem stated so that any part of it can be left out, to find which parts clash.

Every rule says all that it has to say, even what another has said; who is refused a duty keeps a
decision on it, and the refusal is a clause like any other. So what holds without a rule is
exactly what would hold if that rule did not exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from scheduler.coverage import contributions, reached
from scheduler.duties import Duty, Need
from scheduler.eligibility import Eligible
from scheduler.explanation import NEEDS, PINS, Family, Grain, Part
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import EligibilityRule, Rule
from scheduler.sheet import Sheet
from scheduler.statement import Opening, Statement
from scheduler.terms import TRUE, About, AnyOf, AtLeast, Clause, Decision, Literal


@dataclass(frozen=True, slots=True)
class Silent:
    """A call to a duty that is not made because of refusals; without all of them it would be."""

    family: Family
    about: About
    taken: Literal
    refusals: frozenset[int]


class Contested(Statement):
    """Decides on `duties`, by default all; elsewhere the roster holds as it is.

    On those that are `disputed` whom a rule refuses has a decision as well.
    """

    def __init__(
        self,
        problem: RosterProblem,
        roster: Roster,
        disputed: Collection[str],
        duties: Sequence[Duty] | None = None,
    ) -> None:
        self._duties = problem.duties if duties is None else duties
        self._disputed = disputed
        self._family: Family | None = None
        self.families: list[Family | None] = []  # of each clause; None: what is asked
        self.silent: list[Silent] = []
        self._refusals: dict[Literal, set[int]] = defaultdict(set)  # while rules are stated
        super().__init__(problem, Opening(roster, frozenset()))
        self._one_place = False  # nothing is merged on the strength of a rule left out

    def _decide(
        self, opening: Opening | None
    ) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
        disputed = [d for d in self._duties if d.id in self._disputed]
        others = [d for d in self._duties if d.id not in self._disputed]
        pairs = [*product(self.problem.units, disputed)]
        pairs += Eligible(self.problem).pairs(others)
        open_ = {duty.id for duty in self._duties}
        there = sorted(opening.roster.pairs) if opening else ()
        held = ((self.problem.unit(u), self.problem.duty(d)) for u, d in there if d not in open_)
        return (
            tuple(Decision(u, d, self._new()) for u, d in pairs),
            tuple(Decision(u, d, TRUE) for u, d in held),
        )

    def __call__(self, clause: Clause, about: About) -> None:
        match clause:
            case AnyOf((taken,), when=()) if self._family and taken in self._refusals:
                refusals = frozenset(self._refusals[taken])
                self.silent.append(Silent(self._family, about, taken, refusals))
                return
        super().__call__(clause, about)
        self.families += [self._family] * (len(self.clauses) - len(self.families))

    def exclusive(self, _: Sequence[Literal]) -> bool:
        """Never: the clause that says so may be left out."""
        return False

    def state_rules(self, rules: Iterable[Rule]) -> None:
        """Refusals first: a rule that calls a unit somewhere never calls one that is refused."""
        told = tuple(zip(self.problem.rules, rules, strict=True))
        for in_force, rule in told:
            if isinstance(rule, EligibilityRule):
                self._told_by(Family(in_force.code, in_force.framework))
                self._state_refusals(rule)
        for in_force, rule in told:
            self._told_by(Family(in_force.code, in_force.framework))
            rule.constrain(self.problem, self, self)
        self._refusals.clear()

    def _state_refusals(self, rule: EligibilityRule) -> None:
        for decision in self.decisions:
            unit, duty = decision.unit, decision.duty
            if duty.id in self._disputed and rule.forbids(self.problem, unit, duty):
                self._refusals[decision.taken].add(len(self.clauses))
                self(AnyOf((), when=(decision.taken,)), About(unit=unit.id, duty=duty.id))

    def pin(self, assignments: Iterable[Assignment]) -> None:
        self._told_by(Family(PINS))
        super().pin(assignments)

    def keep_needs(self, sheet: Sheet, asked: tuple[Duty, Need]) -> None:
        """All needs but the one that is asked for stay as well filled as they are."""
        self._told_by(Family(NEEDS))
        for duty in dict.fromkeys(decision.duty for decision in self.decisions):
            for need in duty.needs:
                there = min(reached(sheet, need, duty), need.target)
                if there and (duty, need) != asked:
                    self._fill(duty, need, there)

    def ask(self, duty: Duty, need: Need, wanted: int) -> None:
        """What the explanation is about: it is never left out."""
        self._told_by(None)
        self._fill(duty, need, wanted)

    def _fill(self, duty: Duty, need: Need, wanted: int) -> None:
        terms = contributions(self.problem, self, need, duty)
        self(AtLeast(terms, wanted), About(duty=duty.id))

    def _told_by(self, family: Family | None) -> None:
        self._family = family
        self._said.clear()

    def part(self, clause: int, grain: Grain) -> Part:
        """What a clause speaks of, as finely as that grain tells parts apart."""
        return self._part(self.clauses[clause].about, grain)

    def calls(
        self, parts: Collection[tuple[Family, Part]], grain: Grain, kept: Collection[int]
    ) -> list[Literal]:
        """What these parts would call for besides if no more than `kept` had ever been said."""
        return [
            call.taken
            for call in self.silent
            if (call.family, self._part(call.about, grain)) in parts
            and call.refusals.isdisjoint(kept)
        ]

    def _part(self, about: About, grain: Grain) -> Part:
        if grain is Grain.FAMILIES:
            return Part()
        problem = self.problem
        duty = problem.duty(about.duty) if about.duty else None
        moment = about.moment if about.moment is not None or not duty else duty.starts_at
        day = None if moment is None else problem.horizon.date(moment)
        if grain is Grain.DAYS:
            return Part(day)
        if grain is Grain.MOMENTS:
            return Part(day, moment)
        carrier = problem.unit_of(problem.clock(about.clock)).id if about.clock else None
        return Part(day, moment, about.unit or carrier, about.duty)
