"""One run of one solver in a process of its own, judged by our judge; and what is kept of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.benchmarks.judges import judge_shifts, judge_week
from tests.benchmarks.peers import PEERS

ROOT = Path(__file__).resolve().parents[2]
OURS = "tandem"
COMMANDS = {".txt": "tests.benchmarks.nrp", ".json": "tests.benchmarks.weeks"}
JUDGES = {".txt": judge_shifts, ".json": judge_week}
# Linux counts the peak in KiB, macOS in bytes.
PER_MIB = 1024 * 1024 if sys.platform == "darwin" else 1024


class RunFailed(RuntimeError):
    """A solver crashed, or answered with a roster that our judge refuses."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is run; `version` tells when an earlier result no longer speaks of this solver."""

    solver: str
    instance: str
    seconds: float
    cores: int
    seed: int
    version: str


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended; `levels` as our judge counted them, None where there is no roster."""

    run: Run
    status: str
    levels: tuple[int, ...] | None
    bounds: tuple[int, ...] | None
    seconds: float
    first_seconds: float | None
    memory_mib: int

    @property
    def proven(self) -> bool:
        return self.status == "optimal"

    @staticmethod
    def of(kept: Mapping[str, Any]) -> Result:
        lists = {key: tuple(kept[key]) if kept[key] else None for key in ("levels", "bounds")}
        return Result(**{**kept, **lists, "run": Run(**kept["run"])})


def run_of(solver: str, file: Path, seconds: float, cores: int, seed: int) -> Run:
    return Run(solver, file.stem, seconds, cores, seed, version_of(solver))


@cache
def version_of(solver: str) -> str:
    """For ours the state of `scheduler/`, with a plus where it is not committed."""
    if solver != OURS:
        return version(PEERS[solver].package)
    tree = _git("rev-parse", "--short=12", "HEAD:scheduler")
    return tree + "+" * bool(_git("status", "--porcelain", "scheduler"))


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def perform(run: Run, file: Path) -> Result:
    """Raises `RunFailed`; whoever is not back long after the time is up has no roster."""
    module = COMMANDS[file.suffix] if run.solver == OURS else PEERS[run.solver].module
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.csv"
        command = [sys.executable, "-m", module, str(file), "--out", str(roster)]
        for option in ("seconds", "cores", "seed"):
            command += [f"--{option}", str(getattr(run, option))]
        code, said, memory_mib = _watched(command, Path(folder), limit=2 * run.seconds + 60)
        if code == -signal.SIGKILL:
            return Result(run, "unknown", None, None, 2 * run.seconds + 60, None, memory_mib)
        if code:
            raise RunFailed(f"{' '.join(command)}\n{said}")
        told = json.loads(said)
        levels = _judged(file, roster)
    bounds = told["bounds"] if "bounds" in told else [told["bound"]]
    return Result(
        run=run,
        status=told["status"],
        levels=levels,
        bounds=tuple(bounds) if levels else None,
        seconds=told["seconds"],
        first_seconds=told.get("first_seconds"),
        memory_mib=memory_mib,
    )


def _judged(file: Path, roster: Path) -> tuple[int, ...] | None:
    if not roster.exists():
        return None
    texts = (path.read_text(encoding="utf-8") for path in (file, roster))
    verdict = JUDGES[file.suffix](*texts)
    if verdict.broken:
        raise RunFailed(f"{file.stem}: {'; '.join(verdict.broken[:5])}")
    return verdict.score


def _watched(command: list[str], folder: Path, limit: float) -> tuple[int, str, int]:
    """(exit code, what it said, peak MiB); killed with all its children at the limit."""
    out, err = folder / "out", folder / "err"
    with out.open("w") as said, err.open("w") as complained:
        child = subprocess.Popen(
            command, cwd=ROOT, stdout=said, stderr=complained, start_new_session=True
        )
        alarm = threading.Timer(limit, os.killpg, (child.pid, signal.SIGKILL))
        alarm.start()
        _, status, usage = os.wait4(child.pid, 0)
        alarm.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
    text = (out if child.returncode == 0 else err).read_text(encoding="utf-8")
    return child.returncode, text, usage.ru_maxrss // PER_MIB


class Kept:
    """Results as lines of JSON in a file outside git: what is there is not run again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._results = {result.run: result for result in self._read()}

    def _read(self) -> Iterator[Result]:
        text = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        for line in text.splitlines():
            yield Result.of(json.loads(line))

    def result(self, run: Run, file: Path) -> Result:
        """From the file, or run now and kept."""
        if run not in self._results:
            self._results[run] = perform(run, file)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lines = [json.dumps(asdict(result)) + "\n" for result in self._results.values()]
            beside = self.path.with_suffix(".new")
            beside.write_text("".join(lines), encoding="utf-8")
            beside.replace(self.path)
        return self._results[run]

    def has(self, run: Run) -> bool:
        return run in self._results
