"""Contradictions inside a roster problem, each as one sentence with the remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from scheduler.duties import Count, Duty, Need
from scheduler.forces import Clock, Force, Unit

if TYPE_CHECKING:
    from scheduler.problem import RosterProblem
    from scheduler.relaxation import Relaxation

LARGEST_NEED = 1000
LARGEST_PRIORITY = 1000
LARGEST_WEIGHT = 1_000_000
LARGEST_BURDEN = 100_000


def faults_of(problem: RosterProblem) -> Iterator[str]:
    yield from _doubled(problem)
    areas = {area.id for area in problem.areas}
    clocks = {clock.id for clock in problem.clocks}
    for duty in problem.duties:
        yield from _duty(problem, duty, areas)
    for unit in problem.units:
        yield from _unit(unit, areas, clocks)
    for clock in problem.clocks:
        yield from _clock(problem, clock)
    yield from _places(problem, areas)
    yield from _members(problem)
    yield from _named(problem)
    yield from _requests(problem)
    yield from _joint_teams(problem)
    yield from _relaxations(problem)


def _doubled(problem: RosterProblem) -> Iterator[str]:
    named: dict[str, Iterable[str]] = {
        "area": (a.id for a in problem.areas),
        "unit": (u.id for u in problem.units),
        "clock": (c.id for c in problem.clocks),
        "duty": (d.id for d in problem.duties),
        "mandate": (m.id for m in problem.mandates),
        "name of": (f"{n.thing} {n.id}" for n in problem.vocabulary),
        "joint team of": (f"{t.police} and {t.military}" for t in problem.joint_teams),
        "pin": (f"{p.unit} on {p.duty}" for p in problem.pinned),
    }
    for kind, ids in named.items():
        for name, times in Counter(ids).items():
            if times > 1:
                yield f"{kind} {name} stands {times} times: keep one"


def _duty(problem: RosterProblem, duty: Duty, areas: set[str]) -> Iterator[str]:
    where = f"duty {duty.id}"
    if not duty.reports_at <= duty.starts_at < duty.ends_at <= duty.released_at:
        yield f"{where}: needs reports_at <= starts_at < ends_at <= released_at"
    if not 0 <= duty.starts_at < problem.horizon.minutes:
        yield f"{where}: starts outside the horizon"
    if duty.area not in areas:
        yield f"{where}: unknown area {duty.area}; list it under areas"
    if not 0 <= duty.priority <= LARGEST_PRIORITY:
        yield f"{where}: priority {duty.priority} is not between 0 and {LARGEST_PRIORITY}"
    for name, times in Counter(need.id for need in duty.needs).items():
        if times > 1:
            yield f"{where}: need {name} stands {times} times: keep one"
    for need in duty.needs:
        yield from _need(problem, where, need)


def _need(problem: RosterProblem, where: str, need: Need) -> Iterator[str]:
    at = f"{where}, need {need.id}"
    if not 0 <= need.minimum <= need.target <= need.maximum <= LARGEST_NEED:
        yield f"{at}: needs 0 <= minimum <= target <= maximum <= {LARGEST_NEED}"
    elif need.firm and need.minimum > (available := _available(problem, need)):
        yield f"{at}: asks {need.minimum} {need.counts} where only {available} exist"
    yield from _weight(f"{at}: under_weight", need.under_weight)
    yield from _weight(f"{at}: over_weight", need.over_weight)


def _weight(what: str, weight: int) -> Iterator[str]:
    if not 0 <= weight <= LARGEST_WEIGHT:
        yield f"{what} {weight} is not between 0 and {LARGEST_WEIGHT}"


def _available(problem: RosterProblem, need: Need) -> int:
    units = [u for u in problem.units if need.force in (None, u.force)]
    if need.counts is Count.TEAMS:
        return len(units)
    return len({member.id for unit in units for member in unit.members})


def _unit(unit: Unit, areas: set[str], clocks: set[str]) -> Iterator[str]:
    where = f"unit {unit.id}"
    if not unit.members:
        yield f"{where}: has no members"
    elif not 1 <= unit.smallest <= len(unit.members):
        yield f"{where}: smallest {unit.smallest} is not between 1 and its {len(unit.members)}"
    known = areas if unit.home else {*areas, ""}
    for area in sorted({*unit.areas, *unit.familiar, unit.home} - known):
        yield f"{where}: unknown area {area}; list it under areas"
    for member in unit.members:
        if member.clock not in clocks:
            yield f"{where}, member {member.id}: unknown clock {member.clock}"
        for absence in member.absences:
            if absence.ends < absence.starts:
                yield f"{where}, member {member.id}: an absence ends before it starts"
        for training in member.trainings:
            if training.ends <= training.starts:
                yield f"{where}, member {member.id}: a training has to end after it starts"


def _clock(problem: RosterProblem, clock: Clock) -> Iterator[str]:
    where = f"clock {clock.id}"
    for work in clock.worked:
        if not work.reports_at <= work.starts_at < work.ends_at <= work.released_at:
            yield f"{where}: needs reports_at <= starts_at < ends_at <= released_at"
        elif 0 <= work.starts_at < problem.horizon.minutes:
            yield f"{where}: work at minute {work.starts_at} lies inside the horizon; pin a duty"
    if not 0 <= (clock.contract_minutes or 0) <= problem.horizon.minutes:
        most = problem.horizon.minutes
        yield f"{where}: contract_minutes {clock.contract_minutes} is not between 0 and {most}"
    if not 0 <= clock.burden <= LARGEST_BURDEN:
        yield f"{where}: burden {clock.burden} is not between 0 and {LARGEST_BURDEN}"
    for position, carried in enumerate(clock.carried):
        at, during = f"{where}, carried from minute {carried.during.starts}", carried.during
        if not during.starts < during.ends <= 0:
            yield f"{at}: has to start before it ends, and to end before the horizon"
        if not 0 <= carried.minutes <= during.minutes:
            yield f"{at}: {carried.minutes} minutes are not between 0 and the {during.minutes}"
        counted = (*(c.during for c in clock.carried[:position]), *(w.span for w in clock.worked))
        if any(during.overlaps(span) for span in counted):
            yield f"{at}: overlaps other work or another sum; count each minute once"


def _places(problem: RosterProblem, areas: set[str]) -> Iterator[str]:
    for way in problem.travel:
        for area in sorted({*way.areas} - areas):
            yield f"travel: unknown area {area}; list it under areas"
        if way.minutes < 0:
            yield f"travel {' - '.join(way.areas)}: {way.minutes} minutes is negative"
    for mandate in problem.mandates:
        for area in sorted({*mandate.areas} - areas):
            yield f"mandate {mandate.id}: unknown area {area}; list it under areas"
        if mandate.cap < 0:
            yield f"mandate {mandate.id}: a cap of {mandate.cap} soldiers is negative"


def _members(problem: RosterProblem) -> Iterator[str]:
    carried = {m.clock for unit in problem.units for m in unit.members}
    for clock in problem.clocks:
        if clock.id not in carried:
            yield f"clock {clock.id}: no member carries it"
    seen: dict[str, str] = {}
    for unit in problem.units:
        for name, times in Counter(m.id for m in unit.members).items():
            if times > 1:
                yield f"unit {unit.id}: member {name} stands {times} times: keep one"
        for member in unit.members:
            if seen.setdefault(member.id, member.clock) != member.clock:
                yield f"member {member.id}: carries two clocks; one person has one"


def _named(problem: RosterProblem) -> Iterator[str]:
    units = {unit.id for unit in problem.units}
    duties = {duty.id: duty for duty in problem.duties}
    for list_name in ("pinned", "reference"):
        for a in getattr(problem, list_name):
            if a.unit not in units:
                yield f"{list_name}: unknown unit {a.unit}"
            if a.duty not in duties and list_name == "pinned":
                yield f"{list_name}: unknown duty {a.duty}"
    pins = sorted((p for p in problem.pinned if p.duty in duties), key=lambda p: p.unit)
    for i, first in enumerate(pins):
        for second in pins[i + 1 :]:
            if second.unit != first.unit:
                break
            if duties[first.duty].span.overlaps(duties[second.duty].span):
                yield f"pinned: {first.unit} is pinned to {first.duty} and {second.duty} at once"


def _requests(problem: RosterProblem) -> Iterator[str]:
    units = {unit.id for unit in problem.units}
    for request, times in Counter(problem.requests).items():
        where = f"request of {request.unit} from minute {request.during.starts}"
        if times > 1:
            yield f"{where} stands {times} times: keep one"
        if request.unit not in units:
            yield f"{where}: unknown unit"
        if request.during.ends <= request.during.starts:
            yield f"{where}: ends no later than it starts"
        yield from _weight(f"{where}: weight", request.weight)


def _joint_teams(problem: RosterProblem) -> Iterator[str]:
    forces = {unit.id: unit.force for unit in problem.units}
    for team in problem.joint_teams:
        for unit, force in ((team.police, Force.POLICE), (team.military, Force.MILITARY)):
            if forces.get(unit) is not force:
                where = f"joint team of {team.police} and {team.military}"
                yield f"{where}: {unit} is no {force} unit of the problem"


def _relaxations(problem: RosterProblem) -> Iterator[str]:
    for relaxation, times in Counter(problem.relaxations).items():
        where = f"relaxation of {relaxation.rule} by {relaxation.granted_by}"
        if times > 1:
            yield f"{where} stands {times} times: keep one"
        if not relaxation.reason.strip():
            yield f"{where}: has no reason"
        if relaxation.at_any_time and not relaxation.units:
            yield f"{where}: name a unit, a duty, an area or a time"
        if relaxation.during and relaxation.during.ends <= relaxation.during.starts:
            yield f"{where}: ends no later than it starts"
        yield from _strangers(problem, where, relaxation)
        yield from _authority(problem, where, relaxation)


def _strangers(problem: RosterProblem, where: str, relaxation: Relaxation) -> Iterator[str]:
    known = {
        "unit": (relaxation.units, {unit.id for unit in problem.units}),
        "duty": (relaxation.duties, {duty.id for duty in problem.duties}),
        "area": (relaxation.areas, {area.id for area in problem.areas}),
    }
    for kind, (named, there) in known.items():
        for name in named:
            if name not in there:
                yield f"{where}: unknown {kind} {name}"


def _authority(problem: RosterProblem, where: str, relaxation: Relaxation) -> Iterator[str]:
    meant = [rule for rule in problem.rules if relaxation.means(rule)]
    if not meant:
        yield f"{where}: no such rule is in force"
    for rule in meant:
        covered = not relaxation.units or any(
            rule.scope.covers_unit(u) for u in problem.units if u.id in relaxation.units
        )
        if covered and relaxation.granted_by not in rule.relaxable_by:
            may = ", ".join(rule.relaxable_by) or "nobody"
            at = f" of {rule.framework}" if rule.framework else ""
            yield f"{where}: the rule{at} may be relaxed by {may} alone"
