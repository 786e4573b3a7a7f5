from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from scheduler.charges import Charge, certain, charges, decided, judged
from scheduler.moments import Horizon
from scheduler.patterns import carried
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Served, Sheet
from scheduler.terms import About, AnyOf, Decisions, Literal, Require


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationLength(Rule):
    """After a rotation of at most `maximum_days` a unit is away for `away_days` in a row.

    A day is a local date that any work touches, from report to release. Days belong to one
    rotation as long as no `away_days` free days in a row lie between them; it is as long as
    from its first day to its last. The history has to reach back over both numbers of days.

    Formula      for every clock, for dates a and b >= a + maximum that both have work of it:
                 away_days free dates in a row lie between a and b
    Units        local calendar days
    Source       four weeks, then four away: practice of Operation Vigilant Guardian, from
                 memory; a proposed default, to be confirmed by Defence
    Formulation  One clause per clock and such two dates. Of days that are certain only the first
                 of a rotation can be a, and of free rows only those right after a day count.
    """

    code = "rotation-length"
    text = Text(
        en="Days of {unit} on deployment, from {begins} to {ends}: {days}; at most {maximum}, "
        "then days away in a row: {away}.",
        nl="Dagen inzet van {unit}, van {begins} tot {ends}: {days}; hoogstens {maximum}, daarna "
        "dagen zonder inzet na elkaar: {away}.",
        fr="Jours de déploiement de {unit}, du {begins} au {ends} : {days} ; au plus {maximum}, "
        "puis jours d'affilée sans déploiement : {away}.",
        de="Einsatztage von {unit}, von {begins} bis {ends}: {days}; höchstens {maximum}, danach "
        "einsatzfreie Tage in Folge: {away}.",
    )

    maximum_days: int = parameter(unit="days", at_least=1, at_most=366)
    away_days: int = parameter(unit="days", at_least=1, at_most=366)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for clock in carried(problem, self.scope, problem.clocks):
            works: dict[int, list[Charge]] = defaultdict(list)
            for charge in charges(problem, on, clock, self.scope):
                for day in problem.horizon.days_of(charge.span):
                    works[day.toordinal()].append(charge)
            far = self.maximum_days
            pairs = [(a, b) for a in self._firsts(works) for b in works if b >= a + far]
            away = self._away(on, works) if pairs else {}
            for first, last in pairs:
                when = self._when(on, works, first, last)
                ways = (x for day, x in away.items() if first <= day < last - self.away_days)
                if when:
                    require(AnyOf(tuple(ways), when), About(clock=clock.id))

    def _firsts(self, works: Mapping[int, list[Charge]]) -> list[int]:
        """The days with which a rotation can begin."""
        sure = sorted(day for day in works if certain(works[day]))
        later = {day for before, day in pairwise(sure) if day - before <= self.away_days}
        return sorted(works.keys() - later)

    def _away(self, on: Decisions, works: Mapping[int, list[Charge]]) -> dict[int, Literal]:
        """Day → whether the unit is away right after it, where it may be and works later on."""
        ends = max(works) - self.away_days
        rows = {day: range(day + 1, day + 1 + self.away_days) for day in works if day < ends}
        busy = {day: [c for d in row for c in works.get(d, ())] for day, row in rows.items()}
        return {d: ~on.any_of(decided(those)) for d, those in busy.items() if not certain(those)}

    def _when(
        self, on: Decisions, works: Mapping[int, list[Charge]], first: int, last: int
    ) -> tuple[Literal, ...]:
        """Work on both days, some of what lies from one to the other judged; none if none is."""
        ends = [works[day] for day in (first, last) if not certain(works[day])]
        when = [on.any_of(decided(those)) for those in ends]
        if not any(all(charge.judged for charge in those) for those in ends):
            blamed = judged(c for day in works if first <= day <= last for c in works[day])
            return (*when, on.any_of(blamed)) if blamed else ()
        return tuple(when)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for clock in carried(problem, self.scope, sheet.clocks(near)):
            served = [s for s in sheet.served(clock) if self.scope.counts(s.unit, s.work)]
            for rotation in self._rotations(problem.horizon, served):
                begins, ends = rotation[0].span.starts, max(s.span.ends for s in rotation)
                days = (problem.horizon.date(ends - 1) - problem.horizon.date(begins)).days + 1
                blamed = [s for s in rotation if s.judged(self.scope)]
                if days > self.maximum_days and blamed:
                    yield self.broken(
                        unit=blamed[-1].unit.id,
                        duty=blamed[-1].duty_id,
                        by=days - self.maximum_days,
                        begins=problem.moment(begins),
                        ends=problem.moment(ends),
                        days=days,
                        maximum=self.maximum_days,
                        away=self.away_days,
                    )

    def _rotations(self, horizon: Horizon, served: list[Served]) -> list[list[Served]]:
        """The work, in order of report, cut where the unit was away for long enough."""
        rotations: list[list[Served]] = []
        back = date.min
        for s in served:
            if horizon.date(s.span.starts) >= back:
                rotations.append([])
            rotations[-1].append(s)
            away = timedelta(days=self.away_days + 1)
            back = max(back, horizon.date(s.span.ends - 1) + away)
        return rotations
