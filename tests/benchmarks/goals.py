"""What we want to reach on the public problems, and how far a result is from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.benchmarks.runs import Result

Miss = Callable[[Result, Result | None], float]  # of our result, beside that of plain CP-SAT


@dataclass(frozen=True, slots=True)
class Goal:
    """`miss` is the share by which a result misses the goal: 0 or less when it is reached."""

    instance: str
    seconds: float
    says: str
    miss: Miss
    beside_plain: bool = False

    def distance(self, results: Sequence[Result], plain: Result | None) -> str:
        """Over all seeds, the worst of them named."""
        if self.beside_plain and plain is None:
            return "not compared: plain CP-SAT was not run beside it"
        misses = [self.miss(result, plain) for result in results]
        missed = sum(miss > 0 for miss in misses)
        if not missed:
            return "reached"
        worst = "no roster" if max(misses) == NOTHING else f"worst by {max(misses):.1%}"
        return f"missed with {missed} of {len(misses)} seeds, {worst}"


NOTHING = float("inf")


def _at_most(value: int, level: int = 0) -> Miss:
    def miss(result: Result, _: Result | None) -> float:
        return (result.levels[level] - value) / max(value, 1) if result.levels else NOTHING

    return miss


def _within(share: float, level: int) -> Miss:
    """At most so far above its bound, as a share of the objective."""

    def miss(result: Result, _: Result | None) -> float:
        if not (result.levels and result.bounds):
            return NOTHING
        objective = result.levels[level]
        return (objective - result.bounds[level]) / max(objective, 1) - share

    return miss


def _first_within(seconds: float) -> Miss:
    def miss(result: Result, _: Result | None) -> float:
        return NOTHING if result.first_seconds is None else result.first_seconds / seconds - 1

    return miss


def _memory_within(mib: int) -> Miss:
    return lambda result, _: result.memory_mib / mib - 1


def _proven_in_half_the_time(result: Result, plain: Result | None) -> float:
    if not result.proven or plain is None:
        return NOTHING
    return result.seconds / (plain.seconds / 2) - 1


def _shifts(number: int, seconds: float, most: int) -> Goal:
    return Goal(f"Instance{number}", seconds, f"≤ {most}", _at_most(most))


def _proven(number: int, seconds: float, says: str = "proven") -> Goal:
    return Goal(f"Instance{number}", seconds, says, _within(0, 0))


def _quick(number: int) -> Goal:
    says = "proven, in half the time of plain CP-SAT"
    return Goal(f"Instance{number}", 60, says, _proven_in_half_the_time, beside_plain=True)


def _large_week(name: str) -> tuple[Goal, ...]:
    return (
        Goal(name, 60, "all cities rostered in 60 s", _first_within(60)),
        Goal(name, 300, "level 1 at 0", _at_most(0, 0)),
        Goal(name, 300, "level 2 within 3 % of its bound", _within(0.03, 1)),
        Goal(name, 300, "memory below 3 GB", _memory_within(3 * 1024)),
    )


GOALS = (
    *(_quick(number) for number in (1, 2, 3, 4, 6)),
    _shifts(5, 60, 1143),
    _proven(5, 600),
    _shifts(8, 60, 1364),
    _shifts(8, 600, 1310),
    _shifts(10, 60, 4700),
    _proven(10, 600, "4631 proven"),
    _shifts(12, 60, 4400),
    _shifts(12, 600, 4060),
    Goal("60-a", 60, "first roster in 1 s", _first_within(1)),
    Goal("60-a", 60, "level 1 proven", _within(0, 0)),
    Goal("60-a", 60, "level 2 ≤ 60", _at_most(60, 1)),
    Goal("60-a", 60, "level 2 within 2 % of its bound", _within(0.02, 1)),
    Goal("60-a", 60, "level 3 within 10 % of its bound", _within(0.10, 2)),
    *_large_week("240-a"),
    *_large_week("1000-a"),
)
