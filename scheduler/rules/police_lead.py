from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.forces import Force
from scheduler.problem import RosterProblem
from scheduler.reach import first_gap, stretches
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Placed, Sheet
from scheduler.terms import About, AnyOf, Decisions, Require
from scheduler.wording import Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceLead(Rule):
    """A police officer fit to lead is on the duty, or within reach of it, from start to end.

    Formula      for every stretch of [starts_d, ends_d) between starts and ends of duties in
                 reach: somebody in scope on d  =>  some lead on a duty there that covers it
    Units        minutes on the way; 0 means on the duty itself
    Source       practice since 2015: always under police command (domain record, rules 1 and 16)
    Formulation  One clause per stretch; a duty in reach helps only while it lasts.
    """

    code = "police-lead"
    text = Text(
        en="{area}: from {moment} no police lead on the spot or within {reach}.",
        nl="{area}: vanaf {moment} geen politieleiding ter plaatse of binnen {reach}.",
        fr="{area} : dès {moment}, aucun responsable policier sur place ou à moins de {reach}.",
        de="{area}: ab {moment} keine polizeiliche Leitung vor Ort oder innerhalb von {reach}.",
    )

    qualification: str = parameter()
    reach_minutes: int = parameter(unit="min", at_least=0, at_most=240)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for duty in problem.duties:
            led = [c.taken for c in on.at(duty) if self.scope.covers(c.unit, duty)]
            if not led:
                continue
            for moment, near in stretches(problem, duty, self.reach_minutes):
                leads = tuple(
                    choice.taken
                    for there in near
                    for choice in on.at(there)
                    if choice.unit.force is Force.POLICE
                    and problem.holders(choice.unit, there, self.qualification)
                )
                about = About(duty=duty.id, moment=moment)
                require(AnyOf(leads, when=(on.any_of(led),)), about)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for duty in sheet.duties(near):
            if not any(self.scope.covers(p.unit, duty) for p in sheet.on(duty)):
                continue
            led = [
                there.cover
                for there in problem.within_reach(duty, self.reach_minutes)
                if any(self._leads(problem, placed) for placed in sheet.on(there))
            ]
            gap = first_gap(duty.cover, led)
            if gap is not None:
                yield self.broken(
                    duty=duty.id,
                    area=problem.where(duty),
                    moment=problem.moment(gap),
                    reach=Minutes(self.reach_minutes),
                )

    def _leads(self, problem: RosterProblem, placed: Placed) -> bool:
        return placed.unit.force is Force.POLICE and any(
            member.holds(self.qualification, placed.duty.starts_at)
            for member in problem.present(placed.unit, placed.duty)
        )
