"""`make bench`: measures the Brussels week and writes docs/performance.md."""

from __future__ import annotations

import multiprocessing
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from scheduler.formats import fingerprint, parse_problem, problem_json
from scheduler.outcome import Level
from scheduler.problem import RosterProblem
from tests.benchmarks.brussels import brussels_week
from tests.benchmarks.measured import CORES, SECONDS, Measured, measure

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
SEEDS = (1, 2, 3)
MARKS = (2, 5, 10, 20, 30, 45, 60)


def page(problem_text: str, results: list[Measured]) -> str:
    parts = (_head(parse_problem(problem_text), results[0]), _solves(results), _levels(results))
    return "\n".join(line for part in parts for line in part)


def _head(problem: RosterProblem, first: Measured) -> list[str]:
    return [
        "# Performance",
        "",
        "Written by `make bench`; do not edit by hand. Wall-clock figures of one machine: read",
        "orders of magnitude and ratios, not promises.",
        "",
        f"* measured {datetime.now(UTC):%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores,",
        f"  Python {platform.python_version()}, {CORES} cores given to the solver",
        f"* the Brussels week {problem.week}: {len(problem.units)} units, {len(problem.duties)}",
        f"  duties, {len(problem.rules)} rules in force, {first.decisions} decisions that no rule",
        f"  refuses; problem `{fingerprint(problem)[:12]}`",
        f"* {SECONDS:.0f} s a solve, seeds {', '.join(str(seed) for seed in SEEDS)}",
        "",
    ]


def _solves(results: list[Measured]) -> list[str]:
    return [
        "## One solve",
        "",
        "| seed | model built | first roster | whole solve | peak memory | rules broken |",
        "| --- | --- | --- | --- | --- | --- |",
        *(
            f"| {r.seed} | {r.build_seconds:.1f} s | {r.first_seconds} s | {r.seconds:.0f} s | "
            f"{r.memory_mib} MiB | {r.violations} |"
            for r in results
        ),
        "",
    ]


def _levels(results: list[Measured]) -> list[str]:
    rows = [(r, v) for r in results for v in r.levels]
    return [
        "## Each level at the end",
        "",
        "Level 1: minimums missed. Level 2: targets missed, by area priority. Level 3: people.",
        "The bound is proven: nothing lower is possible, given the levels before.",
        "",
        "| seed | level | objective | bound |",
        "| --- | --- | --- | --- |",
        *(f"| {r.seed} | {v.level} | {v.objective} | {_bound(v)} |" for r, v in rows),
        "",
        "## Objective and bound over time",
        "",
        "| seed | level | " + " | ".join(f"{mark} s" for mark in MARKS) + " |",
        "| --- | --- |" + " --- |" * len(MARKS),
        *(_over_time(r, v.level) for r, v in rows),
        "",
    ]


def _bound(level: Level) -> str:
    return "unknown" if level.bound is None else f"{level.bound}{' (proven)' * level.proven}"


def _over_time(result: Measured, level: int) -> str:
    cells = [_at(result, level, mark) for mark in MARKS]
    return f"| {result.seed} | {level} | " + " | ".join(cells) + " |"


def _at(result: Measured, level: int, mark: int) -> str:
    seen = [n for n in result.news if n.level == level and n.seconds <= mark]
    objectives = [n.objective for n in seen if n.objective is not None]
    bounds = [n.bound for n in seen if n.bound is not None]
    return f"{min(objectives)} / {max(bounds, default='-')}" if objectives else "-"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def main() -> None:
    text = problem_json(brussels_week())
    results = []
    for seed in SEEDS:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            results.append(pool.apply(measure, (text, seed)))
        levels = ", ".join(f"{v.objective} (bound {v.bound})" for v in results[-1].levels)
        sys.stdout.write(f"seed {seed}: {levels}\n")
    PAGE.write_text(page(text, results), encoding="utf-8")
    sys.stdout.write(f"written: {PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
