"""What every solver offers on the command line, ours and the peers': FILE in, roster out.

`FILE --seconds S --cores N --seed K --out ROSTER.csv` prints exactly one line of JSON. A file
with faults is refused with all of them, exit code 2, and nothing is written.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from tests.benchmarks.faulty import FaultyFile, text_of
from tests.benchmarks.nrp.instance import Instance, read_instance
from tests.benchmarks.weeks.week import Week, read_week

Problem = TypeVar("Problem")
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a solver may spend; the time began before it read its file."""

    seconds: float
    cores: int
    seed: int
    began: float

    def elapsed(self) -> float:
        return time.monotonic() - self.began

    def left(self) -> float:
        return self.seconds - self.elapsed()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a solver ended with: rows of the best roster (None: it has none), level by level.

    A bound is proven, given the levels before; 0 always is one, for no cost is negative.
    """

    rows: tuple[Row, ...] | None
    levels: tuple[int, ...] = ()
    bounds: tuple[int, ...] = ()
    infeasible: bool = False
    first_seconds: float | None = None

    @property
    def status(self) -> str:
        if self.rows is None:
            return "infeasible" if self.infeasible else "unknown"
        return "optimal" if all(map(int.__le__, self.levels, self.bounds)) else "feasible"


@dataclass(frozen=True, slots=True)
class Format(Generic[Problem]):
    """One kind of public problem: how it is read, and how an answer to it is written."""

    suffix: str
    read: Callable[[str], Problem]
    header: Row
    line: Callable[[Answer], Mapping[str, object]]


def _shift_line(answer: Answer) -> Mapping[str, object]:
    levels, bounds = answer.levels or (None,), answer.bounds or (None,)
    return {"objective": levels[0], "bound": bounds[0]}


def _week_line(answer: Answer) -> Mapping[str, object]:
    return {
        "levels": list(answer.levels) or None,
        "bounds": list(answer.bounds) or None,
        "first_seconds": answer.first_seconds,
    }


SHIFTS: Format[Instance] = Format(".txt", read_instance, ("employee", "day", "shift"), _shift_line)
WEEKS: Format[Week] = Format(".json", read_week, ("unit", "duty"), _week_line)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Problem]):
    """A solver for one kind of problem."""

    kind: Format[Problem]
    solve: Callable[[Problem, Effort], Answer]

    def answer(self, text: str, effort: Effort) -> Answer:
        return self.solve(self.kind.read(text), effort)


def answer(*entries: Entry[Any], arguments: Sequence[str] | None = None) -> int:
    """Reads, solves with the entry for that kind of file, writes, prints; the exit code."""
    began = time.monotonic()
    asked = _asked(arguments)
    effort = Effort(asked.seconds, asked.cores, asked.seed, began)
    entry = next((e for e in entries if e.kind.suffix == asked.file.suffix), entries[0])
    try:
        found = entry.answer(text_of(asked.file), effort)
    except FaultyFile as refused:
        sys.stderr.writelines(f"{fault}\n" for fault in refused.faults)
        return 2
    if asked.out is not None and found.rows is not None:
        _write(asked.out, entry.kind.header, found.rows)
    line = {
        "instance": asked.file.stem,
        **entry.kind.line(found),
        "seconds": round(effort.elapsed(), 2),
        "status": found.status,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    return 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--seconds", type=_seconds, default=60.0, help="on the wall (60)")
    parser.add_argument("--cores", type=_positive, default=2, help="for the solver (2)")
    parser.add_argument("--seed", type=int, default=1, help="of the search (1)")
    parser.add_argument("--out", type=_writable, help="where the roster goes, as CSV")
    return parser.parse_args(arguments)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not (math.isfinite(seconds) and seconds > 0):
        raise argparse.ArgumentTypeError(f"{text} is not a time above 0 seconds")
    return seconds


def _positive(text: str) -> int:
    if int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return int(text)


def _writable(text: str) -> Path:
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"{path} is no file in an existing folder")
    return path


def _write(path: Path, header: Row, rows: Sequence[Row]) -> None:
    """All of the roster or nothing: a killed run leaves no half of one."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((header, *rows))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text.getvalue(), encoding="utf-8")
    beside.replace(path)
