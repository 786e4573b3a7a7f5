from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.patterns import DAY, Days, edges, last_judged, row, runs, worked_days
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import AtMostOne, Decisions, Require


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumConsecutiveDuties(Rule):
    """Once a unit works, it works on at least `minimum_days` days in a row.

    A day is worked when a duty starts on that local date. What was worked before the horizon
    and what is published after it prolong a run. With `waived_at_edges`, a run that begins on
    the first date of the horizon or ends on the last may go on out of sight: it is not judged.

    Formula      for every clock and date d: sum of begins_i <= works_d
                 over d - minimum < i <= d, where begins_i is works_i and not works_(i-1)
    Units        local dates
    Source       minimum consecutive work days of the rostering literature; pattern of the
                 service, to be confirmed
    Formulation  The minimum up-time rows of Rajan and Takriti; a run that begins in certain
                 work, or in some that is not judged, is forbidden length by length.
    """

    code = "minimum-consecutive-duties"
    text = Text(
        en="Days in a row on which {unit} works, from {first} to {last}: {days}; at least "
        "{minimum}.",
        nl="Dagen na elkaar waarop {unit} werkt, van {first} tot {last}: {days}; minstens "
        "{minimum}.",
        fr="Jours d'affilée où {unit} travaille, du {first} au {last} : {days} ; au moins "
        "{minimum}.",
        de="Tage in Folge, an denen {unit} arbeitet, von {first} bis {last}: {days}; mindestens "
        "{minimum}.",
    )

    minimum_days: int = parameter(unit="days", at_least=1, at_most=31)
    waived_at_edges: bool = parameter()

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for days in Days.of_each(problem, self.scope, on=on, require=require):
            waived = days.first if self.waived_at_edges else None
            firsts = [day for day in days if day != waived]
            self._state_begun(days, {day for day in firsts if days.open(day)})
            for first in firsts:
                if not days.open(first):
                    self._forbid_short(days, first)

    def _state_begun(self, days: Days, firsts: set[date]) -> None:
        """Who began a run in the last `minimum_days` days still works."""
        open_end = self.waived_at_edges and not days.certain(days.last + DAY)
        length = (days.last - days.first).days + (1 if open_end else self.minimum_days)
        for day in row(days.first, length):
            recent = [day - n * DAY for n in range(self.minimum_days)]
            begun = (days.begins(first) for first in recent if first in firsts)
            days.require(AtMostOne((*begun, ~days.works(day))), day)

    def _forbid_short(self, days: Days, first: date) -> None:
        for length in range(1, self.minimum_days):
            run = row(first, length)
            if not (self.waived_at_edges and run[-1] == days.last):
                days.forbid(worked=run, free=(first - DAY, run[-1] + DAY))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        begins, ends = edges(problem)
        for days in worked_days(problem, sheet, self.scope, near):
            for run in runs(days):
                waived = self.waived_at_edges and (run[0] == begins or run[-1] == ends)
                blamed = last_judged((s for day in run for s in days[day]), self.scope)
                if len(run) < self.minimum_days and blamed and not waived:
                    yield self.broken(
                        unit=blamed.unit.id,
                        duty=blamed.duty_id,
                        by=len(run) - self.minimum_days,
                        days=len(run),
                        first=problem.moment(days[run[0]][0].work.starts_at),
                        last=problem.moment(days[run[-1]][0].work.starts_at),
                        minimum=self.minimum_days,
                    )
