"""Asks the engine about a week, and others who share nothing with it whether that can be true.

They are the checkers, on whatever roster there is; the engine itself on the same problem said
otherwise, with another seed; a walker who tries one hand after another by the checkers alone;
on tiny weeks every roster there is; and on some what the engine itself explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from scheduler.check import judge
from scheduler.errors import ModelDisagrees
from scheduler.outcome import Drafted, Infeasible, Outcome, OutOfTime
from scheduler.planner import Budget, draft
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from tests.scheduler.claims import mistaken
from tests.scheduler.enumerated import Costs, Enumeration, TooMany
from tests.scheduler.tight_weeks import TINY, tight_week, turned

EFFORT = 4.0
STEPS = 60
TINY_EVERY = 16  # of the weeks, every so many is small enough to look at all its rosters
EXPLAINED_EVERY = 4  # and of so many one is explained, and the explanation tried
SPOT_CHECKS = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """How the engine ended, whether it proved it, and what speaks against it."""

    ended: str
    proven: bool
    enumerated: bool
    contradictions: tuple[str, ...]


def week(number: int) -> RosterProblem:
    return tight_week(number, TINY) if is_tiny(number) else tight_week(number)


def is_tiny(number: int) -> bool:
    return number % TINY_EVERY == 0


def answer(number: int) -> Answer:
    """The engine's outcome for one random week, questioned from all sides."""
    problem, rng = week(number), Random(number)
    try:
        outcome = _drafted(problem, number, cores=rng.randint(1, 2))
        other = _drafted(turned(problem, rng), number + 1, cores=1)
    except ModelDisagrees as error:
        return Answer("refused", False, False, (str(error),))
    found = [f"engine: {fault}" for fault in faults(problem, outcome)]
    found += [f"engine, turned: {fault}" for fault in faults(problem, other)]
    found += _against(problem, other, "turned", known(problem, outcome))
    found += _against(problem, outcome, "turned", known(problem, other))
    found += _against(problem, outcome, "a walker", walked(problem, outcome, rng))
    every = _enumerated(problem, rng) if is_tiny(number) else None
    if every is not None:
        found += _against(problem, outcome, "brute force", every)
        if not every and not isinstance(outcome, Infeasible):
            found.append("brute force: there is no lawful roster at all")
    if number % EXPLAINED_EVERY == 1:
        found += [f"explanation: {fault}" for fault in mistaken(problem)]
    return Answer(type(outcome).__name__, _proven(outcome), every is not None, tuple(found))


def _drafted(problem: RosterProblem, seed: int, cores: int) -> Outcome:
    return draft(problem, Budget(seconds=None, effort=EFFORT, cores=cores, seed=seed))


def _roster(outcome: Outcome) -> Roster | None:
    match outcome:
        case Drafted(roster):
            return roster
        case OutOfTime(best):
            return best
    return None


def _proven(outcome: Outcome) -> bool:
    """Infeasible is a proof; of a roster every level has to be proven."""
    if isinstance(outcome, OutOfTime):
        return False
    return isinstance(outcome, Infeasible) or all(level.proven for level in outcome.levels)


def faults(problem: RosterProblem, outcome: Outcome) -> Iterator[str]:
    """What is wrong with an outcome by the checkers alone."""
    roster = _roster(outcome)
    if roster is None:
        return
    verdict = judge(problem, roster)
    yield from (violation.sentence("en") for violation in verdict.unexcused)
    if missing := {pin.pair for pin in problem.pinned} - roster.pairs:
        yield f"pins are missing: {sorted(missing)}"
    if isinstance(outcome, Drafted):
        told = tuple((level.level, level.objective) for level in outcome.levels)
        if told != verdict.score.levels:
            yield f"the levels are told as {told} and measured as {verdict.score.levels}"
        for level in outcome.levels:
            if level.bound is not None and level.bound > level.objective:
                yield f"a bound lies above what was reached: {level}"


def known(problem: RosterProblem, outcome: Outcome) -> Iterator[Costs]:
    roster = _roster(outcome)
    if roster is not None:
        yield _height(problem, roster)[1]


def walked(problem: RosterProblem, outcome: Outcome, rng: Random) -> Iterator[Costs]:
    """What lawful rosters cost on a walk from the engine's, or from the pins if it has none."""
    pins = Roster.of(problem.pinned)
    roster = _roster(outcome) or pins
    pairs = [(u.id, d.id) for u in problem.units for d in problem.duties]
    open_ = [pair for pair in pairs if pair not in pins.pairs]
    height = _height(problem, roster)
    for _ in range(STEPS if open_ else 0):
        there = roster
        for _ in range(rng.choice((1, 1, 2))):
            pair = rng.choice(open_)
            there = there.without(*pair) if pair in there.pairs else there.with_(Assignment(*pair))
        if (new := _height(problem, there)) <= height:
            roster, height = there, new
        if not new[0]:
            yield new[1]


def _height(problem: RosterProblem, roster: Roster) -> tuple[int, Costs]:
    verdict = judge(problem, roster)
    return len(verdict.unexcused), tuple(cost for _, cost in verdict.score.levels)


def _enumerated(problem: RosterProblem, rng: Random) -> frozenset[Costs] | None:
    try:
        every = Enumeration(problem)
    except TooMany:
        return None
    mistaken = every.mistaken(rng, SPOT_CHECKS)
    assert mistaken is None, f"the enumeration is wrong about {mistaken}"
    return every.costs()


def _against(
    problem: RosterProblem, outcome: Outcome, witness: str, lawful: Iterable[Costs]
) -> list[str]:
    """At most one sentence: the best that a witness has to say against an outcome."""
    refuting = min((costs for costs in lawful if refutes(outcome, costs)), default=None)
    return [] if refuting is None else [f"{witness} has {refuting} against {_told(outcome)}"]


def refutes(outcome: Outcome, costs: Costs) -> bool:
    """Whether a lawful roster of these costs cannot be, if the outcome is right.

    A bound of a level holds for rosters that are no worse on the levels before.
    """
    if isinstance(outcome, Infeasible):
        return True
    for level, cost in zip(outcome.levels, costs, strict=False):
        if level.bound is not None and cost < level.bound:
            return True
        if cost > level.objective:
            return False
    return False


def _told(outcome: Outcome) -> str:
    levels = () if isinstance(outcome, Infeasible) else outcome.levels
    return " ".join((type(outcome).__name__, *(f"{v.objective} (>= {v.bound})" for v in levels)))
