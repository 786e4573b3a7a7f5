from __future__ import annotations

from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.errors import InvalidParameters
from scheduler.forces import Clock, DutyKind, Worked
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Preference, Text, parameter
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions

REMEMBERED = Span(-28 * DAY_MINUTES, 0)


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
                 square is needed. Duties that exclude each other and differ in place alone are
                 one to the model.
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
        if unknown := set(self.kinds) - set(DutyKind):
            known = ", ".join(DutyKind)
            faults = [f"kinds has {kind!r}; there are {known}" for kind in sorted(unknown)]
            raise InvalidParameters(self.code, faults)

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for clock in problem.clocks:
            counted = [choice.taken for choice in on.alike(clock) if self._counts(choice.duty)]
            past = self._past(clock)
            cost.rising(counted, [2 * (past + k) + 1 for k in range(len(counted))])

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        squares = 0
        for clock in sheet.clocks(near):
            past = self._past(clock)
            now = past + sum(map(self._counts, sheet.rostered(clock)))
            squares += now**2 - past**2
        return squares

    def _past(self, clock: Clock) -> int:
        return sum(
            REMEMBERED.holds(work.starts_at) and self._counts(work) for work in clock.worked
        )

    def _counts(self, work: Duty | Worked) -> bool:
        return (not self.shifts or work.shift in self.shifts) and (
            not self.kinds or work.kind in self.kinds
        )
