"""The Brussels week on the page: one solve a seed, each level, and how they got there."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator, Sequence

from scheduler.formats import fingerprint, parse_problem, problem_json
from scheduler.outcome import Level
from tests.benchmarks.brussels import brussels_week
from tests.benchmarks.measured import CORES, SECONDS, Measured, measure
from tests.benchmarks.page import measured_on, paragraph, table

HEADING = "The Brussels week"
SEEDS = (1, 2, 3)
MARKS = (2, 5, 10, 20, 30, 45, 60)


def brussels_section() -> list[str]:
    """Solves and tells; each solve in a process of its own."""
    text = problem_json(brussels_week())
    results = []
    for seed in SEEDS:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            results.append(pool.apply(measure, (text, seed)))
        levels = ", ".join(f"{v.objective} (bound {v.bound})" for v in results[-1].levels)
        sys.stdout.write(f"Brussels, seed {seed}: {levels}\n")
    return [*_head(text, results[0]), *_solves(results), *_levels(results)]


def _head(text: str, first: Measured) -> list[str]:
    problem = parse_problem(text)
    return paragraph(
        measured_on(),
        f"{CORES} cores, {SECONDS:.0f} s a solve.",
        f"The week {problem.week}: {len(problem.units)} units, {len(problem.duties)} duties,",
        f"{len(problem.rules)} rules in force, {first.decisions} decisions that no rule refuses;",
        f"problem `{fingerprint(problem)[:12]}`.",
    )


def _solves(results: Sequence[Measured]) -> list[str]:
    header = ["seed", "rules stated", "first roster", "whole solve", "peak memory", "rules broken"]
    rows = [
        [
            r.seed,
            f"{r.build_seconds:.1f} s",
            f"{r.first_seconds} s",
            f"{r.seconds:.0f} s",
            f"{r.memory_mib} MiB",
            r.violations,
        ]
        for r in results
    ]
    return table(header, rows)


def _levels(results: Sequence[Measured]) -> list[str]:
    rows = [(r, v) for r in results for v in r.levels]
    ends = [[r.seed, v.level, v.objective, _bound(v)] for r, v in rows]
    marks = [f"{mark} s" for mark in MARKS]
    over_time = [[r.seed, v.level, *_over_time(r, v.level)] for r, v in rows]
    return [
        "Level 1: minimums missed. Level 2: targets missed, by area priority. Level 3: people.",
        "The bound is proven: nothing lower is possible, given the levels before.",
        "",
        *table(["seed", "level", "objective", "bound"], ends),
        "Objective and bound over time:",
        "",
        *table(["seed", "level", *marks], over_time),
    ]


def _bound(level: Level) -> str:
    return "unknown" if level.bound is None else f"{level.bound}{' (proven)' * level.proven}"


def _over_time(result: Measured, level: int) -> Iterator[str]:
    for mark in MARKS:
        seen = [n for n in result.news if n.level == level and n.seconds <= mark]
        objectives = [n.objective for n in seen if n.objective is not None]
        bounds = [n.bound for n in seen if n.bound is not None]
        yield f"{min(objectives)} / {max(bounds, default='-')}" if objectives else "-"
