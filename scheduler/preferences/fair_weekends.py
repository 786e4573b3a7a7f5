from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Worked
from scheduler.moments import DAY_MINUTES
from scheduler.problem import RosterProblem, kept
from scheduler.rule import Near, Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions

REMEMBERED_MINUTES = 28 * DAY_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class FairWeekends(Preference):
    """Work at weekends and on holidays falls first to those who have done the least of late.

    Formula      sum over clocks c of (past_c + n_c)^2 - past_c^2, with past_c the duties at a
                 weekend or on a holiday that start in the 28 days before the horizon and n_c
                 those of the roster
    Units        duties squared; a duty on a holiday at a weekend counts once
    Formulation  The k-th further duty costs 2 (past_c + k) - 1: prices that rise, so that no
                 square is needed.
    """

    code = "fair-weekends"
    text = Text(
        en="Weekends and holidays spread evenly, those of the past four weeks included",
        nl="Weekends en feestdagen gelijk gespreid, die van de voorbije vier weken meegeteld",
        fr="Week-ends et jours fériés répartis équitablement, quatre dernières semaines comprises",
        de="Wochenenden und Feiertage gleichmäßig verteilt, die letzten vier Wochen mitgezählt",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for clock in problem.clocks:
            given_up = [choice.taken for choice in on.of(clock) if _free_for_others(choice.duty)]
            past = _past(problem)[clock.id]
            cost.rising(given_up, [2 * (past + k) - 1 for k in range(1, len(given_up) + 1)])

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        if near and not _free_for_others(problem.duty(near.duty)):
            return 0
        squares = 0
        for clock in sheet.clocks(near):
            given_up = sum(map(_free_for_others, sheet.rostered(clock)))
            past = _past(problem)[clock.id]
            squares += (past + given_up) ** 2 - past**2
        return squares


@kept
def _past(problem: RosterProblem) -> Mapping[str, int]:
    """What each clock has behind it."""
    return {
        clock.id: sum(
            _free_for_others(work) and -REMEMBERED_MINUTES <= work.starts_at < 0
            for work in clock.worked
        )
        for clock in problem.clocks
    }


def _free_for_others(work: Duty | Worked) -> bool:
    return work.weekend or work.holiday
