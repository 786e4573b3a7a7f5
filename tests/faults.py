"""`make fault`: delete lines of rules one at a time, in a copy; a test must notice each."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("scheduler", "config", "tests", "setup.cfg")
FOLDERS = ("rules", "preferences")
CORES = os.cpu_count() or 1
SECONDS = 300  # a test that no longer ends has noticed, too


@dataclass(frozen=True, slots=True)
class Fault:
    """A file without one of its lines."""

    file: str
    line: int
    text: str
    source: str


def tests_of(file: Path) -> str:
    """What pytest's -k selects: the rule's own file of cases, and its twins by code."""
    return f"{file.stem} or {file.stem.replace('_', '-')}"


def faults(file: Path) -> Iterator[Fault]:
    lines = file.read_text(encoding="utf-8").splitlines()
    for number in sorted(_said(ast.parse("\n".join(lines)))):
        text = lines[number - 1]
        for instead in ([], [text[: len(text) - len(text.lstrip())] + "pass"]):
            source = "\n".join([*lines[: number - 1], *instead, *lines[number:]]) + "\n"
            if text.strip() and _compiles(source):
                yield Fault(file.relative_to(ROOT).as_posix(), number, text.strip(), source)
                break


def _said(tree: ast.Module) -> set[int]:
    """The lines inside functions, without signatures and docstrings."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    bodies = [f.body[1:] if ast.get_docstring(f) else f.body for f in functions]
    return {
        n for body in bodies for s in body for n in range(s.lineno, (s.end_lineno or s.lineno) + 1)
    }


def _compiles(source: str) -> bool:
    try:
        compile(source, "fault", "exec")
    except SyntaxError:
        return False
    return True


def noticed(copy: Path, fault: Fault) -> bool:
    whole = (copy / fault.file).read_text(encoding="utf-8")
    (copy / fault.file).write_text(fault.source, encoding="utf-8")
    try:
        return not passes(copy, tests_of(Path(fault.file)))
    finally:
        (copy / fault.file).write_text(whole, encoding="utf-8")


def passes(copy: Path, tests: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    quiet = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
    try:
        done = subprocess.run(
            [*command, "-k", tests, "tests/scheduler"],
            cwd=copy,
            env=quiet,
            stdout=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def copy_into(folder: Path) -> Path:
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copyfile(ROOT / name, folder / name)
    return folder


@contextmanager
def copies() -> Iterator[Callable[[Callable[[Path], bool]], bool]]:
    """Runs a trial in whichever copy of the core is free: one for each core of the machine."""
    with tempfile.TemporaryDirectory() as folder:
        free: SimpleQueue[Path] = SimpleQueue()
        for n in range(CORES):
            free.put(copy_into(Path(folder) / str(n)))

        def run(trial: Callable[[Path], bool]) -> bool:
            copy = free.get()
            try:
                return trial(copy)
            finally:
                free.put(copy)

        yield run


def main(codes: list[str]) -> int:
    every = [f for folder in FOLDERS for f in (ROOT / "scheduler" / folder).glob("[a-z]*.py")]
    files = [f for f in sorted(every) if not codes or f.stem.replace("_", "-") in codes]
    with copies() as run, ThreadPoolExecutor(CORES) as pool:
        untested = [f.name for f in files if not run(partial(passes, tests=tests_of(f)))]
        if untested or not files:
            print("As they stand, these have no tests that pass:", *untested)
            return 1
        found = [fault for file in files for fault in faults(file)]
        seen = pool.map(run, [partial(noticed, fault=fault) for fault in found])
        missed = [fault for fault, noticed_it in zip(found, seen, strict=True) if not noticed_it]
    for fault in missed:
        print(f"{fault.file}:{fault.line}: no test misses `{fault.text}`")
    print(f"{len(found)} lines deleted, {len(found) - len(missed)} noticed, {len(missed)} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
