from __future__ import annotations

from dataclasses import dataclass

from scheduler.problem import RosterProblem, kept
from scheduler.rule import Near, Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class FewestChanges(Preference):
    """What people have already been told stays as it is wherever it can.

    Formula      |{pairs of the roster} symmetric difference {pairs of the reference}|, looking
                 only at duties that the problem holds; nothing when there is no reference
    Units        assignments added or removed; moving a unit is one of each
    Formulation  A price on each decision, turned round where the reference has the pair; a pair
                 of the reference that can no longer be taken costs a constant.
    """

    code = "fewest-changes"
    text = Text(
        en="Assignments added or removed against the roster already known",
        nl="Toewijzingen toegevoegd of geschrapt tegenover het al bekende dienstrooster",
        fr="Affectations ajoutées ou retirées par rapport au tableau de service déjà connu",
        de="Zuteilungen, die gegenüber dem bekannten Dienstplan hinzukommen oder entfallen",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        if not problem.reference:
            return
        told = set(_told(problem))
        for duty in problem.duties:
            for choice in on.at(duty):
                pair = choice.unit.id, duty.id
                cost.each(1, ~choice.taken if pair in told else choice.taken)
                told.discard(pair)
        if told:
            cost.constant(len(told))

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        if not problem.reference:
            return 0
        told = _told(problem)
        if near:
            return ((near.unit, near.duty) in told) != bool(sheet.placements(near))
        return len(told ^ {placed.assignment.pair for placed in sheet.placed})


@kept
def _told(problem: RosterProblem) -> frozenset[tuple[str, str]]:
    """The pairs of the reference on duties that the problem holds."""
    return frozenset(a.pair for a in problem.reference if problem.has_duty(a.duty))
