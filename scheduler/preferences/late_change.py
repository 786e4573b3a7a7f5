from __future__ import annotations

from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.errors import InvalidParameters
from scheduler.moments import LONGEST_HORIZON_MINUTES
from scheduler.problem import RosterProblem, kept
from scheduler.rule import Near, Parameterised, Preference, Text, parameter
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class LateChange(Preference):
    """What people have already been told changes as early as it can, if it has to change.

    Formula      sum over {pairs of the roster} symmetric difference {pairs of the reference} of
                 price_d, looking only at duties that the problem holds; price_d falls with the
                 notice from `told_at` to reporting: below `urgent_minutes` it is `urgent_price`,
                 below `soon_minutes` it is `soon_price`, else 1. Nothing without a reference;
                 all is in good time where nobody says when people are told
    Units        points per assignment added or removed; moving a unit is one of each.
                 Proposal: 4 within 24 h, 2 within 72 h; to be confirmed
    Formulation  A price on each decision, turned round where the reference has the pair; a pair
                 of the reference that can no longer be taken costs a constant.
    """

    code = "late-change"
    text = Text(
        en="Changes to what was already told, dearer the closer they come to the duty",
        nl="Wijzigingen van wat al was meegedeeld, duurder naarmate de dienst dichterbij is",
        fr="Changements à ce qui était déjà communiqué, plus chers à l'approche du service",
        de="Änderungen an bereits Mitgeteiltem, teurer, je näher der Dienst ist",
    )

    urgent_minutes: int = parameter(unit="min", at_least=0, at_most=LONGEST_HORIZON_MINUTES)
    urgent_price: int = parameter(at_least=1, at_most=1000)
    soon_minutes: int = parameter(unit="min", at_least=0, at_most=LONGEST_HORIZON_MINUTES)
    soon_price: int = parameter(at_least=1, at_most=1000)

    def __post_init__(self) -> None:
        Parameterised.__post_init__(self)
        faults = []
        if self.urgent_minutes > self.soon_minutes:
            faults.append(f"urgent_minutes is {self.urgent_minutes}; at most soon_minutes")
        if self.urgent_price < self.soon_price:
            faults.append(f"urgent_price is {self.urgent_price}; at least soon_price")
        if faults:
            raise InvalidParameters(self.code, faults)

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        if not problem.reference:
            return
        told = set(_told(problem))
        for duty in problem.duties:
            price = self._price(problem, duty)
            for choice in on.at(duty):
                pair = choice.unit.id, duty.id
                cost.each(price, ~choice.taken if pair in told else choice.taken)
                told.discard(pair)
        cost.constant(sum(self._price(problem, problem.duty(duty)) for _, duty in told))

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        if not problem.reference:
            return 0
        before = _told(problem)
        if near:
            before &= {(near.unit, near.duty)}
        changes = before ^ {p.assignment.pair for p in sheet.placements(near)}
        return sum(self._price(problem, problem.duty(duty)) for _, duty in changes)

    def _price(self, problem: RosterProblem, duty: Duty) -> int:
        if problem.told_at is None or duty.reports_at - problem.told_at >= self.soon_minutes:
            return 1
        urgent = duty.reports_at - problem.told_at < self.urgent_minutes
        return self.urgent_price if urgent else self.soon_price


@kept
def _told(problem: RosterProblem) -> frozenset[tuple[str, str]]:
    """The pairs of the reference on duties that the problem holds."""
    return frozenset(a.pair for a in problem.reference if problem.has_duty(a.duty))
