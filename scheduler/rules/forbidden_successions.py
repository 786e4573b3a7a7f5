from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.charges import charges
from scheduler.errors import InvalidParameters
from scheduler.patterns import DAY, carried, last_judged, worked_days
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Served, Sheet
from scheduler.terms import TRUE, About, AnyOf, Decisions, Literal, Require
from scheduler.wording import Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenSuccessions(Rule):
    """After certain shifts, certain others may not follow on the next day.

    A succession is written `night>early`: who starts a duty of shift night on one local date
    starts none of shift early on the next. What was worked before the horizon and what is
    published after it count, where their shift is known.

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
        en="{unit}: {first}, then {second}; on the next day one may not follow the other.",
        nl="{unit}: {first}, dan {second}; de dag erna mag het ene niet op het andere volgen.",
        fr="{unit} : {first}, puis {second} ; le lendemain, l'un ne peut pas suivre l'autre.",
        de="{unit}: {first}, dann {second}; am nächsten Tag darf das eine nicht auf das andere "
        "folgen.",
    )

    successions: tuple[str, ...] = parameter()

    def __post_init__(self) -> None:
        strange = [s for s in self.successions if s.count(">") != 1 or not all(s.split(">"))]
        if strange:
            faults = [f"successions has {pair!r}, not one such as night>early" for pair in strange]
            raise InvalidParameters(self.code, faults)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        after: dict[str, list[str]] = defaultdict(list)
        for first, second in (pair.split(">") for pair in self.successions):
            after[first].append(second)
        for clock in carried(problem, self.scope, problem.clocks):
            taken: dict[tuple[date, str], list[Literal]] = defaultdict(list)
            blamed: dict[tuple[date, str], list[Literal]] = defaultdict(list)
            for charge in charges(problem, on, clock, self.scope):
                key = problem.horizon.date(charge.work.starts_at), charge.work.shift
                literal = TRUE if charge.taken is None else charge.taken
                taken[key].append(literal)
                blamed[key] += [literal] * charge.judged
            for day, first in taken:
                then = [(day + DAY, second) for second in after.get(first, ())]
                about = About(clock=clock.id, moment=problem.horizon.midnight(day))
                for one, other in (taken, blamed), (blamed, taken):
                    barred = on.any_of([x for key in then for x in other.get(key, ())])
                    require(AnyOf((~on.any_of(one[day, first]), ~barred)), about)

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
                if f"{first.work.shift}>{second.work.shift}" in self.successions and blamed:
                    yield self.broken(
                        unit=blamed.unit.id,
                        duty=blamed.duty_id,
                        first=_shift(problem, first),
                        second=_shift(problem, second),
                    )


def _shift(problem: RosterProblem, served: Served) -> Shift:
    return Shift(problem.horizon.local(served.work.starts_at), served.work.shift)
