"""How much a unit counts towards a need, and which needs fall short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.duties import Count, Duty, Need
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.rule import Text
from scheduler.wording import Value, render

if TYPE_CHECKING:
    from scheduler.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A need below its target; `below_minimum` is the worse part of `missing`."""

    duty: str
    need: str
    counts: Count
    there: int
    minimum: int
    target: int
    where: str
    what: str

    @property
    def missing(self) -> int:
        return self.target - self.there

    @property
    def below_minimum(self) -> int:
        return max(0, self.minimum - self.there)

    def sentence(self, language: str) -> str:
        text = _BELOW_MINIMUM if self.below_minimum else _BELOW_TARGET
        values: dict[str, Value] = {
            "duty": self.duty,
            "where": self.where,
            "what": self.what,
            "there": self.there,
            "minimum": self.minimum,
            "target": self.target,
        }
        return render(text.in_(language), values, language)


def counted(problem: RosterProblem, need: Need, unit: Unit, duty: Duty) -> int:
    """What `unit` adds to `need` on `duty`: 0 or 1 team, or so many persons."""
    if need.force not in (None, unit.force):
        return 0
    persons = (
        problem.holders(unit, duty, need.qualification)
        if need.qualification
        else problem.persons(unit, duty)
    )
    return min(persons, 1) if need.counts is Count.TEAMS else persons


def shortfalls(problem: RosterProblem, sheet: Sheet) -> Iterator[Shortfall]:
    """Every need below its target, in the problem's order."""
    for duty in problem.duties:
        for need in duty.needs:
            there = sum(counted(problem, need, p.unit, duty) for p in sheet.on(duty))
            if there < need.target:
                yield Shortfall(
                    duty=duty.id,
                    need=need.id,
                    counts=need.counts,
                    there=there,
                    minimum=need.minimum,
                    target=need.target,
                    where=problem.where(duty),
                    what=need.id,
                )


_BELOW_MINIMUM = Text(
    en="{where}, {duty}: {what} {there}, below the minimum of {minimum} (target {target}).",
    nl="{where}, {duty}: {what} {there}, onder het minimum van {minimum} (streefdoel {target}).",
    fr="{where}, {duty} : {what} {there}, sous le minimum de {minimum} (objectif {target}).",
    de="{where}, {duty}: {what} {there}, unter dem Minimum von {minimum} (Ziel {target}).",
)
_BELOW_TARGET = Text(
    en="{where}, {duty}: {what} {there}, below the target of {target}.",
    nl="{where}, {duty}: {what} {there}, onder het streefdoel van {target}.",
    fr="{where}, {duty} : {what} {there}, sous l'objectif de {target}.",
    de="{where}, {duty}: {what} {there}, unter dem Ziel von {target}.",
)
