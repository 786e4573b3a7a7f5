"""A roster laid out for checkers: who is on a duty, what a unit does, what a clock remembers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from scheduler.duties import Duty
from scheduler.errors import InvalidRoster
from scheduler.forces import Clock, Unit, Worked
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import Near, Scope


@dataclass(frozen=True, slots=True)
class Served:
    """One stretch of a clock's time: a duty of this roster (`duty`), or one outside (None)."""

    unit: Unit
    work: Duty | Worked
    duty: Duty | None

    @property
    def span(self) -> Span:
        return self.work.span

    @property
    def duty_id(self) -> str | None:
        return self.duty.id if self.duty else None

    def judged(self, scope: Scope) -> bool:
        """Whether it can break a rule of that scope; work outside the horizon only adds."""
        return self.duty is not None and scope.covers(self.unit, self.duty)


@dataclass(frozen=True, slots=True)
class Placed:
    """One assignment, with what its names stand for."""

    unit: Unit
    duty: Duty
    assignment: Assignment


class Sheet:
    """A roster indexed against its problem.

    Raises `InvalidRoster` with every unknown or doubled name.
    """

    def __init__(self, problem: RosterProblem, roster: Roster) -> None:
        _refuse_strangers(problem, roster)
        self.problem = problem
        self.roster = roster
        self.placed = tuple(
            Placed(problem.unit(a.unit), problem.duty(a.duty), a) for a in roster.assignments
        )

    def on(self, duty: Duty) -> tuple[Placed, ...]:
        return self._by_duty.get(duty.id, ())

    def served(self, clock: Clock) -> tuple[Served, ...]:
        """All that the clock works, in and outside the horizon, in order of reporting."""
        unit = self.problem.unit_of(clock)
        outside = [Served(unit, work, None) for work in clock.worked]
        inside = self._by_clock.get(clock.id, ())
        return tuple(sorted((*outside, *inside), key=lambda s: (s.span.starts, s.span.ends)))

    def clocks(self, near: Near | None = None) -> tuple[Clock, ...]:
        if near is None:
            return self.problem.clocks
        unit, duty = self.problem.unit(near.unit), self.problem.duty(near.duty)
        return self.problem.charged(unit, duty)

    def duties(self, near: Near | None = None) -> tuple[Duty, ...]:
        """The duties whose composition may have changed, with those at the same time."""
        if near is None:
            return self.problem.duties
        cover = self.problem.duty(near.duty).span
        return tuple(d for d in self.problem.duties if d.id == near.duty or d.span.overlaps(cover))

    def changed(self, near: Near | None = None) -> tuple[Duty, ...]:
        """The duties whose own composition may have changed."""
        return self.problem.duties if near is None else (self.problem.duty(near.duty),)

    def placements(self, near: Near | None = None) -> tuple[Placed, ...]:
        if near is None:
            return self.placed
        return tuple(p for p in self.placed if p.assignment.pair == (near.unit, near.duty))

    @cached_property
    def _by_duty(self) -> dict[str, tuple[Placed, ...]]:
        return _grouped((p.duty.id, p) for p in self.placed)

    @cached_property
    def _by_clock(self) -> dict[str, tuple[Served, ...]]:
        return _grouped(
            (clock.id, Served(p.unit, p.duty, p.duty))
            for p in self.placed
            for clock in self.problem.charged(p.unit, p.duty)
        )


_T = TypeVar("_T")


def _grouped(pairs: Iterable[tuple[str, _T]]) -> dict[str, tuple[_T, ...]]:
    groups: dict[str, list[_T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _refuse_strangers(problem: RosterProblem, roster: Roster) -> None:
    faults, seen = [], set()
    for assignment in roster.assignments:
        if not problem.has_unit(assignment.unit):
            faults.append(f"unknown unit {assignment.unit}: it is not in the problem")
        if not problem.has_duty(assignment.duty):
            faults.append(f"unknown duty {assignment.duty}: it is not in the problem")
        if assignment.pair in seen:
            faults.append(f"{assignment.unit} stands twice on {assignment.duty}: keep one")
        seen.add(assignment.pair)
    if faults:
        raise InvalidRoster(faults)
