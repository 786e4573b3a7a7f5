"""The roster problem: frozen data in, checked on construction, with its indexes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TypeVar

from scheduler.consistency import faults_of
from scheduler.duties import Area, Duty, Mandate, Travel
from scheduler.errors import InvalidProblem
from scheduler.forces import Clock, JointTeam, Member, Request, Unit
from scheduler.moments import Horizon, Span
from scheduler.relaxation import Relaxation
from scheduler.roster import Assignment
from scheduler.rule import PreferenceInForce, RuleInForce
from scheduler.titles import TITLES
from scheduler.wording import Moment, Name, Named, Occasion, Shift, Thing

PROBLEM_FORMAT = "tandem-problem/1"

_Answer = TypeVar("_Answer")


@dataclass(frozen=True)
class RosterProblem:
    """Everything that one roster depends on; equal problems give equal rosters.

    `pinned` holds, whatever the engine would prefer; `reference` is the roster from which
    changes are counted, and the moment `frozen_until` divides what began or was told for good
    from what can change; `told_at` is when people hear of the changes; `vocabulary` says what
    sentences call things. Raises `InvalidProblem` with every contradiction at once.
    """

    city: str
    horizon: Horizon
    areas: tuple[Area, ...] = ()
    travel: tuple[Travel, ...] = ()
    units: tuple[Unit, ...] = ()
    clocks: tuple[Clock, ...] = ()
    duties: tuple[Duty, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    rules: tuple[RuleInForce, ...] = ()
    preferences: tuple[PreferenceInForce, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    pinned: tuple[Assignment, ...] = ()
    reference: tuple[Assignment, ...] = ()
    frozen_until: int | None = None
    told_at: int | None = None
    requests: tuple[Request, ...] = ()
    joint_teams: tuple[JointTeam, ...] = ()
    vocabulary: tuple[Name, ...] = ()
    week: str = ""
    format: str = PROBLEM_FORMAT

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - what files may hold, here and below

    def __post_init__(self) -> None:
        faults = tuple(faults_of(self))
        if faults:
            raise InvalidProblem(faults)

    def refers_to(self, unit: Unit, duty: Duty) -> bool:
        """Whether the roster from which changes are counted has the unit on the duty."""
        return (unit.id, duty.id) in self._referred

    def unit(self, unit_id: str) -> Unit:
        return self._units[unit_id]

    def duty(self, duty_id: str) -> Duty:
        return self._duties[duty_id]

    def area(self, area_id: str) -> Area:
        return self._areas[area_id]

    def clock(self, clock_id: str) -> Clock:
        return self._clocks[clock_id]

    def has_unit(self, unit_id: str) -> bool:
        return unit_id in self._units

    def has_duty(self, duty_id: str) -> bool:
        return duty_id in self._duties

    def unit_of(self, clock: Clock) -> Unit:
        """The unit that carries the clock (the first, where a member serves in several)."""
        return self._units_by_clock[clock.id][0]

    def units_with(self, clock: Clock) -> tuple[Unit, ...]:
        """The units whose members carry the clock."""
        return self._units_by_clock[clock.id]

    def units_of(self, member: Member) -> tuple[Unit, ...]:
        """The units in which a member serves, in the problem's order."""
        return self._units_by_member[member.id]

    def complete(self, unit: Unit) -> bool:
        """Whether none of its members is ever absent."""
        return unit.id in self._always_complete

    def likeness(self, unit: Unit) -> Hashable:
        """Equal for units of one force with the same people in them: same number, all always
        present, with the same qualifications, languages and no dates on them.
        """
        if not self.complete(unit) or any(
            q.until is not None for m in unit.members for q in m.qualifications
        ):
            return unit.id
        skills = tuple((m.qualifications, m.languages) for m in unit.members)
        return unit.force, skills

    def present(self, unit: Unit, duty: Duty) -> tuple[Member, ...]:
        """The members who can be there from reporting to release."""
        if unit.id in self._always_complete:
            return unit.members
        return self._present(unit, duty.span)

    def persons(self, unit: Unit, duty: Duty) -> int:
        return len(self.present(unit, duty))

    def charged(self, unit: Unit, duty: Duty) -> tuple[Clock, ...]:
        """The clocks whose time the duty takes: those that present members carry."""
        if unit.id in self._always_complete:
            return self._clocks_of[unit.id]
        ids = dict.fromkeys(member.clock for member in self.present(unit, duty))
        return tuple(self._clocks[clock_id] for clock_id in ids)

    def holders(self, unit: Unit, duty: Duty, qualification: str) -> int:
        """How many present members hold the qualification, in date at the duty's start."""
        return sum(m.holds(qualification, duty.starts_at) for m in self.present(unit, duty))

    def speaks(self, unit: Unit, duty: Duty, language: str) -> bool:
        return any(language in member.languages for member in self.present(unit, duty))

    def minutes_between(self, area: str, other: str) -> int | None:
        """Minutes on the way; None when nobody has said."""
        return 0 if area == other else self._minutes.get(frozenset((area, other)))

    def meanwhile(self, span: Span) -> tuple[Duty, ...]:
        """The duties whose working time overlaps `span`, in the problem's order."""
        begins, positions, longest = self._by_report
        found = positions[
            bisect_left(begins, span.starts - longest) : bisect_right(begins, span.ends)
        ]
        duties = (self.duties[position] for position in sorted(found))
        return tuple(duty for duty in duties if duty.span.overlaps(span))

    def within_reach(self, duty: Duty, reach_minutes: int) -> tuple[Duty, ...]:
        """The duties at overlapping times from whose area help arrives in time, itself first.

        A reach of 0 minutes means on the spot: the duty itself alone.
        """
        if not reach_minutes:
            return (duty,)
        key = duty.id, reach_minutes
        if key not in self._reaches:
            self._reaches[key] = self._within_reach(duty, reach_minutes)
        return self._reaches[key]

    def _within_reach(self, duty: Duty, reach_minutes: int) -> tuple[Duty, ...]:
        others = (
            other
            for other in self.meanwhile(duty.cover)
            if other.id != duty.id
            and other.cover.overlaps(duty.cover)
            and (away := self.minutes_between(duty.area, other.area)) is not None
            and away <= reach_minutes
        )
        return (duty, *others)

    def moment(self, moment: int) -> Moment:
        """A moment as sentences show it."""
        return Moment(self.horizon.local(moment))

    def where(self, duty: Duty) -> Named:
        """The place of a duty as sentences name it."""
        return self.named(Thing.AREA, duty.area, self.area(duty.area).name)

    def occasion(self, duty: Duty) -> Occasion:
        """A duty as sentences name it, who never show its id."""
        starts = self.horizon.local(duty.starts_at)
        when = Shift(starts, duty.shift) if duty.shift else Moment(starts)
        return Occasion(self.where(duty), duty.number, when)

    def what(self, qualification: str | None) -> Named | None:
        """A qualification, where there is one, as sentences name it."""
        return self.named(Thing.QUALIFICATION, qualification) if qualification else None

    def who(self, unit_id: str) -> str:
        return self.unit(unit_id).name or unit_id

    def named(self, thing: Thing, name: str, spare: str = "") -> Named:
        key = thing, name
        return Named(spare or name, self._names.get(key) or TITLES.get(key))

    @cached_property
    def _referred(self) -> frozenset[tuple[str, str]]:
        return frozenset(held.pair for held in self.reference)

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def _duties(self) -> dict[str, Duty]:
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.id: area for area in self.areas}

    @cached_property
    def _names(self) -> dict[tuple[Thing, str], Name]:
        return {(name.thing, name.id): name for name in self.vocabulary}

    @cached_property
    def _clocks(self) -> dict[str, Clock]:
        return {clock.id: clock for clock in self.clocks}

    @cached_property
    def _clocks_of(self) -> dict[str, tuple[Clock, ...]]:
        ids = {unit.id: dict.fromkeys(m.clock for m in unit.members) for unit in self.units}
        return {unit: tuple(self._clocks[c] for c in clocks) for unit, clocks in ids.items()}

    @cached_property
    def _units_by_clock(self) -> dict[str, tuple[Unit, ...]]:
        units: dict[str, dict[str, Unit]] = {}
        for unit in self.units:
            for member in unit.members:
                units.setdefault(member.clock, {})[unit.id] = unit
        return {clock: tuple(those.values()) for clock, those in units.items()}

    @cached_property
    def _units_by_member(self) -> dict[str, tuple[Unit, ...]]:
        units: dict[str, tuple[Unit, ...]] = {}
        for unit in self.units:
            for member in unit.members:
                units[member.id] = (*units.get(member.id, ()), unit)
        return units

    @cached_property
    def _always_complete(self) -> frozenset[str]:
        return frozenset(u.id for u in self.units if not any(m.absences for m in u.members))

    @cached_property
    def _by_report(self) -> tuple[list[int], list[int], int]:
        """When duties report, in order, their positions, and how long the longest is."""
        order = sorted(range(len(self.duties)), key=lambda i: self.duties[i].reports_at)
        longest = max((duty.span.minutes for duty in self.duties), default=0)
        return [self.duties[i].reports_at for i in order], order, longest

    @cached_property
    def _reaches(self) -> dict[tuple[str, int], tuple[Duty, ...]]:
        return {}

    @cached_property
    def _minutes(self) -> dict[frozenset[str], int]:
        return {frozenset(way.areas): way.minutes for way in self.travel}

    @cached_property
    def _presence(self) -> dict[tuple[str, Span], tuple[Member, ...]]:
        return {}

    def _present(self, unit: Unit, span: Span) -> tuple[Member, ...]:
        key = unit.id, span
        if key not in self._presence:
            self._presence[key] = tuple(m for m in unit.members if not m.away(span))
        return self._presence[key]


def kept(asked: Callable[[RosterProblem], _Answer]) -> Callable[[RosterProblem], _Answer]:
    """Asks once and keeps the answer beside the problem's indexes: a problem never changes."""
    name = f"{asked.__module__}.{asked.__qualname__}"

    @wraps(asked)
    def answer(problem: RosterProblem) -> _Answer:
        known: dict[str, _Answer] = vars(problem)
        if name not in known:
            known[name] = asked(problem)
        return known[name]

    return answer
