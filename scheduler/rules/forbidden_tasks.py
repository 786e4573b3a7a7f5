from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Force, Unit
from scheduler.problem import RosterProblem
from scheduler.rule import EligibilityRule, Near, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.wording import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenTasks(EligibilityRule):
    """Nobody is put where the tasks that would fall to them are forbidden to them.

    To a unit fall the tasks of the needs that call for its force. Soldiers on a duty that calls
    for no soldiers take over what it asks of anybody.

    Formula      x[u,d] = 0 where `tasks` meets the tasks of the needs n of d with
                 force_n = force_u; for soldiers, if there is none, of those with force_n = any
    Units        tasks by name
    Source       rules of engagement without police powers (September 2025): no checks, searches
                 or arrests by soldiers; the list is a proposed default, to be confirmed
    Formulation  A refused pair gets no decision.
    """

    code = "forbidden-tasks"
    text = Text(
        en="{unit} may not take this duty: it includes {tasks}, forbidden to them.",
        nl="{unit} mag deze dienst niet doen: die omvat {tasks}, wat hun niet toegestaan is.",
        fr="{unit} ne peut pas assurer ce service : il comprend {tasks}, ce qui lui est interdit.",
        de="{unit} darf diesen Dienst nicht übernehmen: er umfasst {tasks}, was hier untersagt "
        "ist.",
    )

    tasks: tuple[str, ...] = parameter()

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        falling = [need for need in duty.needs if need.force is unit.force]
        if not falling and unit.force is Force.MILITARY:
            falling = [need for need in duty.needs if need.force is None]
        asked = {task for need in falling for task in need.tasks}
        return not asked.isdisjoint(self.tasks) and self.scope.covers(unit, duty)

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        return self.scope.covers_unit(unit), unit.force

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        asked = tuple((need.force, need.tasks) for need in duty.needs)
        return self.scope.covers_service(duty), asked

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for placed in sheet.placements(near):
            unit, duty = placed.unit, placed.duty
            calls = [need.force for need in duty.needs]
            takes_over = unit.force is Force.MILITARY and Force.MILITARY not in calls
            forbidden = [
                task
                for task in dict.fromkeys(self.tasks)
                for need in duty.needs
                if task in need.tasks
                and (need.force == unit.force or (takes_over and need.force is None))
            ]
            if forbidden and self.scope.covers(unit, duty):
                yield self.broken(
                    unit=unit.id,
                    duty=duty.id,
                    tasks=tuple(problem.named(Thing.TASK, t) for t in dict.fromkeys(forbidden)),
                )
