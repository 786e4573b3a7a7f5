"""How long a thing may be (ruff holds the lines to 99). Exceptions stand here with a reason."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import HOUSES, files, name, tree

FUNCTION, FILE, RULE = 40, 300, 120
FORBIDDEN_NAMES = ("helper", "manager", "service", "util")

# path, or path::function → why it may be longer
_TABLES = "patrols/store/migrations/versions/0001_all_tables.py"
_KERNEL = "scheduler/annealing/kernel.py"
EXCEPTIONS: dict[str, str] = {
    _TABLES: "written by Alembic from the records",
    f"{_TABLES}::upgrade": "one statement per table",
    f"{_TABLES}::downgrade": "one statement per table",
    _KERNEL: "what is compiled is kept beside its file: a change in another would go unnoticed",
    f"{_KERNEL}::flip": "the innermost loop: a call here costs more than the work",
    f"{_KERNEL}::propose": "one draw decides which move it is",
}

PYTHON = files(*HOUSES, "tests", pattern="*.py")


def ceiling(path: Path) -> int:
    one_rule_one_file = path.parent.name in ("rules", "preferences")
    return RULE if one_rule_one_file and name(path).startswith("scheduler/") else FILE


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_a_file_keeps_its_shape(path: Path) -> None:
    assert faults(path) == []


def faults(path: Path) -> list[str]:
    length = path.read_text(encoding="utf-8").count("\n")
    found = []
    if length > ceiling(path) and name(path) not in EXCEPTIONS:
        found.append(f"{length} lines, allowed are {ceiling(path)}")
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION and f"{name(path)}::{node.name}" not in EXCEPTIONS:
                found.append(f"{node.name} has {length} lines, allowed are {FUNCTION}")
    return found


def test_no_module_is_named_for_being_useful() -> None:
    vague = [name(path) for path in PYTHON if path.stem.rstrip("s") in FORBIDDEN_NAMES]
    assert vague == []


def test_every_exception_still_names_something() -> None:
    known = {name(path) for path in PYTHON}
    assert {key.partition("::")[0] for key in EXCEPTIONS} <= known
