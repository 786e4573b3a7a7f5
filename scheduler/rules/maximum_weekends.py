from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.patterns import DAY, Days, carried, last_judged, row
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import AtMost, Decisions, Require, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximumWeekends(Rule):
    """A unit works on at most `maximum_weekends` weekends of the horizon.

    A weekend is worked when a duty starts on its Saturday or its Sunday, local date; a Friday
    night that ends on Saturday makes none. A weekend belongs to the horizon when one of its two
    dates does, and counts once, also for what was worked on its other date before the horizon.

    Formula      for every clock: sum over weekends (works_saturday or works_sunday) <= maximum
    Units        weekends
    Source       maximum working weekends of the rostering literature; pattern of the service,
                 to be confirmed
    Formulation  One row per clock; a weekend is one decision over those of its two days.
    """

    code = "maximum-weekends"
    text = Text(
        en="Weekends on which {unit} works, from {begins} to {ends}: {weekends}; at most "
        "{maximum}.",
        nl="Weekends waarin {unit} werkt, van {begins} tot {ends}: {weekends}; hoogstens "
        "{maximum}.",
        fr="Week-ends où {unit} travaille, du {begins} au {ends} : {weekends} ; au plus "
        "{maximum}.",
        de="Wochenenden, an denen {unit} arbeitet, von {begins} bis {ends}: {weekends}; höchstens "
        "{maximum}.",
    )

    maximum_weekends: int = parameter(unit="weekends", at_least=0, at_most=53)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        horizon = problem.horizon.days_of(problem.horizon.span)
        saturdays = {day - (day.weekday() - 5) * DAY for day in horizon if day.weekday() >= 5}
        weekends = [row(saturday, 2) for saturday in sorted(saturdays)]
        theirs = {day for both in weekends for day in both}
        for days in Days.of_each(problem, self.scope, on=on, require=require):
            worked = [day for day in days if day in theirs]
            judged = days.judged(worked)
            if judged:
                terms = [Term(1, on.any_of([days.works(d) for d in both])) for both in weekends]
                when = () if all(days.open(day) for day in worked) else (on.any_of(judged),)
                days.require(AtMost(tuple(terms), self.maximum_weekends, when), days.first)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        horizon = problem.horizon
        weekends = [horizon.weekend(week) for week in horizon.weeks()]
        inside = [weekend for weekend in weekends if weekend.overlaps(horizon.span)]
        for clock in carried(problem, self.scope, sheet.clocks(near)):
            counted = [s for s in sheet.served(clock) if self.scope.counts(s.unit, s.work)]
            theirs = [[s for s in counted if w.holds(s.work.starts_at)] for w in inside]
            worked = [works for works in theirs if works]
            blamed = last_judged((s for works in worked for s in works), self.scope)
            if len(worked) > self.maximum_weekends and blamed:
                yield self.broken(
                    unit=blamed.unit.id,
                    duty=blamed.duty_id,
                    by=len(worked) - self.maximum_weekends,
                    weekends=len(worked),
                    begins=problem.moment(0),
                    ends=problem.moment(horizon.minutes),
                    maximum=self.maximum_weekends,
                )
