"""`make fault`: 10,000 random weeks, and nobody may contradict what the engine says of them.

Each week is drafted in a fork and questioned by `tests.scheduler.oracle`. Answers are kept in
`.fault_cache/` by the edition of the core and of this search, so a run that was stopped goes on;
a week on which somebody contradicts lies beside them as a problem file under its number.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from scheduler.formats import problem_json
from tests.forks import forked
from tests.scheduler.oracle import Answer, answer, week

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".fault_cache"
WEEKS = 10_000
BATCH = 50


def edition() -> str:
    """Changes with the core and with what questions it."""
    searched = (*ROOT.glob("tests/scheduler/*.py"), *ROOT.glob("scheduler/**/*.py"))
    texts = [path.read_bytes() for path in sorted(searched)]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


def answers(file: Path) -> dict[int, Answer]:
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else ()
    return {entry.pop("number"): _answer(entry) for entry in map(json.loads, lines)}


def _answer(entry: dict[str, object]) -> Answer:
    told = entry.pop("contradictions")
    assert isinstance(told, list)
    return Answer(**entry, contradictions=tuple(told))  # type: ignore[arg-type]


def keep(file: Path, number: int, said: Answer) -> None:
    """One line, appended whole; and the week itself, if something speaks against the engine."""
    if said.contradictions:
        problem = problem_json(week(number))
        (file.parent / f"week-{number}.json").write_text(problem, encoding="utf-8")
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps({"number": number, **asdict(said)}) + "\n")


def questioned(file: Path, numbers: Sequence[int]) -> int:
    """In a fork of its own: what is left of it are the lines in the file."""
    for number in numbers:
        try:
            said = answer(number)
        except Exception:  # noqa: BLE001 - whatever it is, it is a finding
            said = crashed(traceback.format_exc())
        keep(file, number, said)
    return 0


def crashed(how: str) -> Answer:
    return Answer("crashed", False, False, (how,))


def main(arguments: Sequence[str]) -> int:
    CACHE.mkdir(exist_ok=True)
    file = CACHE / f"{edition()}.jsonl"
    wanted = range(int(arguments[0]) if arguments else WEEKS)
    kept = answers(file)
    missing = [number for number in wanted if number not in kept]
    batches = [missing[i : i + BATCH] for i in range(0, len(missing), BATCH)]
    began, done = time.monotonic(), 0
    for batch, status, _ in forked(batches, lambda numbers: questioned(file, numbers)):
        if not os.WIFEXITED(status):
            kept = answers(file)
            number = next(number for number in batch if number not in kept)
            keep(file, number, crashed(f"the process ended by signal {os.WTERMSIG(status)}"))
        done += len(batch)
        seconds = round(time.monotonic() - began)
        print(f"{done} of {len(missing)} weeks in {seconds} s", flush=True)
    return report({n: a for n, a in answers(file).items() if n in wanted}, len(wanted))


def report(found: dict[int, Answer], wanted: int) -> int:
    for line in told(found):
        print(line)
    if len(found) < wanted:
        print(f"{wanted - len(found)} weeks are still to be asked: run this again")
        return 1
    return 1 if any(a.contradictions for a in found.values()) else 0


def told(found: dict[int, Answer]) -> Iterator[str]:
    for number, said in sorted(found.items()):
        for contradiction in said.contradictions:
            yield f"week {number}, {said.ended}: {contradiction}"
    for (ended, proven), times in sorted(
        Counter((a.ended, a.proven) for a in found.values()).items()
    ):
        yield f"{times} {ended}, {'proven' if proven else 'not proven'}"
    enumerated = sum(a.enumerated for a in found.values())
    contradicted = sum(bool(a.contradictions) for a in found.values())
    yield f"{len(found)} weeks, {enumerated} of them by brute force: {contradicted} contradicted"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
