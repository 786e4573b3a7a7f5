"""The public instances and weeks on the page: solver beside solver, and our goals."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.page import measured_on, paragraph
from tests.benchmarks.plan import CORES, PEER_SEEDS, WHERE, Planned
from tests.benchmarks.runs import Kept, Result, RunFailed
from tests.benchmarks.tables import best_known, goal_table, shift_table, week_table

BRIEF = "The public problems in a few minutes"
LONG = "The public problems at full length"


def run_all(planned: Sequence[Planned], kept: Kept) -> Iterator[Result]:
    """Runs what is not there yet, and says each result; a failed one is said and left out."""
    for nth, one in enumerate(planned, start=1):
        run = one.run
        known = " (known)" * kept.has(run)
        name = f"{run.instance}, {run.solver}, {run.seconds:.0f} s, seed {run.seed}{known}"
        try:
            result = kept.result(run, one.file)
        except RunFailed as failure:
            sys.stderr.write(f"{nth}/{len(planned)} {name}: failed\n{failure}\n")
            continue
        reached = f"{result.levels} (bounds {result.bounds})"
        ended = f"{result.status} after {result.seconds:.1f} s"
        sys.stdout.write(f"{nth}/{len(planned)} {name}: {reached}, {ended}\n")
        sys.stdout.flush()
        yield result


def public_section(planned: Sequence[Planned], kept: Kept) -> list[str]:
    """Instances, weeks, and the goals, as far as there are results."""
    there = [one for one in planned if kept.has(one.run)]
    shifts = [kept.result(one.run, one.file) for one in there if one.of_shifts]
    weeks = [kept.result(one.run, one.file) for one in there if not one.of_shifts]
    return [
        *_head([*shifts, *weeks]),
        *shift_table(shifts, best_known(Path(os.environ[WHERE]) / "nrp")),
        *week_table(weeks),
        *goal_table([*shifts, *weeks]),
    ]


def _head(results: Sequence[Result]) -> list[str]:
    versions = sorted({f"{result.run.solver} `{result.run.version}`" for result in results})
    seeds = sorted({result.run.seed for result in results})
    return paragraph(
        f"{measured_on()} Each solver in a process of its own with {CORES} cores; seeds",
        f"{', '.join(map(str, seeds))}, of the peers {', '.join(map(str, PEER_SEEDS))}.",
        f"Versions: {', '.join(versions)}. Objectives are counted by a judge that shares no code",
        "with any solver; every roster below is lawful by it. Behind the stroke stands the proven",
        "bound. Reading the file and building the model are in the time.",
    )
