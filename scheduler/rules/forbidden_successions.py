from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.charges import charges
from scheduler.duties import Duty
from scheduler.errors import InvalidParameters
from scheduler.patterns import DAY, carried, last_judged, worked_days
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Parameterised, Rule, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.terms import About, AnyOf, Decisions, Literal, Require

Key = tuple[date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenSuccessions(Rule):
    """After certain shifts, certain others may not follow on the next day.

    A succession is written `night>early`: who starts a duty of shift night on one local date
    starts none of shift early on the next. Past work has no shift here: across the seam of two
    rosters it is daily rest that holds.

    Formula      for every clock, date d and succession a>b:
                 no x[u,d1] and x[u,d2] together where shift_d1 = a on d and shift_d2 = b on d + 1
    Units        local dates; shifts by name
    Source       forbidden shift successions of the rostering literature; pattern of the
                 service, to be confirmed
    Formulation  One clause per clock, date and first shift over all that may not follow it,
                 which is as tight as one for each pair of duties.
    """

    code = "forbidden-successions"
    text = Text(
        en="{unit} has {second} on the day after {first}: one may not follow the other.",
        nl="{unit} heeft {second} op de dag na {first}: het ene mag niet op het andere volgen.",
        fr="{unit} a {second} le lendemain de {first} : l'un ne peut pas suivre l'autre.",
        de="{unit} hat {second} am Tag nach {first}: das eine darf nicht auf das andere folgen.",
    )

    successions: tuple[str, ...] = parameter()

    def __post_init__(self) -> None:
        Parameterised.__post_init__(self)
        strange = [s for s in self.successions if s.count(">") != 1 or not all(s.split(">"))]
        if strange:
            faults = [f"successions has {pair!r}, not one such as night>early" for pair in strange]
            raise InvalidParameters(self.code, faults)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        after: dict[str, list[str]] = defaultdict(list)
        for first, second in (pair.split(">") for pair in self.successions):
            after[first].append(second)
        for clock in carried(problem, self.scope, problem.clocks):
            taken: dict[Key, list[Literal]] = defaultdict(list)
            blamed: dict[Key, list[Literal]] = defaultdict(list)
            for charge in charges(problem, on, clock, self.scope):
                if isinstance(charge.work, Duty) and charge.taken is not None:
                    key = problem.horizon.date(charge.work.starts_at), charge.work.shift
                    taken[key].append(charge.taken)
                    blamed[key] += [charge.taken] * charge.judged
            for day, first in taken:
                then = [(day + DAY, second) for second in after.get(first, ())]
                about = About(clock=clock.id, moment=problem.horizon.midnight(day))
                for one, other in (taken, blamed), (blamed, taken):
                    begun = one[day, first]
                    barred = [x for key in then for x in other.get(key, ())]
                    if begun and barred:
                        require(AnyOf((~on.any_of(begun), ~on.any_of(barred))), about)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for days in worked_days(problem, sheet, self.scope, near):
            for first, second in (
                (first, second)
                for day in days
                for first in days[day]
                for second in days.get(day + DAY, ())
            ):
                blamed = last_judged((first, second), self.scope)
                if (
                    first.duty
                    and second.duty
                    and f"{first.duty.shift}>{second.duty.shift}" in self.successions
                    and blamed
                ):
                    yield self.broken(
                        unit=blamed.unit.id,
                        duty=blamed.duty_id,
                        first=problem.occasion(first.duty),
                        second=problem.occasion(second.duty),
                    )
