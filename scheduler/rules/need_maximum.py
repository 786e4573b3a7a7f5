from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from scheduler.coverage import counted, reached
from scheduler.duties import Duty
from scheduler.forces import Unit
from scheduler.problem import RosterProblem
from scheduler.rule import EligibilityRule, Near, Text, Violation
from scheduler.sheet import Placed, Sheet
from scheduler.terms import About, AtMost, Decisions, Require, Term
from scheduler.wording import Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedMaximum(EligibilityRule):
    """Nobody is sent where nobody asked for them, and never more than were asked for.

    A duty without needs takes anybody.

    Formula      for every need n of d:  sum counted_{u,n} x[u,d] <= maximum_n  once somebody in
                 scope is on d;  and x[u,d] = 0 where d has needs and none of them counts u
    Units        teams or persons, as the need counts
    Source       the coverage that the zone commander asks for
    Formulation  A unit that no need counts gets no decision; then one row per need.
    """

    code = "need-maximum"
    text = Text(
        en="{area}, {moment}: {there}; at most {maximum} were asked for.",
        nl="{area}, {moment}: {there}; hoogstens {maximum} gevraagd.",
        fr="{area}, {moment} : {there} ; le maximum demandé est de {maximum}.",
        de="{area}, {moment}: {there}; angefordert sind höchstens {maximum}.",
    )
    uncalled = Text(
        en="{unit} does not match any need of the duty in {area}, {moment}.",
        nl="{unit} beantwoordt aan geen enkele behoefte van de dienst in {area}, {moment}.",
        fr="{unit} ne répond à aucun besoin du service à {area}, {moment}.",
        de="{unit} entspricht keinem Bedarf des Dienstes in {area}, {moment}.",
    )

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        called = any(counted(problem, need, unit, duty) for need in duty.needs)
        return bool(duty.needs) and not called and self.scope.covers(unit, duty)

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        return self.scope.covers_unit(unit), problem.likeness(unit)

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        asked = tuple((need.force, need.qualification) for need in duty.needs)
        return self.scope.covers_service(duty), asked, duty.span, duty.starts_at

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for duty in problem.duties:
            bound = [c.taken for c in on.at(duty) if self.scope.covers(c.unit, duty)]
            for need in duty.needs if bound else ():
                amounts = [(counted(problem, need, c.unit, duty), c) for c in on.at(duty)]
                terms = tuple(Term(amount, c.taken) for amount, c in amounts if amount)
                if sum(term.times for term in terms) > need.maximum:
                    always = {term.literal for term in terms} <= {*bound}
                    when = () if always else (on.any_of(bound),)
                    require(AtMost(terms, need.maximum, when), About(duty=duty.id))

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for placed in sheet.placements(near):
            if self.scope.covers(placed.unit, placed.duty) and _uncalled(problem, placed):
                yield Violation(
                    self.code,
                    placed.unit.id,
                    placed.duty.id,
                    self.uncalled,
                    {
                        "unit": placed.unit.id,
                        "area": problem.where(placed.duty),
                        "moment": problem.moment(placed.duty.starts_at),
                    },
                )
        for duty in sheet.changed(near):
            if not any(self.scope.covers(p.unit, duty) for p in sheet.on(duty)):
                continue
            for need in duty.needs:
                there = reached(sheet, need, duty)
                if there > need.maximum:
                    yield self.broken(
                        duty=duty.id,
                        by=there - need.maximum,
                        area=problem.where(duty),
                        moment=problem.moment(duty.starts_at),
                        there=Strength(
                            there, need.counts, need.force, problem.what(need.qualification)
                        ),
                        maximum=need.maximum,
                    )


def _uncalled(problem: RosterProblem, placed: Placed) -> bool:
    """Every need asks for another force, or for what no present member holds."""
    duty, crew = placed.duty, problem.present(placed.unit, placed.duty)
    held = {q.name for m in crew for q in m.qualifications if q.in_date(duty.starts_at)}
    wanted = [n for n in duty.needs if n.force is None or n.force is placed.unit.force]
    return bool(duty.needs) and not (
        crew and any(not n.qualification or n.qualification in held for n in wanted)
    )
