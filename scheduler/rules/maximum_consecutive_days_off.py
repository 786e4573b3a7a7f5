from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.forces import Clock
from scheduler.patterns import DAY, Days, carried, last_judged, row, runs
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Served, Sheet
from scheduler.terms import Decisions, Require


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumConsecutiveDaysOff(Rule):
    """A unit that works is free for at most `maximum_days` days in a row before or after.

    A day is free when no duty starts on that local date. Only days of the horizon count, and
    none on which all who carry the clock have some leave: these end a run of free days. Who
    works nothing at all breaks nothing.

    Formula      for every clock and date d of work: some work on d + 1, ..., d + maximum + 1
                 and some on d - 1, ..., d - maximum - 1, where these are in the horizon
    Units        local dates
    Source       maximum consecutive days off of the rostering literature; pattern of the
                 service, to be confirmed
    Formulation  Two clauses per clock and date.
    """

    code = "maximum-consecutive-days-off"
    text = Text(
        en="Days off of {unit} in a row, from {begins} to {ends}: {days}; at most {maximum}.",
        nl="Vrije dagen van {unit} na elkaar, van {begins} tot {ends}: {days}; hoogstens "
        "{maximum}.",
        fr="Jours libres de {unit} d'affilée, du {begins} au {ends} : {days} ; au plus {maximum}.",
        de="Freie Tage von {unit} in Folge, von {begins} bis {ends}: {days}; höchstens {maximum}.",
    )

    maximum_days: int = parameter(unit="days", at_least=1, at_most=366)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        length = self.maximum_days + 1
        for days in Days.of_each(problem, self.scope, on=on, require=require):
            countable = set(_countable(problem, days.clock))
            for day in days:
                for free in (row(day + DAY, length), row(day - length * DAY, length)):
                    if countable.issuperset(free):
                        days.forbid(worked=(day,), free=free)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for clock in carried(problem, self.scope, sheet.clocks(near)):
            works: dict[date, list[Served]] = defaultdict(list)
            for s in sheet.served(clock):
                if self.scope.counts(s.unit, s.work):
                    works[problem.horizon.date(s.work.starts_at)].append(s)
            free = [day for day in _countable(problem, clock) if day not in works]
            for run in runs(free if works else ()):
                beside = [*works.get(run[0] - DAY, ()), *works.get(run[-1] + DAY, ())]
                blamed = last_judged(beside, self.scope)
                if len(run) > self.maximum_days and blamed:
                    yield self.broken(
                        unit=blamed.unit.id,
                        duty=blamed.duty_id,
                        by=len(run) - self.maximum_days,
                        days=len(run),
                        begins=problem.moment(problem.horizon.midnight(run[0])),
                        ends=problem.moment(problem.horizon.midnight(run[-1] + DAY)),
                        maximum=self.maximum_days,
                    )


def _countable(problem: RosterProblem, clock: Clock) -> Iterator[date]:
    """The dates of the horizon on which somebody who carries the clock has no leave at all."""
    members = [m for u in problem.units_with(clock) for m in u.members if m.clock == clock.id]
    for day in problem.horizon.days_of(problem.horizon.span):
        if not all(member.away(problem.horizon.day(day)) for member in members):
            yield day
