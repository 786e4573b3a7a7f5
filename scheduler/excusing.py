"""What would have to be granted for a roster that breaks rules, by the checkers alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scheduler.catalogue import rule, rules_of
from scheduler.errors import InvalidProblem
from scheduler.moments import DAY_MINUTES, Span
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation
from scheduler.rule import RuleInForce, Violation
from scheduler.sheet import Sheet

TO_BE_GIVEN = "?"  # the reason: whoever grants a relaxation says it


def excuses(
    problem: RosterProblem, sheet: Sheet
) -> tuple[tuple[RuleInForce, Relaxation, Violation], ...] | None:
    """The narrowest relaxations that excuse every breach, each with one of its breaches.

    None where a rule is broken that nobody may relax, or that no relaxation of a unit or a duty
    would excuse.
    """
    found = []
    for in_force, binding in zip(problem.rules, rules_of(problem), strict=True):
        groups: dict[tuple[str | None, str | None], list[Violation]] = defaultdict(list)
        for violation in binding.violations(problem, sheet):
            at = violation.unit, None if violation.unit else violation.duty
            groups[at].append(violation)
        for together in groups.values():
            relaxation = _excuse(problem, sheet, in_force, together)
            if relaxation is None:
                return None
            found.append((in_force, relaxation, together[0]))
    return tuple(found)


def _excuse(
    problem: RosterProblem, sheet: Sheet, in_force: RuleInForce, together: Sequence[Violation]
) -> Relaxation | None:
    """The narrowest place in which nothing of these breaches is left."""
    if not in_force.relaxable_by:
        return None
    known = [r for r in problem.relaxations if r.means(in_force)]
    for place in _places(problem, in_force, together):
        lifted = rule(in_force, (*known, place))
        if not any(v in together for v in lifted.violations(problem, sheet)):
            return place
    return None


def _places(
    problem: RosterProblem, in_force: RuleInForce, together: Sequence[Violation]
) -> Iterator[Relaxation]:
    """The duties at fault, then their days, then more time around them, then any time."""
    first = together[0]
    place = Relaxation(
        rule=in_force.code,
        framework=in_force.framework,
        granted_by=in_force.relaxable_by[0],
        reason=TO_BE_GIVEN,
        units=(first.unit,) if first.unit else (),
    )
    duties = [problem.duty(v.duty) for v in together if v.duty]
    if duties:
        ids = dict.fromkeys(duty.id for duty in duties)
        yield replace(place, duties=tuple(ids))
        for days in (0, 1, 7):
            begins = min(duty.starts_at for duty in duties) - days * DAY_MINUTES
            ends = max(duty.starts_at for duty in duties) + days * DAY_MINUTES
            touched = problem.horizon.days_of(Span(begins, ends + 1))
            starts, last = (problem.horizon.day(day) for day in (touched[0], touched[-1]))
            yield replace(place, during=Span(starts.starts, last.ends))
    if first.unit:
        yield place
    else:
        yield replace(place, during=problem.horizon.span)


def granted(problem: RosterProblem, relaxations: Iterable[Relaxation]) -> RosterProblem | None:
    """The problem with these relaxations; None where they cannot be granted so."""
    try:
        return replace(problem, relaxations=(*problem.relaxations, *relaxations))
    except InvalidProblem:
        return None
