"""The public face for the worker: drafts, draws, repairs, explains; all judged or solved again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from scheduler.check import judge
from scheduler.disruption import Disruption
from scheduler.disturbance import disturbed
from scheduler.errors import InvalidSeal, ModelDisagrees
from scheduler.explanation import Explanation, Gap
from scheduler.formats import fingerprint, roster_fingerprint
from scheduler.model import draw as near
from scheduler.model import explain as inquiry
from scheduler.model.budget import Budget
from scheduler.model.mend import mend
from scheduler.model.solve import Tell, solve
from scheduler.outcome import Drafted, Incumbent, Infeasible, Level, Outcome, OutOfTime
from scheduler.problem import RosterProblem
from scheduler.repair import Repair
from scheduler.roster import Roster, Score
from scheduler.seal import Drawn, Seal, reasons_against

__all__ = [
    "Budget",
    "Drafted",
    "Drawn",
    "Explanation",
    "Gap",
    "Infeasible",
    "OutOfTime",
    "Outcome",
    "Repair",
    "draft",
    "draw",
    "explain",
    "repair",
]


def _silent(_: Incumbent | Repair | Explanation) -> None:
    pass


def draft(problem: RosterProblem, budget: Budget, tell: Tell = _silent) -> Outcome:
    """The best lawful roster that the budget allows.

    `tell` hears every better roster and bound on the way, from a solver thread. Raises
    `ModelDisagrees` if a checker refuses what the solver made, or measures less than what was
    proven to be the least: a bug, never a user's fault.
    """
    outcome = solve(problem, budget, tell)
    roster = outcome.best if isinstance(outcome, OutOfTime) else getattr(outcome, "roster", None)
    if roster is not None and not isinstance(outcome, Infeasible):
        _within_bounds(outcome.levels, _lawful(problem, roster))
    return outcome


def draw(problem: RosterProblem, best: Roster, seal: Seal) -> Drawn:
    """A lawful roster drawn from those near `best`, by the seed and on the terms of the seal.

    The same problem, roster and seal give the same roster. Every roster on the way is judged by
    the checkers (`ModelDisagrees`). Raises `InvalidSeal` when it was made for something else, or
    when nothing can be drawn near `best`, which breaks rules or leaves out a pin.
    """
    if faults := tuple(_misfits(problem, best, seal)):
        raise InvalidSeal(faults)
    drawn = near.draw(problem, best, seal, lambda roster: _lawful(problem, roster))
    if any(level.drawn > level.at_most for level in drawn.levels):
        raise ModelDisagrees(drawn.levels)
    return drawn


def repair(
    problem: RosterProblem,
    roster: Roster,
    disruptions: Sequence[Disruption],
    budget: Budget,
    tell: Callable[[Repair], None] = _silent,
) -> tuple[Repair, ...]:
    """Up to five clearly different ways to go on with a roster after all of this; never none.

    The best is first: by what stays broken, posts left open, people who hear of a change,
    changes at short notice, then the score. Where nothing lawful was found the only one is the
    roster as it stands, with what it breaks. `tell` hears the best so far as soon as there is
    one. Raises `InvalidProblem` when the disruptions contradict the problem or each other, and
    `ModelDisagrees` if a checker refuses what was made of the roster.
    """
    return mend(disturbed(problem, roster, disruptions), budget, tell)


def _misfits(problem: RosterProblem, best: Roster, seal: Seal) -> Iterator[str]:
    if seal.problem != fingerprint(problem):
        yield "the seal was made for another problem"
    if seal.roster != roster_fingerprint(best):
        yield "the seal was made for another roster"
    yield from reasons_against(problem, best)


def _lawful(problem: RosterProblem, roster: Roster) -> Score:
    verdict = judge(problem, roster)
    if not verdict.lawful:
        raise ModelDisagrees(verdict.unexcused)
    return verdict.score


def _within_bounds(levels: Sequence[Level], measured: Score) -> None:
    """A roster that costs less than a bound refutes it: the first such level is told.

    A bound holds for whatever is no worse on the levels before than what was found there, and
    the roster is what was found: so none may lie above what it costs by the checkers' measure.
    """
    costs = dict(measured.levels)
    for level in levels:
        if level.bound is not None and level.bound > costs[level.level]:
            raise ModelDisagrees([level])


def explain(
    problem: RosterProblem,
    question: Infeasible | Gap,
    budget: Budget,
    tell: Callable[[Explanation], None] = _silent,
) -> Explanation:
    """Why no roster is possible, or why a need falls short; and what would help.

    `tell` hears each better explanation on the way. Whatever it claims was solved again.
    """
    return inquiry.explain(problem, question, budget, tell)
