"""What can happen to a published roster: somebody is absent, a duty goes, comes or changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.duties import Duty, Need
from scheduler.forces import Unit
from scheduler.moments import Span
from scheduler.problem import RosterProblem


@dataclass(frozen=True, slots=True)
class Absent:
    """One member, or all of a unit, cannot come in that time, in whatever unit they serve."""

    during: Span
    unit: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A duty is not needed any more."""

    duty: str


@dataclass(frozen=True, slots=True)
class Added:
    """A duty that nobody knew of."""

    duty: Duty


@dataclass(frozen=True, slots=True)
class NeedChanged:
    """A duty asks for `need`, in place of its need of that id or beside the others."""

    duty: str
    need: Need


@dataclass(frozen=True, slots=True)
class Overran:
    """Those on a duty were released later than planned; their rest begins then."""

    duty: str
    released_at: int


Disruption = Absent | Cancelled | Added | NeedChanged | Overran


def faults_of(problem: RosterProblem, disruptions: Sequence[Disruption]) -> Iterator[str]:
    """Names that are unknown and contradictions, one sentence each."""
    for disruption in disruptions:
        match disruption:
            case Absent():
                yield from _faults_of_absence(problem, disruption)
            case Added(duty):
                if problem.has_duty(duty.id):
                    yield f"new duty {duty.id}: is in the problem already"
            case Cancelled(duty_id) | NeedChanged(duty_id, _) | Overran(duty_id, _):
                if not problem.has_duty(duty_id):
                    yield f"{_NAMES[type(disruption)]} {duty_id}: is not in the problem"
                elif isinstance(disruption, Overran):
                    yield from _faults_of_overrun(problem.duty(duty_id), disruption)
    yield from _contradictions(disruptions)


def _faults_of_absence(problem: RosterProblem, absent: Absent) -> Iterator[str]:
    where = f"absence of {absent.unit or absent.member}"
    if bool(absent.unit) == bool(absent.member):
        yield "absence: name a unit or a member, one of the two"
    elif not any(_concerns(absent, unit) for unit in problem.units):
        yield f"{where}: is not in the problem"
    if absent.during.ends <= absent.during.starts:
        yield f"{where}: has to end after it starts"


def _concerns(absent: Absent, unit: Unit) -> bool:
    return unit.id == absent.unit or any(m.id == absent.member for m in unit.members)


def _faults_of_overrun(duty: Duty, overran: Overran) -> Iterator[str]:
    if overran.released_at <= duty.released_at:
        yield f"overrun of duty {duty.id}: is not released later than planned"


def _contradictions(disruptions: Sequence[Disruption]) -> Iterator[str]:
    gone = {d.duty for d in disruptions if isinstance(d, Cancelled)}
    said = Counter(
        (type(d), duty_of(d), d.need.id if isinstance(d, NeedChanged) else "")
        for d in disruptions
        if not isinstance(d, Absent)
    )
    for (kind, duty, need), times in said.items():
        if times > 1:
            yield f"{_NAMES[kind]} {duty}{need and f', need {need}'}: stands {times} times"
        if kind is not Cancelled and duty in gone:
            yield f"{_NAMES[kind]} {duty}: is cancelled as well"


_NAMES: dict[type[Disruption], str] = {
    Cancelled: "cancelled duty",
    Added: "new duty",
    NeedChanged: "changed need of duty",
    Overran: "overrun of duty",
}


def duty_of(disruption: Cancelled | Added | NeedChanged | Overran) -> str:
    return disruption.duty.id if isinstance(disruption, Added) else disruption.duty
