from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.patterns import Days, last_judged, row, runs, worked_days
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import Decisions, Require


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumConsecutiveDuties(Rule):
    """A unit works on at most `maximum_days` days in a row.

    A day is worked when a duty starts on that local date. What was worked before the horizon
    and what is published after it count.

    Formula      for every clock and every maximum + 1 dates in a row: not all of them worked
    Units        local dates
    Source       maximum consecutive work days of the rostering literature; pattern of the
                 service, to be confirmed
    Formulation  One clause per clock and row of dates; "works on that date" is one decision,
                 shared by all rules on patterns.
    """

    code = "maximum-consecutive-duties"
    text = Text(
        en="Days in a row on which {unit} works, from {first} to {last}: {days}; at most "
        "{maximum}.",
        nl="Dagen na elkaar waarop {unit} werkt, van {first} tot {last}: {days}; hoogstens "
        "{maximum}.",
        fr="Jours d'affilée où {unit} travaille, du {first} au {last} : {days} ; au plus "
        "{maximum}.",
        de="Tage in Folge, an denen {unit} arbeitet, von {first} bis {last}: {days}; höchstens "
        "{maximum}.",
    )

    maximum_days: int = parameter(unit="days", at_least=1, at_most=366)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for days in Days.of_each(problem, self.scope, on=on, require=require):
            for first in days:
                days.forbid(worked=row(first, self.maximum_days + 1))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for days in worked_days(problem, sheet, self.scope, near):
            for run in runs(days):
                blamed = last_judged((s for day in run for s in days[day]), self.scope)
                if len(run) > self.maximum_days and blamed:
                    yield self.broken(
                        unit=blamed.unit.id,
                        duty=blamed.duty_id,
                        by=len(run) - self.maximum_days,
                        days=len(run),
                        first=problem.moment(days[run[0]][0].work.starts_at),
                        last=problem.moment(days[run[-1]][0].work.starts_at),
                        maximum=self.maximum_days,
                    )
