"""`make mutants` makes the changes that people make, and knows the survivors that it lists."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.mutants import Judges, listed, subjects
from tests.mutations import mutants


def changes(statement: str) -> set[str]:
    """What can go wrong in one statement of a function."""
    source = f'def f(a, b, c):\n    """What it does."""\n    {statement}\n'
    return {mutant.name.removeprefix("f: ") for mutant in mutants(source, "f.py")}


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("return a < b", {"a < b -> a <= b", "a < b -> a >= b"}),
        ("return a <= b < c", {"a <= b -> a < b", "a <= b -> a > b", "b < c -> b >= c"}),
        ("return a and b", {"or: a and b", "without: a", "without: b", "turned: return a and b"}),
        ("return not a", {"not a -> a"}),
        ("return a + 1", {"a + 1 -> a - 1", "1 -> 2", "1 -> 0"}),
        ("return any(x for x in a if x)", {"any -> all", "without: x", "turned: if x"}),
        ("return max(a, b)", {"max -> min", "removed: return max(a, b)"}),
        ("return c(a, b)", {"swapped: c(b, a)"}),
        ("a += 1", {"a += 1 -> a -= 1", "removed: a += 1"}),
        ("a.append(b)", {"removed: a.append(b)"}),
        ("return (a, b) if c else a", {"turned: (a, b) if c else a", "without: b"}),
        ("return a.span.starts", {"a.span.starts -> a.span.ends", "a.span -> a.cover"}),
        ("return c(a, key='x')", {"without: key='x'", "'x' -> 'x?'"}),
    ],
)
def test_each_slip_of_the_hand_is_made(statement: str, wrong: set[str]) -> None:
    assert wrong <= changes(statement)


def test_what_is_only_read_stays_as_it_is() -> None:
    source = '''
from scheduler.rule import Text, parameter
class Rule:
    """Docstrings, codes, sentences, limits of parameters, annotations."""
    code = "rule"
    text = Text(en="a", nl="b", fr="c", de="d")
    hours: int = parameter(at_least=1, at_most=2)
'''
    assert list(mutants(source, "rule.py")) == []


def test_the_same_change_in_two_places_has_two_names_and_its_own_line() -> None:
    source = "def f(a):\n    b = a + 1\n    return b + 1\n"
    found = {m.name: m.line for m in mutants(source, "f.py")}
    assert (found["f: 1 -> 2"], found["f: 1 -> 2 (2)"]) == (2, 3)


def test_every_survivor_that_is_listed_can_still_be_made() -> None:
    made = {s.name: {m.name for m in s.mutants()} for s in subjects() if s.name in listed()}
    gone = {file: set(known) - made.get(file, set()) for file, known in listed().items()}
    assert {file: names for file, names in gone.items() if names} == {}


def test_quick_tests_go_before_slow_ones_and_what_noticed_most_goes_first(tmp_path: Path) -> None:
    told = tmp_path / "told"
    told.write_text("often\nslow\nonce\noften\nslow\nslow\n", encoding="utf-8")
    names = ("never", "slow", "once", "slowest", "often")
    items = [asked(name, slow=name.startswith("slow")) for name in names]
    Judges((), told).pytest_collection_modifyitems(items)
    assert [item.nodeid for item in items] == ["often", "once", "never", "slow", "slowest"]


def asked(name: str, *, slow: bool) -> Any:
    marks = {"slow": pytest.mark.slow} if slow else {}
    return SimpleNamespace(nodeid=name, path=Path(name), get_closest_marker=marks.get)
