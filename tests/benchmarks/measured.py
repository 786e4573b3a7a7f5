"""One solve of one problem, measured in a process of its own."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass

from scheduler.check import judge
from scheduler.formats import parse_problem
from scheduler.outcome import Drafted, Incumbent, Level
from scheduler.planner import Budget, draft
from scheduler.statement import stated

SECONDS, CORES = 60.0, 2
# Linux counts the peak in KiB, macOS in bytes.
PER_MIB = 1024 * 1024 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """One solve of the week, in a process of its own, so that its memory is its own."""

    seed: int
    build_seconds: float
    decisions: int
    first_seconds: float | None
    news: tuple[Incumbent, ...]
    levels: tuple[Level, ...]
    seconds: float
    violations: int
    memory_mib: int


def measure(problem_text: str, seed: int) -> Measured:
    problem = parse_problem(problem_text)
    began = time.monotonic()
    decisions = len(stated(problem).decisions)
    build_seconds = time.monotonic() - began
    news: list[Incumbent] = []
    outcome = draft(problem, Budget(SECONDS, cores=CORES, seed=seed), news.append)
    if not isinstance(outcome, Drafted):
        raise SystemExit(f"seed {seed}: {outcome}")
    first = next((n.seconds for n in news if n.objective is not None), None)
    return Measured(
        seed=seed,
        build_seconds=build_seconds,
        decisions=decisions,
        first_seconds=first,
        news=tuple(news),
        levels=outcome.levels,
        seconds=outcome.seconds,
        violations=len(judge(problem, outcome.roster).violations),
        memory_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // PER_MIB,
    )
