from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from scheduler.patterns import DAY, Days, edges, last_judged, row, worked_days
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import AtMostOne, Decisions, Require


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumConsecutiveDaysOff(Rule):
    """Once a unit is free, it is free for at least `minimum_days` days in a row.

    A day is free when no duty starts on that local date; a run of free days lies between two
    worked days, be they before the horizon or published after it. A run that no work bounds
    before the first date of the horizon, or after the last, may be longer than is known: with
    `waived_at_edges` it is not judged, else its days inside the horizon have to suffice.

    Formula      for every clock and date d: works_d + sum of ends_i <= 1
                 over d - minimum < i <= d, where ends_i is works_(i-1) and not works_i
    Units        local dates
    Source       minimum consecutive days off of the rostering literature; pattern of the
                 service, to be confirmed
    Formulation  The minimum down-time rows of Rajan and Takriti; a run after certain work, or
                 after some that is not judged, is forbidden length by length.
    """

    code = "minimum-consecutive-days-off"
    text = Text(
        en="Days off of {unit} in a row between {begins} and {ends}: {days}; at least {minimum}.",
        nl="Vrije dagen van {unit} na elkaar tussen {begins} en {ends}: {days}; minstens "
        "{minimum}.",
        fr="Jours libres de {unit} d'affilée entre {begins} et {ends} : {days} ; au moins "
        "{minimum}.",
        de="Freie Tage von {unit} in Folge zwischen {begins} und {ends}: {days}; mindestens "
        "{minimum}.",
    )

    minimum_days: int = parameter(unit="days", at_least=1, at_most=31)
    waived_at_edges: bool = parameter()

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for days in Days.of_each(problem, self.scope, on=on, require=require):
            for day in days:
                recent = [day - n * DAY for n in range(self.minimum_days)]
                ended = (days.ends(first) for first in recent if days.open(first - DAY))
                days.require(AtMostOne((*ended, days.works(day))), day)
                if not days.open(day):
                    self._forbid_short(days, day)
            if not self.waived_at_edges:
                self._forbid_at_edges(days)

    def _forbid_short(self, days: Days, before: date) -> None:
        for length in range(1, self.minimum_days):
            free = row(before + DAY, length)
            days.forbid(worked=(before, free[-1] + DAY), free=free)

    def _forbid_at_edges(self, days: Days) -> None:
        known = tuple(days)
        for length in range(1, self.minimum_days):
            if known[0] >= days.first:
                after = days.first + length * DAY
                days.forbid(worked=(after,), free=row(days.first, length))
            if known[-1] <= days.last:
                before = days.last - length * DAY
                days.forbid(worked=(before,), free=row(before + DAY, length))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        first, last = edges(problem)
        for days in worked_days(problem, sheet, self.scope, near):
            bounds = [*days] if self.waived_at_edges else [first - DAY, *days, last + DAY]
            for before, after in pairwise(bounds):
                free = (after - before).days - 1  # below zero for an edge that work lies beyond
                beside = [*days.get(before, ()), *days.get(after, ())]
                blamed = last_judged(beside, self.scope)
                if 0 < free < self.minimum_days and blamed:
                    yield self.broken(
                        unit=blamed.unit.id,
                        duty=blamed.duty_id,
                        by=free - self.minimum_days,
                        days=free,
                        begins=problem.moment(problem.horizon.midnight(before + DAY)),
                        ends=problem.moment(problem.horizon.midnight(after)),
                        minimum=self.minimum_days,
                    )
