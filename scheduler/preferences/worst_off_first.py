from __future__ import annotations

from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Clock
from scheduler.problem import RosterProblem, kept
from scheduler.rule import Near, Preference, Text, parameter
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions

DOUBLINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstOffFirst(Preference):
    """Nights, weekends and holidays spare those who have carried the most of them over months.

    Each such duty puts points on the clocks that it charges; what a clock carries from earlier
    months is its `burden`. The more it carries, the dearer its next point.

    Formula      sum over clocks c of f(b_c) + f(b_c + 1) + ... + f(b_c + n_c - 1), with b_c the
                 burden of c above that of the least burdened clock, n_c the points of the roster,
                 and f(l) = (s + l mod s) * 2^(l div s) the price of a point for who has l of them;
                 s is `doubling_points`. After 20 doublings f rises on in equal steps
    Units        prices of points; what is past costs the same in every roster and is left out.
                 Proposal: night 2, weekend 2, holiday 3, doubling every 4; to be confirmed
    Formulation  f rises with every point and doubles every s. So a point for who stands higher is
                 always dearer than for who stands lower, and as dear as one for each of n others
                 who stand s * log2(n) lower. Distributions that are so far apart are therefore
                 ordered by the worst-off, then by the next, and so on, as a lexicographic order
                 has it and an average never; between nearer ones the worse-off are favoured.
                 To the model these are prices that rise with the sum of a clock's points.
    """

    code = "worst-off-first"
    text = Text(
        en="Burden of nights, weekends and holidays, dearer the more somebody already carries",
        nl="Last van nachten, weekends en feestdagen, duurder naarmate iemand al meer draagt",
        fr="Charge de nuits, week-ends et jours fériés, plus chère pour qui en porte déjà plus",
        de="Last der Nächte, Wochenenden und Feiertage, teurer, je mehr jemand schon trägt",
    )

    night_points: int = parameter(unit="points", at_least=0, at_most=10)
    weekend_points: int = parameter(unit="points", at_least=0, at_most=10)
    holiday_points: int = parameter(unit="points", at_least=0, at_most=10)
    doubling_points: int = parameter(unit="points", at_least=1, at_most=100)

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for clock in problem.clocks:
            points = [c.taken for c in on.alike(clock) for _ in range(self._points(c.duty))]
            level = _level(problem, clock)
            cost.rising(points, [self._price(level + point) for point in range(len(points))])

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        price = 0
        for clock in sheet.clocks(near):
            level = _level(problem, clock)
            reached = level + sum(map(self._points, sheet.rostered(clock)))
            price += sum(map(self._price, range(level, reached)))
        return price

    def _points(self, duty: Duty) -> int:
        return (
            self.night_points * duty.night
            + self.weekend_points * duty.weekend
            + self.holiday_points * duty.holiday
        )

    def _price(self, level: int) -> int:
        """Of one more point for a clock that has `level` of them."""
        doublings = min(level // self.doubling_points, DOUBLINGS)
        above = level - doublings * self.doubling_points
        return (self.doubling_points + above) << doublings


def _level(problem: RosterProblem, clock: Clock) -> int:
    return clock.burden - _least(problem)


@kept
def _least(problem: RosterProblem) -> int:
    return min(clock.burden for clock in problem.clocks)
