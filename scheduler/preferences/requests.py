from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.duties import Duty
from scheduler.forces import Request
from scheduler.problem import RosterProblem, kept
from scheduler.rule import Near, Preference, Text
from scheduler.sheet import Sheet
from scheduler.terms import Cost, Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests(Preference):
    """Who asks for a duty gets one, who asks to be spared is spared; each request has a weight.

    A duty answers a request when it starts in the time asked for and, if a shift was asked for,
    is of that shift.

    Formula      sum over requests r of weight_r * (1 - any_r) if r asks for a duty, else of
                 weight_r * any_r, with any_r = 1 if the unit takes a duty that answers r
    Units        the weights of the requests
    Formulation  One price per request, on whether any of its decisions is taken. A unit's
                 decisions are put in order of start once, for the thousands of requests of a
                 long horizon; a request that nothing can answer costs a constant.
    """

    code = "requests"
    text = Text(
        en="Requests for a duty or for time off that are not met, by their weight",
        nl="Aanvragen om dienst of om vrij die niet zijn ingewilligd, naar hun gewicht",
        fr="Demandes de service ou de repos non satisfaites, selon leur poids",
        de="Nicht erfüllte Wünsche nach Dienst oder nach Freizeit, nach ihrem Gewicht",
    )

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        for unit_id, requests in _asked(problem).items():
            choices = sorted(on.unit(problem.unit(unit_id)), key=lambda c: c.duty.starts_at)
            starts = [choice.duty.starts_at for choice in choices]
            for request in requests:
                first = bisect_left(starts, request.during.starts)
                last = bisect_left(starts, request.during.ends)
                answers = (c for c in choices[first:last] if request.shift in ("", c.duty.shift))
                taken = on.any_of([c.taken for c in answers])
                cost.each(request.weight, ~taken if request.on else taken)

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        touched = problem.duty(near.duty) if near else None
        return sum(
            request.weight
            for unit in sheet.units(near)
            for request in _asked(problem).get(unit.id, ())
            if (touched is None or _answers(touched, request))
            and request.on is not any(_answers(p.duty, request) for p in sheet.by(unit))
        )


@kept
def _asked(problem: RosterProblem) -> Mapping[str, tuple[Request, ...]]:
    """What each unit asks for."""
    asked: dict[str, list[Request]] = {}
    for request in problem.requests:
        asked.setdefault(request.unit, []).append(request)
    return {unit: tuple(requests) for unit, requests in asked.items()}


def _answers(duty: Duty, request: Request) -> bool:
    in_time = request.during.starts <= duty.starts_at < request.during.ends
    return in_time and (not request.shift or duty.shift == request.shift)
