"""Days and runs of days: words shared by the rules on patterns.

A day is the local date on which a duty starts. To the model `Days` says what a clock may work,
one literal for each date; for the checkers `worked_days` and `runs` lay out what it works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from scheduler.charges import Charge, certain, charges, decided, judged
from scheduler.forces import Clock
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Scope
from scheduler.sheet import Served, Sheet
from scheduler.terms import FALSE, TRUE, About, AnyOf, Clause, Decisions, Literal, Require

DAY = timedelta(days=1)


def row(first: date, length: int) -> tuple[date, ...]:
    """So many dates, each the day after the other."""
    return tuple(first + n * DAY for n in range(length))


def edges(problem: RosterProblem) -> tuple[date, date]:
    """The first and the last local date of the horizon."""
    days = problem.horizon.days_of(problem.horizon.span)
    return days[0], days[-1]


def carried(problem: RosterProblem, scope: Scope, clocks: Iterable[Clock]) -> Iterator[Clock]:
    """Of `clocks` those that units named by the scope carry, so that no other is looked at."""
    named = [problem.unit(unit) for unit in scope.units if problem.has_unit(unit)]
    theirs = {member.clock for unit in named for member in unit.members}
    return (clock for clock in clocks if not scope.units or clock.id in theirs)


class Days:
    """What a clock works for certain or may work under a scope, date by date."""

    def __init__(
        self,
        problem: RosterProblem,
        clock: Clock,
        scope: Scope,
        *,
        on: Decisions,
        require: Require,
    ) -> None:
        self.first, self.last = edges(problem)
        self.clock = clock
        self._horizon = problem.horizon
        self._on = on
        self._require = require
        self._works: dict[date, list[Charge]] = {}
        self._worked: dict[date, Literal] = {}
        for charge in charges(problem, on, clock, scope):
            day = problem.horizon.date(charge.work.starts_at)
            self._works.setdefault(day, []).append(charge)

    @staticmethod
    def of_each(
        problem: RosterProblem, scope: Scope, *, on: Decisions, require: Require
    ) -> Iterator[Days]:
        """One for each clock that can break a rule of that scope."""
        for clock in carried(problem, scope, problem.clocks):
            days = Days(problem, clock, scope, on=on, require=require)
            if days.judged(days):
                yield days

    def __iter__(self) -> Iterator[date]:
        """The dates on which the clock works or may work, in order."""
        return iter(sorted(self._works))

    def certain(self, day: date) -> bool:
        return certain(self._works.get(day, ()))

    def judged(self, days: Iterable[date]) -> tuple[Literal, ...]:
        """The decisions on these days that can break the rule."""
        return tuple(x for day in days for x in judged(self._works.get(day, ())))

    def open(self, day: date) -> bool:
        """Whether no work of that day is certain or not judged; nearly always so."""
        return all(charge.judged for charge in self._works.get(day, ()))

    def works(self, day: date) -> Literal:
        """Whether the clock works on that day: one literal for all rules of equal scope."""
        if day not in self._works:
            return FALSE
        if day not in self._worked:
            works = self._works[day]
            self._worked[day] = TRUE if certain(works) else self._on.any_of(sorted(decided(works)))
        return self._worked[day]

    def begins(self, day: date) -> Literal:
        """Whether a run of worked days begins: worked, but not the day before."""
        return ~self._on.any_of((~self.works(day), self.works(day - DAY)))

    def ends(self, day: date) -> Literal:
        """Whether a run of worked days has just ended: free, but not the day before."""
        return ~self._on.any_of((self.works(day), ~self.works(day - DAY)))

    def require(self, clause: Clause, day: date) -> None:
        self._require(clause, About(clock=self.clock.id, moment=self._horizon.midnight(day)))

    def forbid(self, *, worked: Sequence[date], free: Sequence[date] = ()) -> None:
        """Never all of `worked` worked and all of `free` free, if some of that work is judged.

        An open day that is worked has judged work on it, so that the clause need not ask.
        """
        sure = any(self.open(day) for day in worked)
        when = () if sure else (self._on.any_of(self.judged(worked)),)
        ways_out = (*(~self.works(day) for day in worked), *(self.works(day) for day in free))
        self.require(AnyOf(ways_out, when), worked[0])


def worked_days(
    problem: RosterProblem, sheet: Sheet, scope: Scope, near: Near | None
) -> Iterator[Mapping[date, list[Served]]]:
    """For each clock what it works under a scope on each of its days, in order."""
    for clock in carried(problem, scope, sheet.clocks(near)):
        days: dict[date, list[Served]] = {}
        for served in sheet.served(clock):
            if scope.counts(served.unit, served.work):
                day = problem.horizon.date(served.work.starts_at)
                days.setdefault(day, []).append(served)
        yield {day: days[day] for day in sorted(days)}


def runs(days: Iterable[date]) -> Iterator[list[date]]:
    """The longest rows of dates that follow each other; `days` in order."""
    run: list[date] = []
    for day in days:
        if run and day - run[-1] != DAY:
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def last_judged(works: Iterable[Served], scope: Scope) -> Served | None:
    """Who is blamed for a breach; None when nothing that the rule judges has a part in it."""
    mine = [served for served in works if served.judged(scope)]
    return mine[-1] if mine else None
