from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.charges import certain, charges, decided, judged, rests
from scheduler.moments import DAY_MINUTES, Horizon, Span, meets
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import About, AnyOf, Decisions, Require
from scheduler.wording import Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekendsInARow(Rule):
    """After `maximum_weekends` worked weekends in a row the next lies whole inside a rest.

    A weekend, Saturday 00:00 to Sunday 24:00 local, is worked when any work overlaps it; the
    rest lasts at least `rest_after_minutes` without interruption, the weekend included.

    Formula      for every clock and weekend w: w-1, ..., w-maximum all worked
                 =>  some s with w inside [s, s + rest) and no work of the clock in it
    Units        weekends; elapsed minutes
    Source       RPPol (RD 30 Mar 2001) art. VI.I.6 al. 3 (2005)
    Formulation  Such a rest can always begin as early as it may, or at a release: one choice
                 for each, and one clause per clock and weekend.
    """

    code = "weekends-in-a-row"
    text = Text(
        en="After {weekends} worked weekends in a row {unit} has {gap} of rest around the weekend "
        "of {saturday}; at least {rest} is needed.",
        nl="Na {weekends} gewerkte weekends na elkaar heeft {unit} {gap} rust rond het weekend "
        "van {saturday}; minstens {rest} is nodig.",
        fr="Après {weekends} week-ends prestés d'affilée, {unit} a {gap} de repos autour du "
        "week-end du {saturday} ; il faut au moins {rest}.",
        de="Nach {weekends} geleisteten Wochenenden in Folge hat {unit} {gap} Ruhe um das "
        "Wochenende ab {saturday}; nötig sind mindestens {rest}.",
    )

    maximum_weekends: int = parameter(unit="weekends", at_least=1, at_most=52)
    rest_after_minutes: int = parameter(unit="min", at_least=0, at_most=7 * DAY_MINUTES)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for clock in problem.clocks:
            works = charges(problem, on, clock, self.scope)
            for week in self._weeks(problem.horizon, [c.span for c in works if c.judged]):
                weekend, before = self._weekends(problem.horizon, week)
                shares = [[c for c in works if c.span.overlaps(past)] for past in before]
                room, minutes = self._room(weekend)
                blamed = judged(
                    c for c in works if any(c.span.overlaps(s) for s in (room, *before))
                )
                if blamed and all(shares):
                    free = [~on.any_of(decided(s)) for s in shares if not certain(s)]
                    found = rests(on, require, clock, works, room=room, minutes=minutes)
                    about = About(clock=clock.id, moment=weekend.starts)
                    require(AnyOf((*free, *found), when=(on.any_of(blamed),)), about)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for clock in sheet.clocks(near):
            served = [s for s in sheet.served(clock) if self.scope.counts(s.unit, s.work)]
            worked = meets([s.span for s in served])
            touching = [problem.duty(near.duty).span] if near else [s.span for s in served]
            for week in self._weeks(problem.horizon, touching):
                weekend, before = self._weekends(problem.horizon, week)
                room, minutes = self._room(weekend)
                asked = any(span.overlaps(x) for span in touching for x in (room, *before))
                if not asked or not all(worked(past) for past in before):
                    continue
                gap = _gap_around(weekend, room, [s.span for s in served])
                blamed = [
                    s
                    for s in served
                    if s.judged(self.scope) and any(s.span.overlaps(x) for x in (room, *before))
                ]
                if gap < minutes and blamed:
                    yield self.broken(
                        unit=blamed[-1].unit.id,
                        duty=blamed[-1].duty_id,
                        by=gap - minutes,
                        weekends=self.maximum_weekends,
                        gap=Minutes(gap),
                        saturday=problem.moment(weekend.starts),
                        rest=Minutes(minutes),
                    )

    def _weeks(self, horizon: Horizon, spans: Iterable[Span]) -> list[int]:
        """The weeks around whose weekend work at these times can matter."""
        touched = {week for span in spans for week in horizon.weeks_of(span)}
        reach = range(-1, self.maximum_weekends + 1)
        return sorted({week + n for week in touched for n in reach})

    def _weekends(self, horizon: Horizon, week: int) -> tuple[Span, list[Span]]:
        """A weekend, and those whose work calls for the rest around it."""
        before = range(week - self.maximum_weekends, week)
        return horizon.weekend(week), [horizon.weekend(w) for w in before]

    def _room(self, weekend: Span) -> tuple[Span, int]:
        """Where the rest around a weekend has to lie, and how long it is."""
        minutes = max(self.rest_after_minutes, weekend.minutes)
        return Span(weekend.ends - minutes, weekend.starts + minutes), minutes


def _gap_around(weekend: Span, room: Span, busy: Sequence[Span]) -> int:
    """The free minutes around a weekend, as far as `room` reaches; 0 when it is worked."""
    if any(span.overlaps(weekend) for span in busy):
        return 0
    ended = (span.ends for span in busy if span.ends <= weekend.starts)
    begun = (span.starts for span in busy if span.starts >= weekend.ends)
    return min([room.ends, *begun]) - max([room.starts, *ended])
