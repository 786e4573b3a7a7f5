from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from scheduler.duties import Duty, Mandate
from scheduler.forces import Force, Unit
from scheduler.problem import RosterProblem
from scheduler.rule import Near, Rule, Text, Violation
from scheduler.sheet import Placed, Sheet
from scheduler.terms import About, AtMost, Decisions, Literal, Require, Term
from scheduler.wording import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateCap(Rule):
    """Under one mandate no more different soldiers are deployed than it allows.

    Standby and reserve count; a soldier on several duties, or in two units, counts once. A duty
    falls under a mandate that names its area and is valid from its start to its end.

    Formula      for every mandate k:  sum over soldiers m of [some x[u,d] = 1 in scope with m
                 present in u on d and d under k]  <=  cap_k
    Units        soldiers
    Source       headcount caps of the Council of Ministers; the deciding authority's mandate
    Formulation  Soldiers who can be deployed on just the same pairs, as a unit's members mostly
                 can, share one decision, weighted with their number.
    """

    code = "mandate-cap"
    text = Text(
        en="Mandate “{mandate}”: {deployed} different soldiers deployed; the cap is {cap}.",
        nl="Mandaat “{mandate}”: {deployed} verschillende militairen ingezet; het maximum is "
        "{cap}.",
        fr="Mandat « {mandate} » : {deployed} militaires différents déployés ; le plafond est de "
        "{cap}.",
        de="Mandat „{mandate}“: {deployed} verschiedene Soldaten eingesetzt; die Obergrenze ist "
        "{cap}.",
    )

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for mandate in problem.mandates:
            service = self._service(problem, on, mandate)
            if len(service) > mandate.cap:
                alike = Counter(tuple(literals) for literals in service.values())
                terms = tuple(Term(n, on.any_of(literals)) for literals, n in alike.items())
                require(AtMost(terms, mandate.cap), About())

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for mandate in problem.mandates:
            if near and not self._deploys(
                mandate, problem.unit(near.unit), problem.duty(near.duty)
            ):
                continue
            soldiers = sheet.tally((self, mandate.id), partial(self._deployed, mandate))
            if len(soldiers) > mandate.cap:
                yield self.broken(
                    by=len(soldiers) - mandate.cap,
                    mandate=problem.named(Thing.MANDATE, mandate.id),
                    deployed=len(soldiers),
                    cap=mandate.cap,
                )

    def _deployed(self, mandate: Mandate, placed: Placed) -> tuple[str, ...]:
        """The soldiers whom an assignment deploys under the mandate."""
        if not self._deploys(mandate, placed.unit, placed.duty):
            return ()
        return tuple(m.id for m in placed.unit.members if not m.away(placed.duty.span))

    def _service(
        self, problem: RosterProblem, on: Decisions, mandate: Mandate
    ) -> dict[str, list[Literal]]:
        """Soldier → the decisions that deploy them under this mandate."""
        service: dict[str, list[Literal]] = defaultdict(list)
        for unit in problem.units:
            for choice in on.unit(unit):
                if self._deploys(mandate, unit, choice.duty):
                    for member in problem.present(unit, choice.duty):
                        service[member.id].append(choice.taken)
        return service

    def _deploys(self, mandate: Mandate, unit: Unit, duty: Duty) -> bool:
        """Whether `unit` on `duty` would be soldiers under this mandate."""
        return (
            unit.force is Force.MILITARY
            and duty.area in mandate.areas
            and mandate.valid.contains(duty.cover)
            and self.scope.covers(unit, duty)
        )
