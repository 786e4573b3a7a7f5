from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.duties import Duty
from scheduler.errors import InvalidParameters
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.rule import EligibilityRule, Near, Text, Violation, parameter
from scheduler.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff(EligibilityRule):
    """On its days off a unit starts no duty.

    A duty belongs to the local date on which it starts: a night that ends on a day off is none
    of its duties.

    Formula      x[u,d] = 0 where the local date of starts_d is in dates
    Units        local dates
    Source       days off granted by the service
    Formulation  A refused pair gets no decision.
    """

    code = "days-off"
    text = Text(
        en="{unit} has the day off on which this duty starts, {starts}.",
        nl="{unit} is vrij op de dag waarop deze dienst begint, {starts}.",
        fr="{unit} est libre le jour où ce service commence, {starts}.",
        de="{unit} hat an dem Tag frei, an dem dieser Dienst beginnt, {starts}.",
    )

    dates: tuple[str, ...] = parameter()

    def __post_init__(self) -> None:
        strange = [day for day in self.dates if not _is_date(day)]
        if strange:
            faults = [f"dates has {day!r}, not a date such as 2026-12-24" for day in strange]
            raise InvalidParameters(self.code, faults)

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        return self.scope.covers(unit, duty) and self._free(problem, duty)

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        return self.scope.covers_unit(unit)

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        return self.scope.covers_service(duty) and self._free(problem, duty)

    def _free(self, problem: RosterProblem, duty: Duty) -> bool:
        return problem.horizon.date(duty.starts_at).isoformat() in self.dates

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for placed in sheet.placements(near):
            unit, duty = placed.unit, placed.duty
            if self.scope.covers(unit, duty) and self._begins_on_one(problem, duty):
                yield self.broken(
                    unit=unit.id, duty=duty.id, starts=problem.moment(duty.starts_at)
                )

    def _begins_on_one(self, problem: RosterProblem, duty: Duty) -> bool:
        days = [problem.horizon.day(date.fromisoformat(day)) for day in self.dates]
        return any(day.holds(duty.starts_at) for day in days)


def _is_date(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
