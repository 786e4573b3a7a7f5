"""A roster laid out for checkers: who is on a duty, what a unit does, what a clock remembers.

A sheet that differs from another in a few assignments shares the rest with it, so that what if
costs a look at those few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
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
    span: Span = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", self.work.span)

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
        self._laid_out = _LaidOut(problem, roster)
        self._on: dict[str, tuple[Placed, ...]] = {}  # what differs from what is laid out
        self._by: dict[str, tuple[Placed, ...]] = {}
        self._by_clock: dict[str, tuple[Placed, ...]] = {}
        self._served: dict[str, tuple[Served, ...]] = {}

    def with_(self, assignment: Assignment) -> Sheet:
        """The sheet of the roster with this assignment, in place of the pair's own if any."""
        _refuse_strangers(self.problem, Roster((assignment,)))
        unit, duty = self.problem.unit(assignment.unit), self.problem.duty(assignment.duty)
        return self._changed(unit, duty, Placed(unit, duty, assignment))

    def without(self, unit: str, duty: str) -> Sheet:
        """The sheet of the roster without this pair."""
        return self._changed(self.problem.unit(unit), self.problem.duty(duty), None)

    def _changed(self, unit: Unit, duty: Duty, placed: Placed | None) -> Sheet:
        sheet = object.__new__(Sheet)
        sheet.problem, sheet._laid_out = self.problem, self._laid_out
        pair = unit.id, duty.id
        sheet._on = {**self._on, duty.id: _exchanged(self.on(duty), pair, placed)}
        sheet._by = {**self._by, unit.id: _exchanged(self.by(unit), pair, placed)}
        clocks = self.problem.charged(unit, duty)
        sheet._by_clock = {
            **self._by_clock,
            **{clock.id: _exchanged(self._of(clock), pair, placed) for clock in clocks},
        }
        sheet._served = {}
        return sheet

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        if not self._on:
            return self._laid_out.placed
        same = (p for p in self._laid_out.placed if p.duty.id not in self._on)
        changed = (p for there in self._on.values() for p in there)
        return tuple(sorted((*same, *changed), key=_in_order))

    @cached_property
    def roster(self) -> Roster:
        return Roster(tuple(p.assignment for p in self.placed))

    def on(self, duty: Duty) -> tuple[Placed, ...]:
        return self._on[duty.id] if duty.id in self._on else self._laid_out.on(duty)

    def by(self, unit: Unit) -> tuple[Placed, ...]:
        """What the unit does in this roster."""
        return self._by[unit.id] if unit.id in self._by else self._laid_out.by(unit)

    def rostered(self, clock: Clock) -> tuple[Duty, ...]:
        """The duties of this roster that the clock is charged with."""
        return tuple(placed.duty for placed in self._of(clock))

    def served(self, clock: Clock) -> tuple[Served, ...]:
        """All that the clock works, in and outside the horizon, in order of reporting."""
        if clock.id not in self._by_clock:
            return self._laid_out.served(clock)
        if clock.id not in self._served:
            outside = self._laid_out.outside(clock)
            self._served[clock.id] = _in_time(outside, self._by_clock[clock.id])
        return self._served[clock.id]

    def tally(self, key: Hashable, names: Callable[[Placed], Iterable[str]]) -> Counter[str]:
        """How many assignments have each of the names that `names`, known by `key`, gives one.

        Counted once for all sheets that share their layout.
        """
        whole = self._laid_out.tally(key, names)
        if not self._on:
            return whole
        counts = whole.copy()
        for duty_id, there in self._on.items():
            for placed in self._laid_out.on(self.problem.duty(duty_id)):
                counts.subtract(names(placed))
            for placed in there:
                counts.update(names(placed))
        return +counts

    def units(self, near: Near | None = None) -> tuple[Unit, ...]:
        return self.problem.units if near is None else (self.problem.unit(near.unit),)

    def clocks(self, near: Near | None = None) -> tuple[Clock, ...]:
        if near is None:
            return self.problem.clocks
        unit, duty = self.problem.unit(near.unit), self.problem.duty(near.duty)
        return self.problem.charged(unit, duty)

    def changed(self, near: Near | None = None) -> tuple[Duty, ...]:
        """The duties whose own composition may have changed."""
        return self.problem.duties if near is None else (self.problem.duty(near.duty),)

    def placements(self, near: Near | None = None) -> tuple[Placed, ...]:
        if near is None:
            return self.placed
        there = self.on(self.problem.duty(near.duty))
        return tuple(p for p in there if p.unit.id == near.unit)

    def _of(self, clock: Clock) -> tuple[Placed, ...]:
        own = self._by_clock.get(clock.id)
        return self._laid_out.of(clock) if own is None else own


class _LaidOut:
    """A whole roster with its indexes, made when first asked for; never changed."""

    def __init__(self, problem: RosterProblem, roster: Roster) -> None:
        self._problem = problem
        self.placed = tuple(
            Placed(problem.unit(a.unit), problem.duty(a.duty), a) for a in roster.assignments
        )
        self._served: dict[str, tuple[Served, ...]] = {}
        self._outside: dict[str, tuple[Served, ...]] = {}
        self._tallies: dict[Hashable, Counter[str]] = {}

    def on(self, duty: Duty) -> tuple[Placed, ...]:
        return self._by_duty.get(duty.id, ())

    def by(self, unit: Unit) -> tuple[Placed, ...]:
        return self._by_unit.get(unit.id, ())

    def of(self, clock: Clock) -> tuple[Placed, ...]:
        return self._by_clock.get(clock.id, ())

    def served(self, clock: Clock) -> tuple[Served, ...]:
        if clock.id not in self._served:
            self._served[clock.id] = _in_time(self.outside(clock), self.of(clock))
        return self._served[clock.id]

    def outside(self, clock: Clock) -> tuple[Served, ...]:
        if clock.id not in self._outside:
            unit = self._problem.unit_of(clock)
            self._outside[clock.id] = tuple(Served(unit, work, None) for work in clock.worked)
        return self._outside[clock.id]

    def tally(self, key: Hashable, names: Callable[[Placed], Iterable[str]]) -> Counter[str]:
        if key not in self._tallies:
            self._tallies[key] = Counter(name for p in self.placed for name in names(p))
        return self._tallies[key]

    @cached_property
    def _by_duty(self) -> dict[str, tuple[Placed, ...]]:
        return _grouped((p.duty.id, p) for p in self.placed)

    @cached_property
    def _by_unit(self) -> dict[str, tuple[Placed, ...]]:
        return _grouped((p.unit.id, p) for p in self.placed)

    @cached_property
    def _by_clock(self) -> dict[str, tuple[Placed, ...]]:
        return _grouped(
            (clock.id, p) for p in self.placed for clock in self._problem.charged(p.unit, p.duty)
        )


def _in_order(placed: Placed) -> tuple[str, str]:
    return placed.duty.id, placed.unit.id


def _exchanged(
    there: Iterable[Placed], pair: tuple[str, str], placed: Placed | None
) -> tuple[Placed, ...]:
    """Those there, with `placed` for whatever holds the pair."""
    kept = [p for p in there if p.assignment.pair != pair]
    return tuple(sorted((*kept, placed), key=_in_order)) if placed else tuple(kept)


def _in_time(outside: tuple[Served, ...], placed: Iterable[Placed]) -> tuple[Served, ...]:
    inside = (Served(p.unit, p.duty, p.duty) for p in placed)
    return tuple(sorted((*outside, *inside), key=lambda s: (s.span.starts, s.span.ends)))


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
