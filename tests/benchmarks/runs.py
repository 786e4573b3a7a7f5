"""One run of one solver in a process of its own, judged by our judge; and what is kept of it."""

from __future__ import annotations

import hashlib
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
PATIENCE_SECONDS = 60  # on top of twice its time, before a solver is stopped
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
    """Of a peer its package's; of ours a digest of its sources, committed or not."""
    if solver != OURS:
        return version(PEERS[solver].package)
    digest = hashlib.sha256()
    for path in sorted((ROOT / "scheduler").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def perform(run: Run, file: Path, roster: Path) -> Result:
    """Leaves the roster; raises `RunFailed`. Who is not back long after the time has none."""
    module = COMMANDS[file.suffix] if run.solver == OURS else PEERS[run.solver].module
    command = [sys.executable, "-m", module, str(file), "--out", str(roster)]
    for option in ("seconds", "cores", "seed"):
        command += [f"--{option}", str(getattr(run, option))]
    limit = 2 * run.seconds + PATIENCE_SECONDS
    code, said, memory_mib = _watched(command, limit)
    if code == -signal.SIGKILL:
        return Result(run, "unknown", None, None, limit, None, memory_mib)
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


def _watched(command: list[str], limit: float) -> tuple[int, str, int]:
    """(exit code, what it said, peak MiB); killed with all its children at the limit."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=err, start_new_session=True)
        alarm = threading.Timer(limit, os.killpg, (child.pid, signal.SIGKILL))
        alarm.start()
        _, status, usage = os.wait4(child.pid, 0)
        alarm.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        said = err if child.returncode else out
        said.seek(0)
        return child.returncode, said.read(), usage.ru_maxrss // PER_MIB


class Kept:
    """Results and rosters in a folder outside git: what is there is not run again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "results.jsonl"
        self._results = {result.run: result for result in self._read()}

    def _read(self) -> Iterator[Result]:
        text = self._file.read_text(encoding="utf-8") if self._file.exists() else ""
        for line in text.splitlines():
            yield Result.of(json.loads(line))

    def has(self, run: Run) -> bool:
        return run in self._results

    def result(self, run: Run, file: Path) -> Result:
        """From the folder, or run now and kept."""
        if run not in self._results:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._results[run] = perform(run, file, self.roster(run))
            lines = [json.dumps(asdict(result)) + "\n" for result in self._results.values()]
            beside = self._file.with_suffix(".new")
            beside.write_text("".join(lines), encoding="utf-8")
            beside.replace(self._file)
        return self._results[run]

    def roster(self, run: Run) -> Path:
        """Where the roster of a run is, if it has one."""
        name = f"{run.instance}-{run.seconds:.0f}s-seed{run.seed}-{run.solver}-{run.version}.csv"
        return self.folder / name
