from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from scheduler.charges import Charge, certain, charges, decided, judged
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Served, Sheet
from scheduler.terms import About, AnyOf, Decisions, Require

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsecutiveNights(Rule):
    """A unit works at most `maximum_nights` nights in a row.

    A night belongs to the local date on which its duty starts.

    Formula      for every clock and every maximum + 1 dates in a row:
                 not all of them have a night of the clock
    Units        nights
    Source       our proposal: 5 in a row; no legal source found. To be confirmed by the service
    Formulation  One clause per clock and row of dates; "a night on that date" is one decision,
                 shared by the rows that it lies in.
    """

    code = "consecutive-nights"
    text = Text(
        en="Nights of {unit} in a row, from {first} to {last}: {nights}; at most {maximum}.",
        nl="Nachten van {unit} na elkaar, van {first} tot {last}: {nights}; hoogstens {maximum}.",
        fr="Nuits de {unit} d'affilée, du {first} au {last} : {nights} ; au plus {maximum}.",
        de="Nachtdienste von {unit} in Folge, von {first} bis {last}: {nights}; höchstens "
        "{maximum}.",
    )

    maximum_nights: int = parameter(unit="nights", at_least=0, at_most=31)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for clock in problem.clocks:
            nights: dict[date, list[Charge]] = defaultdict(list)
            for charge in charges(problem, on, clock, self.scope):
                if charge.work.night:
                    nights[problem.horizon.date(charge.work.starts_at)].append(charge)
            for row in self._rows([day for day, works in nights.items() if judged(works)]):
                if all(day in nights for day in row):
                    about = About(clock=clock.id, moment=problem.horizon.midnight(row[0]))
                    free = [nights[day] for day in row if not certain(nights[day])]
                    rest = tuple(~on.any_of(decided(works)) for works in free)
                    blamed = on.any_of([x for day in row for x in judged(nights[day])])
                    require(AnyOf(rest, when=(blamed,)), about)

    def _rows(self, days: list[date]) -> Iterator[tuple[date, ...]]:
        """Every row of one date too many that holds one of `days`."""
        length = self.maximum_nights + 1
        for first in sorted({day - n * DAY for day in days for n in range(length)}):
            yield tuple(first + n * DAY for n in range(length))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        if near and not problem.duty(near.duty).night:
            return
        for clock in sheet.clocks(near):
            nights: dict[date, list[Served]] = defaultdict(list)
            for s in sheet.served(clock):
                if s.work.night and self.scope.counts(s.unit, s.work):
                    nights[problem.horizon.date(s.work.starts_at)].append(s)
            for days in _runs(nights):
                blamed = [s for day in days for s in nights[day] if s.judged(self.scope)]
                if len(days) > self.maximum_nights and blamed:
                    yield self.broken(
                        unit=blamed[-1].unit.id,
                        duty=blamed[-1].duty_id,
                        by=len(days) - self.maximum_nights,
                        nights=len(days),
                        first=problem.moment(nights[days[0]][0].work.starts_at),
                        last=problem.moment(nights[days[-1]][0].work.starts_at),
                        maximum=self.maximum_nights,
                    )


def _runs(days: Iterable[date]) -> Iterator[list[date]]:
    """The longest rows of dates that follow each other."""
    numbered = enumerate(sorted(days))
    for _, run in groupby(numbered, key=lambda nth: nth[1] - nth[0] * DAY):
        yield [day for _, day in run]
