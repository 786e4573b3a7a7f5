from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.charges import charges, judged
from scheduler.errors import InvalidParameters
from scheduler.forces import Clock, Member
from scheduler.moments import DAY_MINUTES, LONGEST_HORIZON_MINUTES, Horizon, Span
from scheduler.patterns import carried
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Parameterised, Rule, Text, Violation, parameter
from scheduler.sheet import Served, Sheet
from scheduler.terms import About, AtMost, Decisions, Require, Term
from scheduler.wording import Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursInReferencePeriod(Rule):
    """Over a reference period a unit works at most `weekly_minutes` a week on average.

    A period is `months` calendar months, counted from January; with `total_minutes` it holds no
    more than these either (0: no such limit). A sum carried over counts whole in the period in
    which its stretch starts. A day on which all who carry the clock are absent is neutral.

    Formula      for every clock c and period p, over its work w, certain or decided:
                 carried_{c,p} + sum minutes of w in p  <=  weekly * (days_p - absent_{c,p}) / 7
    Units        elapsed minutes, rounded down; a duty across two periods counts in each its part
    Source       RPPol art. VI.I.4 §1 (38 h) with VI.I.1, 2° (two months, from memory); Directive
                 2003/88/EC art. 6, 16 and 19 (48 h, four months): defaults, to be confirmed
    Formulation  One row per clock and period that a duty touches; what is certain is taken off
                 the bound first.
    """

    code = "hours-in-reference-period"
    text = Text(
        en="{unit} works {worked} in the reference period from {begins} to {ends}; at most "
        "{maximum} is allowed.",
        nl="{unit} werkt {worked} in de referentieperiode van {begins} tot {ends}; hoogstens "
        "{maximum} is toegestaan.",
        fr="{unit} preste {worked} dans la période de référence du {begins} au {ends} ; le "
        "maximum est de {maximum}.",
        de="{unit} leistet {worked} im Bezugszeitraum von {begins} bis {ends}; höchstens "
        "{maximum} sind zulässig.",
    )

    weekly_minutes: int = parameter(unit="min", at_least=0, at_most=7 * DAY_MINUTES)
    months: int = parameter(unit="months", at_least=1, at_most=12)
    total_minutes: int = parameter(unit="min", at_least=0, at_most=LONGEST_HORIZON_MINUTES)

    def __post_init__(self) -> None:
        Parameterised.__post_init__(self)
        if 12 % self.months:
            raise InvalidParameters(self.code, [f"months is {self.months}; 12 is no multiple"])

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        periods = {p for duty in problem.duties for p in self._periods(problem.horizon, duty.span)}
        for clock in carried(problem, self.scope, problem.clocks):
            works = charges(problem, on, clock, self.scope)
            for period in sorted(periods) if works else ():
                inside = [(c, n) for c in works if (n := c.span.overlap_minutes(period))]
                blamed = judged(c for c, _ in inside)
                known = sum(n for c, n in inside if c.taken is None)
                known += sum(c.minutes for c in clock.carried if period.holds(c.during.starts))
                left = self._maximum(problem, clock, period) - known
                terms = tuple(Term(n, c.taken) for c, n in inside if c.taken is not None)
                when = () if len(blamed) == len(terms) else (on.any_of(blamed),)
                if blamed:
                    about = About(clock=clock.id, moment=period.starts)
                    require(AtMost(terms, left if when else max(left, 0), when), about)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for clock in carried(problem, self.scope, sheet.clocks(near)):
            worked: Counter[Span] = Counter()
            last: dict[Span, Served] = {}
            for known in clock.carried:
                day = problem.horizon.date(known.during.starts)
                worked[problem.horizon.months(day, self.months)] += known.minutes
            for s in sheet.served(clock):
                if self.scope.counts(s.unit, s.work):
                    for period in self._periods(problem.horizon, s.span):
                        begins = max(s.span.starts, period.starts)
                        worked[period] += min(s.span.ends, period.ends) - begins
                        last |= {period: s} if s.judged(self.scope) else {}
            for period, blamed in last.items():
                maximum = self._maximum(problem, clock, period)
                if worked[period] > maximum:
                    yield self.broken(
                        unit=blamed.unit.id,
                        duty=blamed.duty_id,
                        by=worked[period] - maximum,
                        worked=Minutes(worked[period]),
                        begins=problem.moment(period.starts),
                        ends=problem.moment(period.ends),
                        maximum=Minutes(maximum),
                    )

    def _maximum(self, problem: RosterProblem, clock: Clock, period: Span) -> int:
        """What the clock may work in the period: its average over the days that are not leave."""
        horizon = problem.horizon
        own = [m for u in problem.units_with(clock) for m in u.members if m.clock == clock.id]
        days = [
            day
            for day in horizon.days_of(period)
            if not all(_on_leave(horizon, member, day) for member in own)
        ]
        average = self.weekly_minutes * len(days) // 7
        return min(average, self.total_minutes or average)

    def _periods(self, horizon: Horizon, span: Span) -> set[Span]:
        """The periods that a span touches."""
        return {horizon.months(day, self.months) for day in horizon.days_of(span)}


def _on_leave(horizon: Horizon, member: Member, day: date) -> bool:
    return any(absence.contains(horizon.day(day)) for absence in member.absences)
