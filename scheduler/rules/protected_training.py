from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Unit
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem
from scheduler.rule import EligibilityRule, Near, Text, Violation, parameter
from scheduler.sheet import Sheet
from scheduler.wording import Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedTraining(EligibilityRule):
    """A training keeps its place: no duty of those who train in it or `margin_minutes` around it.

    The whole unit stays in, unless those who train are absent for the duty. To the rules on
    hours a training is no work: operational training of soldiers lies outside the directive,
    and training that counts as service is a pinned duty instead. To be confirmed by the service.

    Formula      x[u,d] = 0 where for a member of u present on d and one of their trainings t
                 [starts_t - margin, ends_t + margin) overlaps [reports_d, released_d)
    Units        elapsed minutes
    Source       unions fear for lost training (September 2025); CJEU C-742/19, B.K. v Slovenia;
                 a proposed default, to be confirmed by Defence
    Formulation  A refused pair gets no decision.
    """

    code = "protected-training"
    text = Text(
        en="{unit}: the training of {members} from {begins} to {ends} keeps its place, free time "
        "before and after it: {margin}.",
        nl="{unit}: de training van {members} van {begins} tot {ends} blijft staan, vrije tijd "
        "ervoor en erna: {margin}.",
        fr="{unit} : l'entraînement de {members} du {begins} au {ends} reste à sa place, temps "
        "libre avant et après : {margin}.",
        de="{unit}: die Ausbildung von {members} von {begins} bis {ends} behält ihren Platz, "
        "freie Zeit davor und danach: {margin}.",
    )

    margin_minutes: int = parameter(unit="min", at_least=0, at_most=7 * DAY_MINUTES)

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        margin = self.margin_minutes
        return self.scope.covers(unit, duty) and any(
            Span(training.starts - margin, training.ends + margin).overlaps(duty.span)
            for member in problem.present(unit, duty)
            for training in member.trainings
        )

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        return unit.id if any(member.trainings for member in unit.members) else None

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        return self.scope.covers_service(duty), duty.span

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        for placed in sheet.placements(near):
            if not self.scope.covers(placed.unit, placed.duty):
                continue
            duty = placed.duty
            kept: dict[Span, list[str]] = defaultdict(list)
            for member in placed.unit.members:
                for training in member.trainings if not member.away(duty.span) else ():
                    before = training.starts - duty.released_at
                    after = duty.reports_at - training.ends
                    if max(before, after) < self.margin_minutes:
                        kept[training].append(member.id)
            for training, members in sorted(kept.items()):
                yield self.broken(
                    unit=placed.unit.id,
                    duty=duty.id,
                    members=tuple(members),
                    begins=problem.moment(training.starts),
                    ends=problem.moment(training.ends),
                    margin=Minutes(self.margin_minutes),
                )
