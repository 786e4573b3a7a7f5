"""The shipped reference data, and a copy that a test may damage."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from config.reference import FOLDER, Reference, load_reference

Damage = Callable[[str, str, str], None]
"""Replaces, in this file, the first place of one text by another."""


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in FOLDER.iterdir():
        if path.suffix in (".toml", ".geojson", ".csv"):
            shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture
def damage(folder: Path) -> Damage:
    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace
