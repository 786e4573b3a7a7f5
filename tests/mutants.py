"""`make mutants`: change the rules one thing at a time; their own tests must notice each change.

A mutant never touches the tree: a prepared process forks, and its child imports the changed code
in place of the file's. (Tools that are to be had leave classes with a decorator alone, which all
our rules are, or start pytest anew for each mutant.) The first failing test settles a mutant, so
quick tests go before slow ones, and of these the one that noticed most so far goes first. What was
found is kept in `.mutants_cache/` until the file or its tests change, so a run that was stopped
goes on. Survivors that are no fault stand in `mutants.toml`.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import re
import resource
import signal
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType

import hypothesis.strategies
import ortools.sat.python.cp_model  # noqa: F401 - once, for all that fork from here
import pydantic  # noqa: F401
import pytest

from tests.forks import forked
from tests.mutations import Mutant, mutants

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "scheduler"
CACHE = ROOT / ".mutants_cache"
LISTED = ROOT / "tests" / "mutants.toml"
TESTS = ROOT / "tests" / "scheduler"
TWINS = (TESTS / "test_twins.py", TESTS / "test_statements.py")  # each rule by its code
JUDGES = (
    *("drawn", "posed", "parameters", "verdicts", "test_twins", "test_statements"),
    *("micro_duties", "micro_forces", "micro_weeks", "micro_wishes"),
)
FOLDERS = ("rules", "preferences")
NOUNS = {"duties", "errors", "forces", "moments", "nouns", "problem", "roster", "rule", "sheet"}
NOUNS |= {"catalogue", "terms", "wording"}  # what rules speak with; the other files they share
BAR = 0.95
QUICK, SLOW = 15, 90  # seconds of work within which a test ends, unless it never will
MEMORY = 4 << 30
KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timeout"


@dataclass(frozen=True, slots=True)
class Subject:
    """A file to change, the cases that are its own, and the codes of rules that live by it."""

    path: Path
    cases: tuple[Path, ...]
    codes: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        return self.name.removesuffix(".py").replace("/", ".")

    def mutants(self) -> tuple[Mutant, ...]:
        return tuple(mutants(self.path.read_text(encoding="utf-8"), self.name))

    def edition(self) -> bytes:
        """Changes with the file and with what judges it."""
        judges = (*self.cases, *(TESTS / f"{name}.py" for name in JUDGES))
        return b"\0".join(path.read_bytes() for path in (self.path, *judges))


def subjects() -> Iterator[Subject]:
    """Every rule and preference, the ideas that several of them share, and the judge."""
    own = [f for folder in FOLDERS for f in sorted((CORE / folder).glob("[a-z]*.py"))]
    for path in own:
        yield Subject(path, _cases(path), (_code(path),))
    for path in sorted(frozenset().union(*map(_ideas, own))):
        users = [file for file in own if path in _ideas(file)]
        cases = dict.fromkeys(case for file in (path, *users) for case in _cases(file))
        yield Subject(path, tuple(cases), tuple(map(_code, users)))
    judge = CORE / "check.py"
    yield Subject(judge, _cases(judge), ())


def _code(path: Path) -> str:
    return path.stem.replace("_", "-")


def _cases(path: Path) -> tuple[Path, ...]:
    cases = TESTS / path.parent.relative_to(CORE) / f"test_{path.stem}.py"
    return (cases,) if cases.exists() else ()


@cache
def _ideas(path: Path) -> frozenset[Path]:
    """The files of ideas that a rule stands on, directly or through another of them."""
    named = set(re.findall(r"(?m)^from scheduler\.(\w+) import", path.read_text(encoding="utf-8")))
    direct = frozenset(CORE / f"{name}.py" for name in named - NOUNS)
    return direct.union(*map(_ideas, direct))


class Kept:
    """What was found before, by the hash of file, mutant and tests."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._file = folder / "found.jsonl"
        lines = self._file.read_text(encoding="utf-8").splitlines() if self._file.exists() else ()
        self._found: dict[str, str] = {}
        for line in lines:
            self._found.update(json.loads(line))

    def get(self, key: str) -> str | None:
        return self._found.get(key)

    def put(self, key: str, found: str) -> None:
        self._found[key] = found
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({key: found}) + "\n")


class Instead(MetaPathFinder):
    """Finds one module with other code in it."""

    def __init__(self, subject: Subject, code: CodeType) -> None:
        self.subject = subject
        self.code = code

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self.subject.module:
            return None
        loader = _Changed(name, str(self.subject.path))
        loader.code = self.code
        return spec_from_file_location(name, self.subject.path, loader=loader)


class _Changed(SourceFileLoader):
    code: CodeType

    def get_code(self, fullname: str) -> CodeType:
        return self.code


class Judges:
    """A plugin that keeps the twins of these codes, asks first what noticed most, and tells which
    test noticed.
    """

    def __init__(self, codes: Sequence[str], told: Path) -> None:
        self.codes = codes
        self.told = told

    def pytest_sessionstart(self) -> None:
        ours, generate = hypothesis.settings.get_profile("tandem"), hypothesis.Phase.generate
        hypothesis.settings.register_profile("hasty", ours, phases=(generate,))
        hypothesis.settings.load_profile("hasty")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        asked = [i for i in items if i.path not in TWINS or self._is_asked(i)]
        noticed = Counter(self.told.read_text(encoding="utf-8").splitlines())
        items[:] = sorted(asked, key=lambda i: (_is_slow(i), -noticed[i.nodeid]))

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        signal.setitimer(signal.ITIMER_PROF, SLOW if _is_slow(item) else QUICK)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            with self.told.open("a", encoding="utf-8") as told:
                told.write(f"{report.nodeid}\n")

    def _is_asked(self, item: pytest.Item) -> bool:
        call = getattr(item, "callspec", None)
        return call is not None and call.params.get("code") in self.codes


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


def _judge(subject: Subject, code: CodeType | None, told: Path) -> int:
    """In a fork: run the subject's tests on it, changed or not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, SLOW)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if code is not None:
        sys.meta_path.insert(0, Instead(subject, code))
    with Path(os.devnull).open("w", encoding="utf-8") as silence:
        os.dup2(silence.fileno(), 1)
        os.dup2(silence.fileno(), 2)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    tests = [str(path) for path in (*subject.cases, *(TWINS if subject.codes else ()))]
    options = ["-x", "--tb=no", "-p", "no:cacheprovider"]
    return int(pytest.main([*options, *tests], [Judges(subject.codes, told)]))


def _verdict(status: int) -> str:
    if os.WIFEXITED(status):
        return KILLED if os.WEXITSTATUS(status) else SURVIVED
    if os.WTERMSIG(status) == signal.SIGINT:
        raise KeyboardInterrupt
    return TIMEOUT if os.WTERMSIG(status) == signal.SIGPROF else KILLED


def tried(subject: Subject, plan: Iterable[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with its verdict."""
    with tempfile.NamedTemporaryFile() as file:
        told = Path(file.name)
        [(_, status, _)] = forked([None], lambda _: _judge(subject, None, told))
        if _verdict(status) != SURVIVED:
            raise SystemExit(f"{subject.name}: its tests do not pass as it stands")
        for mutant, status, _ in forked(plan, lambda m: _judge(subject, m.code, told)):
            yield mutant, _verdict(status)


def found(subject: Subject, kept: Kept) -> dict[Mutant, str]:
    """The verdict on each mutant of a file, from before or from now."""
    edition, every = subject.edition(), subject.mutants()
    keys = {m: hashlib.sha256(edition + m.name.encode()).hexdigest() for m in every}
    verdicts = {m: verdict for m, key in keys.items() if (verdict := kept.get(key))}
    missing = [m for m in every if m not in verdicts]
    for mutant, verdict in tried(subject, missing) if missing else ():
        kept.put(keys[mutant], verdict)
        verdicts[mutant] = verdict
    return verdicts


def listed() -> dict[str, dict[str, str]]:
    """File → mutant → why nobody can tell it from the original."""
    known: dict[str, dict[str, str]] = {}
    for entry in tomllib.loads(LISTED.read_text(encoding="utf-8"))["survivors"]:
        known.setdefault(entry["file"], {}).update(
            dict.fromkeys(entry["mutants"], entry["reason"])
        )
    return known


def report(name: str, verdicts: dict[Mutant, str], known: dict[str, str]) -> bool:
    """Prints what was found in one file; whether every survivor is listed and every listed one
    survives.
    """
    counts = Counter(verdicts.values())
    survivors = {m.name: m for m, verdict in verdicts.items() if verdict == SURVIVED}
    times = ", ".join(f"{counts[v]} {v}" for v in (KILLED, TIMEOUT, SURVIVED) if counts[v])
    print(f"{name}: {times or 'nothing to change'}", flush=True)
    for mutant in sorted(survivors.keys() - known, key=lambda n: survivors[n].line):
        print(f"  {name}:{survivors[mutant].line}: {mutant}")
    for mutant in sorted(known.keys() - survivors):
        print(f"  mutants.toml: no longer survives, take it out: {mutant}")
    return survivors.keys() == known.keys()


def main(names: Sequence[str]) -> int:
    gc.freeze()  # what all forks share need not be searched by each of them
    kept, known, counts, settled = Kept(CACHE), listed(), Counter[str](), True
    for subject in subjects():
        if not names or _code(subject.path) in names:
            verdicts = found(subject, kept)
            settled &= report(subject.name, verdicts, known.get(subject.name, {}))
            counts.update(verdicts.values())
    every = counts.total()
    share = (every - counts[SURVIVED]) / every if every else 0.0
    print(f"{every} changes, {share:.1%} noticed (at least {BAR:.0%} wanted)")
    return 0 if settled and share >= BAR else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
