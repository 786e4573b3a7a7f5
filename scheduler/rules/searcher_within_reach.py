from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.forces import Force
from scheduler.problem import RosterProblem
from scheduler.reach import first_gap, stretches
from scheduler.rule import Near, Rule, Text, Violation, parameter
from scheduler.sheet import Placed, Sheet
from scheduler.terms import About, AnyOf, Decisions, Require
from scheduler.wording import Minutes, Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class SearcherWithinReach(Rule):
    """An officer who may search women is on the duty, or within reach of it, all the time.

    Formula      for every stretch of [starts_d, ends_d) between starts and ends of duties in
                 reach: somebody in scope on d  =>  a police unit on a duty there that covers it
                 has a present member with `qualification`, in date when that duty starts
    Units        minutes on the way; 0 means on the duty itself
    Source       a search is done by somebody of the same sex: Police Function Act art. 28, from
                 memory; 15 minutes are a proposed default, to be confirmed
    Formulation  One clause per stretch; a duty in reach helps only while it lasts.
    """

    code = "searcher-within-reach"
    text = Text(
        en="{area}: from {moment} no officer “{qualification}” on the spot or within {reach}.",
        nl="{area}: vanaf {moment} geen politieambtenaar “{qualification}” ter plaatse of binnen "
        "{reach}.",
        fr="{area} : dès {moment}, aucun fonctionnaire de police « {qualification} » sur place ou "
        "à moins de {reach}.",
        de="{area}: ab {moment} kein Polizeibeamter „{qualification}“ vor Ort oder innerhalb von "
        "{reach}.",
    )

    qualification: str = parameter()
    reach_minutes: int = parameter(unit="min", at_least=0, at_most=240)

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        for duty in problem.duties:
            bound = [c.taken for c in on.at(duty) if self.scope.covers(c.unit, duty)]
            helped = stretches(problem, duty, self.reach_minutes) if bound else ()
            for moment, near in helped:
                searchers = tuple(
                    choice.taken
                    for there in near
                    for choice in on.at(there)
                    if choice.unit.force is Force.POLICE
                    and problem.holders(choice.unit, there, self.qualification)
                )
                about = About(duty=duty.id, moment=moment)
                require(AnyOf(searchers, when=(on.any_of(bound),)), about)

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for duty in sheet.duties(near):
            if not any(self.scope.covers(p.unit, duty) for p in sheet.on(duty)):
                continue
            helped = [
                there.cover
                for there in problem.within_reach(duty, self.reach_minutes)
                if any(self._searches(placed) for placed in sheet.on(there))
            ]
            gap = first_gap(duty.cover, helped)
            if gap is not None:
                yield self.broken(
                    duty=duty.id,
                    area=problem.where(duty),
                    moment=problem.moment(gap),
                    qualification=problem.named(Thing.QUALIFICATION, self.qualification),
                    reach=Minutes(self.reach_minutes),
                )

    def _searches(self, placed: Placed) -> bool:
        duty = placed.duty
        return placed.unit.force is Force.POLICE and any(
            member.holds(self.qualification, duty.starts_at)
            for member in placed.unit.members
            if not member.away(duty.span)
        )
