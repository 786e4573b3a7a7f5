from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.patterns import DAY, Days, edges, last_judged, row, worked_days
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation
from scheduler.sheet import Sheet
from scheduler.terms import Decisions, Require

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteWeekends(Rule):
    """A unit works on both days of a weekend or on neither.

    A day is worked when a duty starts on that local date; a Friday night that ends on Saturday
    makes no difference. A weekend of which one date lies outside the horizon is not judged.

    Formula      for every clock and weekend of the horizon: works_saturday = works_sunday
    Units        local dates
    Source       complete weekends of the rostering literature; pattern of the service, to be
                 confirmed
    Formulation  Two clauses per clock and weekend.
    """

    code = "complete-weekends"
    text = Text(
        en="{unit} works on only one day of a weekend, {worked}: both or neither.",
        nl="{unit} werkt maar op één dag van een weekend, {worked}: beide of geen van beide.",
        fr="{unit} ne travaille qu'un jour d'un week-end, {worked} : les deux ou aucun.",
        de="{unit} arbeitet nur an einem Tag eines Wochenendes, {worked}: beide oder keiner.",
    )

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for days in Days.of_each(problem, self.scope, on=on, require=require):
            for day in days:
                other = {SATURDAY: day + DAY, SUNDAY: day - DAY}.get(day.weekday())
                if other and days.first <= min(day, other) and max(day, other) <= days.last:
                    days.forbid(worked=(day,), free=(other,))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        first, last = edges(problem)
        for days in worked_days(problem, sheet, self.scope, near):
            for week in problem.horizon.weeks():
                weekend = row(problem.horizon.monday(week) + 5 * DAY, 2)
                worked = [day for day in weekend if day in days]
                blamed = last_judged((s for day in worked for s in days[day]), self.scope)
                inside = first <= weekend[0] and weekend[1] <= last
                if inside and len(worked) == 1 and blamed:
                    yield self.broken(
                        unit=blamed.unit.id,
                        duty=blamed.duty_id,
                        worked=problem.moment(blamed.work.starts_at),
                    )
