from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.errors import InvalidParameters
from scheduler.forces import Clock, DutyKind, Worked
from scheduler.moments import DAY_MINUTES
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Parameterised, Preference, Text, parameter
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions

REMEMBERED_MINUTES = 28 * DAY_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class EvenDutiesOfAKind(Preference):
    """Duties of the named shifts and kinds fall first to those who have had the fewest of late.

    For what wears people out beside nights and weekends: late shifts, say, or static guards.
    No shift named means any shift, no kind named any kind.

    Formula      sum over clocks c of (past_c + n_c)^2 - past_c^2, with past_c the duties of those
                 shifts and kinds that start in the 28 days before the horizon and n_c those of
                 the roster
    Units        duties squared; what is past costs the same in every roster and is left out
    Formulation  The k-th further duty costs 2 (past_c + k) - 1: prices that rise, so that no
                 square is needed.
    """

    code = "even-duties-of-a-kind"
    text = Text(
        en="Duties of one kind spread evenly, those of the past four weeks included",
        nl="Diensten van één soort gelijk gespreid, die van de voorbije vier weken meegeteld",
        fr="Services d'un même type répartis équitablement, quatre dernières semaines comprises",
        de="Dienste einer Art gleichmäßig verteilt, die letzten vier Wochen mitgezählt",
    )

    shifts: tuple[str, ...] = parameter()
    kinds: tuple[str, ...] = parameter()

    def __post_init__(self) -> None:
        Parameterised.__post_init__(self)
        if unknown := set(self.kinds) - set(DutyKind):
            known = ", ".join(DutyKind)
            faults = [f"kinds has {kind!r}; there are {known}" for kind in sorted(unknown)]
            raise InvalidParameters(self.code, faults)

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for clock in problem.clocks:
            counted = [choice.taken for choice in on.alike(clock) if self._counts(choice.duty)]
            past = sum(self._past(clock))
            cost.rising(counted, [2 * (past + k) - 1 for k in range(1, len(counted) + 1)])

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        if near and not self._counts(problem.duty(near.duty)):
            return 0
        squares = 0
        for clock in sheet.clocks(near):
            past = sum(self._past(clock))
            now = past + sum(map(self._counts, sheet.rostered(clock)))
            squares += now**2 - past**2
        return squares

    def _past(self, clock: Clock) -> Iterator[bool]:
        for work in clock.worked:
            yield -REMEMBERED_MINUTES <= work.starts_at < 0 and self._counts(work)

    def _counts(self, work: Duty | Worked) -> bool:
        return (not self.shifts or work.shift in self.shifts) and (
            not self.kinds or work.kind in self.kinds
        )
