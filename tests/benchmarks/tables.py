"""Results of public problems as tables: solver beside solver, and goals with their distance."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.benchmarks.goals import GOALS
from tests.benchmarks.page import table
from tests.benchmarks.peers import PEERS
from tests.benchmarks.runs import OURS, Result

PLAIN = "cp-sat"
NONE = "none"


def shift_table(results: Sequence[Result], best_known: dict[str, str]) -> list[str]:
    """One row an instance and budget; several seeds of ours side by side."""
    peers = _peers(results)
    header = ["instance", "best known", "s", "Tandem", "bound", "ended after", *_names(peers)]
    rows = [
        [
            instance,
            best_known.get(instance, ""),
            f"{seconds:.0f}",
            ", ".join(_objective(result) for result in ours),
            max(r.bounds[0] if r.bounds else 0 for r in ours),
            ", ".join(f"{result.seconds:.1f} s" for result in ours),
            *(_objective_and_bound(_of(results, p, instance, seconds)) for p in peers),
        ]
        for instance, seconds in _cells(results)
        if (ours := _of(results, OURS, instance, seconds))
    ]
    return table(header, rows)


def week_table(results: Sequence[Result]) -> list[str]:
    """One row a solver and seed, with each level and its bound."""
    header = ["week", "s", "solver", "seed", "first roster", "level 1", "level 2", "level 3"]
    rows = [
        [
            r.run.instance,
            f"{r.run.seconds:.0f}",
            _names([r.run.solver])[0],
            r.run.seed,
            NONE if r.first_seconds is None else f"{r.first_seconds} s",
            *(_level(r, level) for level in range(3)),
            f"{r.memory_mib} MiB",
        ]
        for instance, seconds in _cells(results)
        for r in results
        if (r.run.instance, r.run.seconds) == (instance, seconds)
    ]
    return table([*header, "memory"], rows)


def goal_table(results: Sequence[Result]) -> list[str]:
    """Each goal for which there are results."""
    rows = []
    for goal in GOALS:
        ours = _of(results, OURS, goal.instance, goal.seconds)
        plain = _of(results, PLAIN, goal.instance, goal.seconds)
        if ours:
            distance = goal.distance(ours, plain[0] if plain else None)
            rows.append([goal.instance, f"{goal.seconds:.0f}", goal.says, distance])
    return table(["problem", "s", "goal", "distance"], rows)


def best_known(folder: Path) -> dict[str, str]:
    """Published objectives, where the folder of the instances tells them."""
    file = folder / "best_known.csv"
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return {f"Instance{row['instance']}": row["best_known"] for row in csv.DictReader(lines)}


def _cells(results: Iterable[Result]) -> list[tuple[str, float]]:
    return list(dict.fromkeys((r.run.instance, r.run.seconds) for r in results))


def _of(results: Iterable[Result], solver: str, instance: str, seconds: float) -> list[Result]:
    wanted = solver, instance, seconds
    return [r for r in results if (r.run.solver, r.run.instance, r.run.seconds) == wanted]


def _peers(results: Iterable[Result]) -> list[str]:
    solvers = {result.run.solver for result in results}
    return [name for name in PEERS if name in solvers]


def _names(solvers: Iterable[str]) -> list[str]:
    return [PEERS[name].name if name in PEERS else "Tandem" for name in solvers]


def _objective(result: Result) -> str:
    return str(result.levels[0]) if result.levels else NONE


def _objective_and_bound(results: Iterable[Result]) -> str:
    """`objective / bound`, or in how much time it was proven best."""
    return ", ".join(_objective(r) + _how_sure(r) for r in results)


def _how_sure(result: Result) -> str:
    if result.proven:
        return f" (proven, {result.seconds:.1f} s)"
    return f" / {result.bounds[0]}" if result.bounds else ""


def _level(result: Result, level: int) -> str:
    if result.levels is None or result.bounds is None:
        return NONE
    objective, bound = result.levels[level], result.bounds[level]
    return f"{objective} (proven)" if bound >= objective else f"{objective} (bound {bound})"
