from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.moments import DAY_MINUTES
from scheduler.problem import RosterProblem, kept
from scheduler.rule import Near, Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions

REMEMBERED_MINUTES = 28 * DAY_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class FairNights(Preference):
    """Nights fall first to those who have worked the fewest of late.

    Formula      sum over clocks c of (past_c + n_c)^2 - past_c^2, with past_c the nights that
                 start in the 28 days before the horizon and n_c those of the roster
    Units        nights squared; what is past costs the same in every roster and is left out
    Formulation  The k-th further night costs 2 (past_c + k) - 1: prices that rise, so that no
                 square is needed.
    """

    code = "fair-nights"
    text = Text(
        en="Nights spread evenly, those of the past four weeks included",
        nl="Nachten gelijk gespreid, die van de voorbije vier weken meegeteld",
        fr="Nuits réparties équitablement, quatre dernières semaines comprises",
        de="Nächte gleichmäßig verteilt, die letzten vier Wochen mitgezählt",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for clock in problem.clocks:
            nights = [choice.taken for choice in on.of(clock) if choice.duty.night]
            past = _past(problem)[clock.id]
            cost.rising(nights, [2 * (past + k) - 1 for k in range(1, len(nights) + 1)])

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        if near and not problem.duty(near.duty).night:
            return 0
        squares = 0
        for clock in sheet.clocks(near):
            nights = sum(duty.night for duty in sheet.rostered(clock))
            past = _past(problem)[clock.id]
            squares += (past + nights) ** 2 - past**2
        return squares


@kept
def _past(problem: RosterProblem) -> Mapping[str, int]:
    """What each clock has behind it."""
    return {
        clock.id: sum(w.night and -REMEMBERED_MINUTES <= w.starts_at < 0 for w in clock.worked)
        for clock in problem.clocks
    }
