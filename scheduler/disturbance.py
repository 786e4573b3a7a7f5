"""A roster after something happened: the problem as it is now, and what still stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from scheduler.disruption import (
    Absent,
    Added,
    Cancelled,
    Disruption,
    NeedChanged,
    Overran,
    duty_of,
    faults_of,
)
from scheduler.duties import Duty
from scheduler.eligibility import Eligible
from scheduler.errors import InvalidProblem
from scheduler.forces import Unit
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation
from scheduler.roster import Assignment, Roster


@dataclass(frozen=True)
class Disturbance:
    """A roster that was told, and the problem as it is now.

    Changes count from `told`; `standing` is what of the roster still can be, pins included;
    `asked` are the duties that are new or ask for something else.
    """

    before: RosterProblem
    told: Roster
    problem: RosterProblem
    standing: Roster
    asked: frozenset[str] = frozenset()

    def movable(self, duty: Duty) -> bool:
        """Whether anybody may still come to it or leave it: it has not begun."""
        began = self.problem.frozen_until
        return not duty.overran and (began is None or duty.starts_at >= began)

    def may_stay(self, held: Assignment) -> bool:
        """Whether no rule that refuses single pairs has anything against it.

        What has begun stays even so, unless only what happened since speaks against it.
        """
        unit, duty = self.problem.unit(held.unit), self.problem.duty(held.duty)
        if self._eligible.allows(unit, duty):
            return True
        before = Eligible(self.before)
        return not self.movable(duty) and not before.allows(
            self.before.unit(unit.id), self.before.duty(duty.id)
        )

    @cached_property
    def _eligible(self) -> Eligible:
        return Eligible(self.problem)

    @cached_property
    def pinned(self) -> frozenset[tuple[str, str]]:
        """The pairs that a person settled and that still stand."""
        return frozenset(a.pair for a in self.standing.assignments if a.pinned)

    @cached_property
    def free(self) -> tuple[tuple[Unit, Duty], ...]:
        """What stands, and may be undone."""
        pairs = ((self.problem.unit(u), self.problem.duty(d)) for u, d in self._unpinned)
        return tuple((unit, duty) for unit, duty in pairs if self.movable(duty))

    @property
    def _unpinned(self) -> list[tuple[str, str]]:
        return sorted(self.standing.pairs - self.pinned)

    @cached_property
    def struck(self) -> frozenset[tuple[str, str]]:
        """What was told and cannot be any more."""
        return self.told.pairs - self.standing.pairs


def disturbed(
    problem: RosterProblem, roster: Roster, disruptions: Sequence[Disruption]
) -> Disturbance:
    """The problem and the roster after all of it has happened at once.

    Changes count from the problem's reference; without one the roster is what people know.
    Raises `InvalidProblem` with every name that is unknown and every contradiction.
    """
    if faults := tuple(faults_of(problem, disruptions)):
        raise InvalidProblem(faults)
    known = (a for a in problem.reference if problem.has_unit(a.unit) and problem.has_duty(a.duty))
    told = Roster.of(known) if problem.reference else roster
    gone = frozenset(d.duty for d in disruptions if isinstance(d, Cancelled))
    away, stayed = _absences(problem, disruptions), _overruns(problem, roster, disruptions)
    now = replace(
        problem,
        units=tuple(_as_there(unit, away, stayed) for unit in problem.units),
        duties=tuple(_duties(problem, disruptions, gone)),
        relaxations=tuple(_without(gone, problem.relaxations)),
        pinned=(),  # they stand in the roster, as far as they still can be
        reference=told.assignments,
    )
    pinned = {pin.pair: pin for pin in problem.pinned}
    held = {a.pair: replace(a, pinned=a.pinned or a.pair in pinned) for a in roster.assignments}
    found = Disturbance(problem, told, now, Roster(), _asked(disruptions))
    standing = (a for a in (pinned | held).values() if a.duty not in gone and found.may_stay(a))
    return replace(found, standing=Roster.of(standing))


def _asked(disruptions: Iterable[Disruption]) -> frozenset[str]:
    return frozenset(duty_of(d) for d in disruptions if isinstance(d, Added | NeedChanged))


def _absences(problem: RosterProblem, disruptions: Iterable[Disruption]) -> dict[str, list[Span]]:
    """By member: those of a whole unit are those of all who serve in it."""
    away: dict[str, list[Span]] = defaultdict(list)
    for absent in disruptions:
        if isinstance(absent, Absent):
            unit = problem.unit(absent.unit) if absent.unit else None
            for member in [m.id for m in unit.members] if unit else [absent.member]:
                away[member].append(absent.during)
    return away


def _overruns(
    problem: RosterProblem, roster: Roster, disruptions: Iterable[Disruption]
) -> dict[str, list[Span]]:
    """By member who was there: from when they should have been released to when they were."""
    late = {d.duty: d.released_at for d in disruptions if isinstance(d, Overran)}
    stayed: dict[str, list[Span]] = defaultdict(list)
    for held in roster.assignments:
        if held.duty in late:
            unit, duty = problem.unit(held.unit), problem.duty(held.duty)
            for member in problem.present(unit, duty):
                stayed[member.id].append(Span(duty.released_at, late[held.duty]))
    return stayed


def _as_there(
    unit: Unit, away: Mapping[str, Sequence[Span]], stayed: Mapping[str, Sequence[Span]]
) -> Unit:
    """Who stayed on did not leave yet: an absence that was to begin meanwhile begins later."""
    members = []
    for member in unit.members:
        absences = (*member.absences, *away.get(member.id, ()))
        for overrun in stayed.get(member.id, ()):
            absences = tuple(
                Span(overrun.ends, absence.ends) if overrun.holds(absence.starts) else absence
                for absence in absences
                if not overrun.contains(absence)
            )
        members.append(replace(member, absences=absences))
    return replace(unit, members=tuple(members))


def _duties(
    problem: RosterProblem, disruptions: Sequence[Disruption], gone: frozenset[str]
) -> Iterator[Duty]:
    ends = {d.duty: d.released_at for d in disruptions if isinstance(d, Overran)}
    changes = [d for d in disruptions if isinstance(d, NeedChanged)]
    for duty in problem.duties:
        if duty.id in gone:
            continue
        needs = {need.id: need for need in duty.needs}
        needs |= {change.need.id: change.need for change in changes if change.duty == duty.id}
        released_at = ends.get(duty.id, duty.released_at)
        yield replace(
            duty,
            needs=tuple(needs.values()),
            released_at=released_at,
            overran=duty.overran or released_at > duty.released_at,
        )
    yield from (d.duty for d in disruptions if isinstance(d, Added))


def _without(gone: frozenset[str], relaxations: Iterable[Relaxation]) -> Iterable[Relaxation]:
    """What is granted for a duty that is gone is granted for nothing."""
    left = {r: tuple(duty for duty in r.duties if duty not in gone) for r in relaxations}
    return dict.fromkeys(replace(r, duties=d) for r, d in left.items() if d or not r.duties)
