"""The parts of a roster that are signed off one by one: its areas, and the soldiers."""

from __future__ import annotations

from dataclasses import asdict

from patrols.access.actor import DEFENCE
from patrols.rosters.records import RosterRecord, SignOffRecord
from scheduler.forces import Force
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.rule import Text
from scheduler.wording import Name, Named, Thing

SOLDIERS = Text(
    en="Defence (all soldiers)",
    nl="Defensie (alle militairen)",
    fr="Défense (tous les militaires)",
    de="Verteidigung (alle Soldaten)",
)


def parts_of(problem: RosterProblem, roster: Roster) -> tuple[str, ...]:
    """The areas with duties, in order, and `defence` if any military unit is on a duty."""
    areas = sorted({duty.area for duty in problem.duties})
    soldiers = any(problem.unit(a.unit).force is Force.MILITARY for a in roster.assignments)
    return (*areas, DEFENCE) if soldiers else tuple(areas)


def valid_sign_offs(roster: RosterRecord) -> dict[str, SignOffRecord]:
    """Those of the roster as it now is: earlier ones fell when it changed.

    A published roster keeps those that it was published with: being superseded changes no duty.
    """
    version = roster.row_version
    if roster.published_at is not None:
        version = max((s.signed_version for s in roster.sign_offs), default=version)
    return {s.part: s for s in roster.sign_offs if s.signed_version == version}


def part_name(problem: RosterProblem, part: str) -> Named:
    """A part as sentences name it; one that there is not by what was asked for."""
    if part == DEFENCE:
        return Named(DEFENCE, Name(Thing.AREA, DEFENCE, **asdict(SOLDIERS)))
    return problem.named(Thing.AREA, part)
