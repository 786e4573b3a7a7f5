"""The tree in ARCHITECTURE.md names what there is: whoever adds a file says what it is for."""

import re

import pytest

from tests.architecture.sources import HOUSES, ROOT, files

TREE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```")[1]
PARTS = {text.split("/")[0]: text for text in re.split(r"\n(?=[a-z])", TREE.strip())}


def standing(house: str) -> set[str]:
    """The files and folders with code that stand directly in a house."""
    below = (path.relative_to(ROOT / house) for path in files(house, pattern="*.py"))
    firsts = {f"{path.parts[0]}/" if len(path.parts) > 1 else path.name for path in below}
    return firsts - {"__init__.py"}


@pytest.mark.parametrize("house", ["scheduler", "patrols"])
def test_the_tree_names_each_file_and_folder_that_stands_in_a_house(house: str) -> None:
    named = {*re.findall(r"[a-z_]+\.py|[a-z_]+/", PARTS[house])}
    assert standing(house) - named == set()
    assert {entry for entry in named if entry.endswith(".py")} <= standing(house)


def test_the_tree_names_each_part_of_the_model() -> None:
    parts = {path.stem for path in files("scheduler/model", pattern="*.py")} - {"__init__"}
    assert parts <= {*re.findall(r"[a-z_]+", PARTS["scheduler"])}


def test_the_tree_has_every_house() -> None:
    assert {*PARTS} == {*HOUSES, "tests"}
