from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Unit, Worked
from scheduler.problem import RosterProblem, kept
from scheduler.rule import Near, Preference, Text, parameter
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decision, Decisions

WEEKS = range(1, 5)

Place = tuple[str, int, int]  # area, local day, local minute of the day


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedPlace(Preference):
    """A unit is not in the same place on the same weekday at the same hour, week after week.

    Whoever watched it these four weeks is not to know when it comes again. What any of its
    members worked counts as the unit's own; times are those of the local clock.

    Formula      sum over x[u,d] = 1 of the number of weeks k in 1..4 with a duty of u in area_d,
                 7 k days before d, starting at most `within_minutes` from the time of d
    Units        repeated weeks, 0 to 4 per assignment. Proposal: within 120 minutes; to be
                 confirmed
    Formulation  A price on each decision that repeats the past. Where the horizon is longer
                 than a week, one price per decision and earlier week on "taken, and some repeated
                 one of that week as well".
    """

    code = "repeated-place"
    text = Text(
        en="Weeks in which a unit was already in that place at that hour",
        nl="Weken waarin een eenheid al op die plaats en op dat uur was",
        fr="Semaines où une unité était déjà à cet endroit à cette heure",
        de="Wochen, in denen eine Einheit schon zu dieser Stunde an diesem Ort war",
    )

    within_minutes: int = parameter(unit="min", at_least=0, at_most=12 * 60)

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        places = _places(problem)
        for unit in problem.units:
            past = _past(problem, unit)
            open_: dict[tuple[str, int], list[Decision]] = defaultdict(list)
            for choice in on.unit(unit):
                open_[places[choice.duty.id][:2]].append(choice)
            for choice in on.unit(unit):
                area, day, minute = places[choice.duty.id]
                for earlier in ((area, day - 7 * week) for week in WEEKS):
                    if any(self._like(minute, then) for then in past.get(earlier, ())):
                        cost.each(1, choice.taken)
                    elif repeated := [
                        c.taken
                        for c in open_.get(earlier, ())
                        if self._like(minute, places[c.duty.id][2])
                    ]:
                        cost.each(1, ~on.any_of((~choice.taken, ~on.any_of(repeated))))

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        repeats = 0
        for unit in sheet.units(near):
            now = [_place(problem, placed.duty) for placed in sheet.by(unit)]
            past = {_place(problem, work) for work in _worked(problem, unit)} if now else set()
            for area, day, minute in now:
                ago = {
                    day - other
                    for where, other, then in past.union(now)
                    if where == area and self._like(minute, then)
                }
                repeats += len(ago & {7 * week for week in WEEKS})
        return repeats

    def _like(self, minute: int, other: int) -> bool:
        return abs(minute - other) <= self.within_minutes


@kept
def _places(problem: RosterProblem) -> Mapping[str, Place]:
    return {duty.id: _place(problem, duty) for duty in problem.duties}


def _place(problem: RosterProblem, work: Duty | Worked) -> Place:
    starts = problem.horizon.local(work.starts_at)
    return work.area, starts.toordinal(), starts.hour * 60 + starts.minute


def _past(problem: RosterProblem, unit: Unit) -> Mapping[tuple[str, int], list[int]]:
    """When the unit started where, by area and day."""
    past: dict[tuple[str, int], list[int]] = defaultdict(list)
    for work in _worked(problem, unit):
        area, day, minute = _place(problem, work)
        past[area, day].append(minute)
    return past


def _worked(problem: RosterProblem, unit: Unit) -> tuple[Worked, ...]:
    clocks = dict.fromkeys(member.clock for member in unit.members)
    return tuple(work for clock in clocks for work in problem.clock(clock).worked)
