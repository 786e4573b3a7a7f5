"""Each rule and preference is one file that says what it is, in four languages."""

from __future__ import annotations

import ast
import inspect
from itertools import combinations
from pathlib import Path
from string import Formatter

import pytest

from scheduler.catalogue import preference_classes, rule_classes
from scheduler.rule import Parameterised, Rule
from scheduler.wording import LANGUAGES
from tests.architecture.sources import files, name, tree

FILES = [
    path
    for path in files("scheduler/rules", "scheduler/preferences", pattern="*.py")
    if path.name != "__init__.py"
]
CLASSES: list[type[Parameterised]] = [*rule_classes().values(), *preference_classes().values()]
BY_FILE = {Path(inspect.getfile(cls)): cls for cls in CLASSES}
PARTS = ("Formula ", "Units ", "Formulation ")


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


def test_each_file_holds_exactly_one_and_no_two_share_a_code() -> None:
    assert sorted(BY_FILE) == sorted(FILES)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_its_code_is_the_name_of_its_file(path: Path) -> None:
    assert BY_FILE[path].code == path.stem.replace("_", "-")


@pytest.mark.parametrize("path", FILES, ids=name)
def test_its_docstring_tells_formula_units_formulation_and_for_a_rule_the_source(
    path: Path,
) -> None:
    cls = BY_FILE[path]
    parts = (*PARTS, "Source ") if issubclass(cls, Rule) else PARTS
    assert [part for part in parts if f"\n{part}" not in inspect.cleandoc(cls.__doc__ or "")] == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_its_sentence_differs_by_language_but_not_in_its_placeholders(path: Path) -> None:
    sentences = {language: BY_FILE[path].text.in_(language) for language in LANGUAGES}
    for one, other in combinations(LANGUAGES, 2):
        assert sentences[one].strip()
        assert sentences[one] != sentences[other]
        assert placeholders(sentences[one]) == placeholders(sentences[other])


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_breach_that_it_reports_fills_its_sentence(path: Path) -> None:
    asked = placeholders(BY_FILE[path].text.en)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "self.broken":
            given = {keyword.arg for keyword in node.keywords}
            assert None in given or asked <= given, f"line {node.lineno}"
