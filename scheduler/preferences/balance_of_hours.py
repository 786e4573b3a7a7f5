from __future__ import annotations

from dataclasses import dataclass

from scheduler.problem import RosterProblem
from scheduler.rule import Near, Preference, Text, parameter
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions, Term

HOUR_MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceOfHours(Preference):
    """Everybody works the hours of their contract, and nobody strays far from them.

    A duty counts whole, from reporting to release, in the horizon in which it starts. Who has no
    hours agreed for the horizon is left out.

    Formula      sum over clocks c of hours(|w_c - agreed_c|) + hours(|w_c - agreed_c| - far), with
                 w_c the minutes of the roster's duties and hours(m) the begun hours of m, at
                 least 0
    Units        begun hours up or down; those beyond `double_after_minutes` (far) count twice.
                 Proposal: 480, one duty; to be confirmed
    Formulation  Four slacks per clock in whole hours over the row of its minutes. The price
                 rises with the distance, so that ten hours on one clock are dearer than one
                 hour on each of ten.
    """

    code = "balance-of-hours"
    text = Text(
        en="Hours above or below the contract, counted double where far from it",
        nl="Uren boven of onder het contract, dubbel geteld waar ze er ver van liggen",
        fr="Heures au-dessus ou en dessous du contrat, comptées double loin de celui-ci",
        de="Stunden über oder unter dem Vertrag, bei großem Abstand doppelt gezählt",
    )

    double_after_minutes: int = parameter(unit="min", at_least=0, at_most=7 * 24 * HOUR_MINUTES)

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for clock in problem.clocks:
            if (agreed := clock.contract_minutes) is None:
                continue
            worked = [Term(choice.duty.span.minutes, choice.taken) for choice in on.alike(clock)]
            for away in (0, self.double_after_minutes):
                cost.shortfall(agreed - away, worked, 1, step=HOUR_MINUTES)
                cost.surplus(agreed + away, worked, 1, step=HOUR_MINUTES)

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        hours = 0
        for clock in sheet.clocks(near):
            if clock.contract_minutes is not None:
                worked = sum(d.released_at - d.reports_at for d in sheet.rostered(clock))
                away = abs(worked - clock.contract_minutes)
                hours += _begun_hours(away) + _begun_hours(away - self.double_after_minutes)
        return hours


def _begun_hours(minutes: int) -> int:
    return max(0, -(-minutes // HOUR_MINUTES))
