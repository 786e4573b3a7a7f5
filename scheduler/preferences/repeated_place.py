from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Unit, Worked
from scheduler.problem import RosterProblem, kept
from scheduler.rule import Near, Preference, Text, parameter
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions

WEEKS = range(1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedPlace(Preference):
    """A unit is not in the same place on the same weekday at the same hour, week after week.

    Whoever watched it these four weeks is not to know when it comes again. What any of its
    members worked counts as the unit's own; times are those of the local clock.

    Formula      sum over x[u,d] = 1 of the number of weeks k in 1..4 with a duty of u in area_d,
                 7 k days before d, starting at most `within_minutes` from the time of d
    Units        repeated weeks, 0 to 4 per assignment. Proposal: within 120 minutes; to be
                 confirmed
    Formulation  A price on each decision that repeats the past, found from what was worked and
                 not from every decision. Where the horizon is longer than a week, one price per
                 decision and earlier week on "taken, and some repeated one of that week as well".
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
        within = [*self._within_the_horizon(problem)]
        for unit in problem.units:
            taken = {choice.duty.id: choice.taken for choice in on.unit(unit)}
            past = self._of_the_past(problem, unit)
            for duty, weeks in past.items():
                if duty in taken:
                    cost.each(len(weeks), taken[duty])
            for duty, week, earlier in within:
                if duty in taken and week not in past.get(duty, ()):
                    once = on.any_of([taken[other] for other in earlier if other in taken])
                    cost.each(1, ~on.any_of((~taken[duty], ~once)))

    def _of_the_past(self, problem: RosterProblem, unit: Unit) -> Mapping[str, set[int]]:
        """By duty, the weeks ago in which the unit was there as well."""
        weeks: dict[str, set[int]] = defaultdict(set)
        for work in _worked(problem, unit):
            for week in WEEKS:
                for duty in self._alike(problem, work, week):
                    weeks[duty].add(week)
        return weeks

    def _within_the_horizon(
        self, problem: RosterProblem
    ) -> Iterator[tuple[str, int, tuple[str, ...]]]:
        """Duty, weeks ago, and the duties there and then."""
        for duty in problem.duties:
            for week in WEEKS:
                if earlier := tuple(self._alike(problem, duty, -week)):
                    yield duty.id, week, earlier

    def _alike(self, problem: RosterProblem, work: Duty | Worked, weeks: int) -> Iterator[str]:
        """The duties in the same place at the same time, so many weeks later."""
        area, day, minute = _place(problem, work)
        for duty, then in _starts(problem).get((area, day + 7 * weeks), ()):
            if abs(minute - then) <= self.within_minutes:
                yield duty

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        repeats = 0
        for unit in sheet.units(near):
            now = [_place(problem, placed.duty) for placed in sheet.by(unit)]
            past = {_place(problem, work) for work in _worked(problem, unit)} if now else set()
            for area, day, minute in now:
                ago = {
                    day - other
                    for where, other, then in past.union(now)
                    if where == area and abs(minute - then) <= self.within_minutes
                }
                repeats += len(ago & {7 * week for week in WEEKS})
        return repeats


@kept
def _starts(problem: RosterProblem) -> Mapping[tuple[str, int], list[tuple[str, int]]]:
    """By area and day, the duties with their minute of the day."""
    starts: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for duty in problem.duties:
        area, day, minute = _place(problem, duty)
        starts[area, day].append((duty.id, minute))
    return dict(starts)


def _place(problem: RosterProblem, work: Duty | Worked) -> tuple[str, int, int]:
    """Area, local day, and local minute of the day."""
    starts = problem.horizon.local(work.starts_at)
    return work.area, starts.toordinal(), starts.hour * 60 + starts.minute


def _worked(problem: RosterProblem, unit: Unit) -> tuple[Worked, ...]:
    clocks = dict.fromkeys(member.clock for member in unit.members)
    return tuple(work for clock in clocks for work in problem.clock(clock).worked)
