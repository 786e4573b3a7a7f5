"""Whether what an explanation claims holds, by stating the problem anew without what it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scheduler.catalogue import rules_of
from scheduler.check import judge
from scheduler.contested import Contested
from scheduler.explanation import PINS, Conflict, Explanation, Family, Part, Remedy, Verdict
from scheduler.model.contest import Contest
from scheduler.outcome import Infeasible
from scheduler.planner import Budget, draft, explain
from scheduler.problem import RosterProblem
from scheduler.roster import Roster

PATIENT = Budget(seconds=120.0, cores=1)
SHORT = Budget(seconds=None, effort=0.5, cores=1)
NO_ROSTER = Infeasible(0.0)
CONFIRM_SECONDS = 60.0


def mistaken(problem: RosterProblem) -> Iterator[str]:
    """What is not true of the explanation of a problem, coarse and fine."""
    told: list[Explanation] = []
    found = explain(problem, NO_ROSTER, PATIENT, told.append)
    drafted = draft(problem, SHORT)
    if (found.verdict is Verdict.IMPOSSIBLE) != isinstance(drafted, Infeasible):
        yield f"the verdict is {found.verdict}, and a draft ends {type(drafted).__name__}"
    if found.roster is not None and not judge(problem, found.roster).lawful:
        yield "the roster that shows it to be possible is not lawful"
    coarse = next((e.conflict for e in told if e.conflict), None)
    if coarse is not None:
        yield from _of_families(problem, coarse)
    if found.conflict is not None:
        yield from _of_parts(problem, found.conflict)
    for remedy in found.remedies:
        yield from _of_remedy(problem, remedy)


def _of_families(problem: RosterProblem, conflict: Conflict) -> Iterator[str]:
    """They clash, whatever else is left out; and with any one of them less there is a roster."""
    every = {Family(rule.code, rule.framework) for rule in problem.rules} | {Family(PINS)}
    alone = without(problem, every - conflict.families)
    if not impossible(alone):
        yield f"{_codes(conflict.families)} alone do not clash"
    for family in conflict.families if conflict.minimal else ():
        if impossible(without(alone, [family])):
            yield f"{_codes(conflict.families)} clash without {family.code}"


def _of_parts(problem: RosterProblem, conflict: Conflict) -> Iterator[str]:
    """The same of the finest parts, each of which stands for some of the clauses."""
    statement = Contested(problem, Roster.of(problem.pinned), {d.id for d in problem.duties})
    statement.state_rules(rules_of(problem))
    statement.pin(problem.pinned)
    contest = Contest(statement, Roster())
    clauses: dict[tuple[Family, Part], list[int]] = {}
    for clause, family in enumerate(statement.families):
        assert family is not None
        part = statement.part(clause, conflict.grain)
        clauses.setdefault((family, part), []).append(clause)
    parts = [(cause.family, part) for cause in conflict.causes for part in cause.parts]

    def clash(kept: list[tuple[Family, Part]]) -> bool:
        those = [clause for key in kept for clause in clauses[key]]
        return contest.solve(those, CONFIRM_SECONDS, confirming=True).impossible

    if not clash(parts):
        yield f"parts of {_codes(conflict.families)} do not clash"
    for left_out in parts if conflict.minimal else ():
        if clash([part for part in parts if part != left_out]):
            yield f"parts of {_codes(conflict.families)} clash without {left_out}"


def _of_remedy(problem: RosterProblem, remedy: Remedy) -> Iterator[str]:
    granted = remedy.applied(problem, "granted in a test")
    if not judge(granted, remedy.roster).lawful:
        yield f"the roster of a remedy breaks a rule: {remedy.gist}"
    if not {pin.pair for pin in granted.pinned} <= remedy.roster.pairs:
        yield f"the roster of a remedy leaves out a pin: {remedy.gist}"
    if impossible(granted):
        yield f"there is no roster even with a remedy: {remedy.gist}"


def without(problem: RosterProblem, left_out: Iterable[Family]) -> RosterProblem:
    """The problem as if these rules had never been in force."""
    out = {(family.code, family.framework) for family in left_out}
    rules = tuple(r for r in problem.rules if (r.code, r.framework) not in out)
    return replace(
        problem,
        rules=rules,
        relaxations=tuple(x for x in problem.relaxations if any(x.means(r) for r in rules)),
        pinned=() if (PINS, "") in out else problem.pinned,
    )


def impossible(problem: RosterProblem) -> bool:
    return isinstance(draft(problem, SHORT), Infeasible)


def _codes(families: Iterable[Family]) -> str:
    return ", ".join(sorted(family.code for family in families))
