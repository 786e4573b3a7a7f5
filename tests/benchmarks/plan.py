"""What is run: which solver on which public problem, for how long and from which seeds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.peers import PEERS
from tests.benchmarks.runs import OURS, Run, run_of

WHERE = "TANDEM_BENCHMARKS"  # a folder with nrp/*.txt and weeks/*.json
CORES = 2
SEEDS = (1, 2, 3)
PEER_SEEDS = SEEDS[:1]
LONG: Mapping[str, tuple[float, ...]] = {".txt": (60.0, 600.0), ".json": (60.0, 300.0)}
BRIEF_SHIFTS, BRIEF_WEEK, BRIEF_LARGE_WEEK = 8.0, 20.0, 60.0


@dataclass(frozen=True, slots=True)
class Planned:
    """One run, and the file that it is given."""

    run: Run
    file: Path

    @property
    def of_shifts(self) -> bool:
        return self.file.suffix == ".txt"


def public_files() -> tuple[Path, ...]:
    """Instances in order of their numbers, then weeks from small to large; none if not told."""
    if WHERE not in os.environ:
        return ()
    folder = Path(os.environ[WHERE])
    instances = sorted(folder.glob("nrp/*.txt"), key=_number)
    weeks = sorted(folder.glob("weeks/*.json"), key=lambda path: path.stat().st_size)
    return (*instances, *weeks)


def _number(path: Path) -> tuple[int, str]:
    digits = re.sub(r"\D", "", path.stem)
    return int(digits or 0), path.stem


def brief(files: Sequence[Path]) -> Iterator[Planned]:
    """A quarter of an hour: one seed; no peers on the larger weeks, where they find nothing."""
    weeks = [file for file in files if file.suffix == ".json"]
    for file in files:
        large = file in weeks[1:]
        seconds = BRIEF_LARGE_WEEK if large else BRIEF_WEEK
        seconds = seconds if file in weeks else BRIEF_SHIFTS
        for solver in (OURS,) if large else solvers(file):
            yield Planned(run_of(solver, file, seconds, CORES, SEEDS[0]), file)


def long(files: Sequence[Path]) -> Iterator[Planned]:
    """Everything, the shorter budgets first, so that there is something to read early."""
    for nth in range(max(map(len, LONG.values()))):
        for file in files:
            for solver in solvers(file):
                for seed in SEEDS if solver == OURS else PEER_SEEDS:
                    seconds = LONG[file.suffix][nth]
                    yield Planned(run_of(solver, file, seconds, CORES, seed), file)


def solvers(file: Path) -> tuple[str, ...]:
    """Ours, and the peers that are installed here and take such a file."""
    able = (name for name, peer in PEERS.items() if peer.present and file.suffix in peer.takes)
    return (OURS, *able)
