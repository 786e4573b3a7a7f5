"""How much a unit counts towards a need, and which needs fall short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from scheduler.duties import Count, Duty, Need
from scheduler.forces import Force, Unit
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Preference, Text
from scheduler.terms import Cost, Decisions, Term
from scheduler.wording import Named, Occasion, Strength, Value, render

if TYPE_CHECKING:
    from scheduler.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsMissed(Preference):
    """What is missing to one number of every need, times the priority of its duty."""

    def wanted(self, need: Need) -> int:
        """The number that counts as enough."""
        raise NotImplementedError

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for duty in problem.duties:
            for need in duty.needs:
                there = contributions(problem, on, need, duty)
                cost.shortfall(self.wanted(need), there, duty.priority)

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        duties = (problem.duty(near.duty),) if near else problem.duties
        return sum(
            duty.priority * max(0, self.wanted(need) - reached(sheet, need, duty))
            for duty in duties
            for need in duty.needs
        )


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A need below its target; `below_minimum` is the worse part of `missing`."""

    duty: str
    need: str
    force: Force | None
    counts: Count
    qualification: Named | None
    there: int
    minimum: int
    target: int
    area: str
    occasion: Occasion
    number: int
    starts: datetime

    @property
    def missing(self) -> int:
        return self.target - self.there

    @property
    def below_minimum(self) -> int:
        return max(0, self.minimum - self.there)

    def sentence(self, language: str) -> str:
        """Where, when, what is there and what was asked."""
        text = _BELOW_MINIMUM if self.below_minimum else _BELOW_TARGET
        values: dict[str, Value] = {
            "occasion": self.occasion,
            "there": Strength(self.there, self.counts, self.force, self.qualification),
            "minimum": self.minimum,
            "target": self.target,
        }
        return render(text.in_(language), values, language)


def counted(problem: RosterProblem, need: Need, unit: Unit, duty: Duty) -> int:
    """What `unit` adds to `need` on `duty`, for the model: 0 or 1 team, or so many persons."""
    if need.force not in (None, unit.force):
        return 0
    persons = (
        problem.holders(unit, duty, need.qualification)
        if need.qualification
        else problem.persons(unit, duty)
    )
    return min(persons, 1) if need.counts is Count.TEAMS else persons


def contributions(
    problem: RosterProblem, on: Decisions, need: Need, duty: Duty
) -> tuple[Term, ...]:
    """What each decision on `duty` would add to `need`: their sum is what there will be."""
    amounts = ((counted(problem, need, choice.unit, duty), choice.taken) for choice in on.at(duty))
    return tuple(Term(amount, taken) for amount, taken in amounts if amount)


def reached(sheet: Sheet, need: Need, duty: Duty) -> int:
    """What a roster has for `need` on `duty`, for the checkers: counted head by head."""
    teams = persons = 0
    span, asked = duty.span, need.qualification
    for placed in sheet.on(duty):
        if need.force is not None and need.force is not placed.unit.force:
            continue
        heads = 0
        for member in placed.unit.members:
            if member.absences and any(absence.overlaps(span) for absence in member.absences):
                continue
            heads += not asked or member.holds(asked, duty.starts_at)
        teams += heads > 0
        persons += heads
    return persons if need.counts is Count.PERSONS else teams


def shortfalls(problem: RosterProblem, sheet: Sheet) -> Iterator[Shortfall]:
    """Every need below its target, in the problem's order."""
    for duty in problem.duties:
        for need in duty.needs:
            there = reached(sheet, need, duty)
            if there < need.target:
                yield Shortfall(
                    duty=duty.id,
                    need=need.id,
                    force=need.force,
                    counts=need.counts,
                    qualification=problem.what(need.qualification),
                    there=there,
                    minimum=need.minimum,
                    target=need.target,
                    area=duty.area,
                    occasion=problem.occasion(duty),
                    number=duty.number,
                    starts=problem.horizon.local(duty.starts_at),
                )


_BELOW_MINIMUM = Text(
    en="{occasion}: {there}, at least {minimum} needed ({target} wished for)",
    nl="{occasion}: {there}, minstens {minimum} nodig (streefdoel {target})",
    fr="{occasion} : {there}, il en faut au moins {minimum} (objectif {target})",
    de="{occasion}: {there}, mindestens {minimum} nötig (Ziel {target})",
)
_BELOW_TARGET = Text(
    en="{occasion}: {there}, {target} wished for (minimum {minimum})",
    nl="{occasion}: {there}, streefdoel {target} (minimum {minimum})",
    fr="{occasion} : {there}, objectif {target} (minimum {minimum})",
    de="{occasion}: {there}, Ziel {target} (Minimum {minimum})",
)
