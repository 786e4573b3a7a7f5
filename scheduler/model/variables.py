"""The variables container: decisions, and what is derived from them, in domain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from scheduler.catalogue import eligibility_of
from scheduler.duties import Duty
from scheduler.forces import Clock, Member, Unit
from scheduler.problem import RosterProblem
from scheduler.terms import Decision, Literal


class Variables:
    """Implements `scheduler.terms.Decisions` on a CP-SAT model."""

    def __init__(self, problem: RosterProblem, model: cp_model.CpModel) -> None:
        self.problem = problem
        self.model = model
        self._booleans: list[cp_model.IntVar] = []
        self._derived: dict[frozenset[Literal], Literal] = {}
        self._choices: dict[tuple[object, ...], Literal] = {}
        self.decisions = tuple(self._decide())
        self._at = _grouped((d.duty.id, d) for d in self.decisions)
        by_report = sorted(self.decisions, key=lambda d: (d.duty.reports_at, d.duty.id))
        self._unit = _grouped((d.unit.id, d) for d in by_report)
        self._of = _grouped(
            (clock.id, d) for d in by_report for clock in problem.charged(d.unit, d.duty)
        )
        self._by = _grouped(
            (member.id, d) for d in by_report for member in problem.present(d.unit, d.duty)
        )
        self._taken = {(d.unit.id, d.duty.id): d.taken for d in self.decisions}

    def _decide(self) -> Iterable[Decision]:
        rules = eligibility_of(self.problem)
        for duty in self.problem.duties:
            for unit in self.problem.units:
                if not any(rule.forbids(self.problem, unit, duty) for rule in rules):
                    yield Decision(unit, duty, self._new(f"{unit.id}|{duty.id}"))

    def _new(self, name: str) -> Literal:
        self._booleans.append(self.model.new_bool_var(name))
        return Literal(len(self._booleans) - 1)

    def boolean(self, literal: Literal) -> cp_model.LiteralT:
        variable = self._booleans[literal.index]
        return variable.negated() if literal.negated else variable

    def position(self, literal: Literal) -> int:
        """Where the literal's variable stands in the model."""
        return self._booleans[literal.index].index

    def taken(self, unit: str, duty: str) -> Literal | None:
        """The decision on a pair; None when a rule refuses it."""
        return self._taken.get((unit, duty))

    def at(self, duty: Duty) -> Sequence[Decision]:
        return self._at.get(duty.id, ())

    def of(self, clock: Clock) -> Sequence[Decision]:
        return self._of.get(clock.id, ())

    def by(self, member: Member) -> Sequence[Decision]:
        return self._by.get(member.id, ())

    def unit(self, unit: Unit) -> Sequence[Decision]:
        return self._unit.get(unit.id, ())

    def any_of(self, literals: Sequence[Literal]) -> Literal:
        key = frozenset(literals)
        if len(key) == 1:
            return literals[0]
        if key not in self._derived:
            some = self._new("any")
            self._derived[key] = some
            self.model.add_bool_or(self.boolean(x) for x in sorted(key)).only_enforce_if(
                self.boolean(some)
            )
            for literal in sorted(key):
                self.model.add_implication(self.boolean(literal), self.boolean(some))
        return self._derived[key]

    def choice(self, *key: object) -> Literal:
        if key not in self._choices:
            self._choices[key] = self._new("choice")
        return self._choices[key]


def _grouped(pairs: Iterable[tuple[str, Decision]]) -> dict[str, tuple[Decision, ...]]:
    groups: dict[str, list[Decision]] = defaultdict(list)
    for key, decision in pairs:
        groups[key].append(decision)
    return {key: tuple(decisions) for key, decisions in groups.items()}
