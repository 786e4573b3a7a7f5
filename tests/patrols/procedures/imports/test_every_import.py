from __future__ import annotations

from pathlib import Path

import pytest

from patrols.errors import FaultyFile, NotAllowed
from patrols.journal.queries import entries
from patrols.procedures.imports import import_absences
from patrols.store.office import Office
from tests.patrols.procedures.imports.files import STEPS, example, faults, rows, told
from tests.people import ADMINISTRATOR, PLANNER


@pytest.mark.parametrize("name", STEPS)
def test_the_example_of_the_manual_is_loaded_and_journalled(
    brussels: Office, tmp_path: Path, name: str
) -> None:
    done = told(brussels, tmp_path, name, example(name))
    assert done.rows > 0
    assert done.warnings == ()
    [entry] = entries(brussels, ADMINISTRATOR, kind="file")
    assert entry.step == f"imports.import_{name}"
    assert entry.after["rows"] == done.rows


@pytest.mark.parametrize("name", STEPS)
def test_loading_the_same_file_twice_makes_no_second_rows(
    brussels: Office, tmp_path: Path, name: str
) -> None:
    told(brussels, tmp_path, name, example(name))
    before = rows(brussels, name)
    told(brussels, tmp_path, name, example(name))
    assert rows(brussels, name) == before


@pytest.mark.parametrize("name", STEPS)
def test_a_spreadsheet_s_semicolons_and_byte_order_mark_are_understood(
    brussels: Office, tmp_path: Path, name: str
) -> None:
    text = "\ufeff" + example(name).replace(",", ";")
    assert told(brussels, tmp_path, name, text).rows > 0


@pytest.mark.parametrize("name", STEPS)
def test_a_planner_imports_nothing(brussels: Office, tmp_path: Path, name: str) -> None:
    with pytest.raises(NotAllowed):
        told(brussels, tmp_path, name, example(name), PLANNER)


@pytest.mark.parametrize("name", STEPS)
def test_a_file_with_other_columns_is_told_which_there_are(
    brussels: Office, tmp_path: Path, name: str
) -> None:
    found = faults(brussels, tmp_path, name, "who,reason\nM-0001,ill\n")
    assert "line 1: column reason is not known" in " ".join(found)
    assert all("columns: " in fault for fault in found)


@pytest.mark.parametrize("name", STEPS)
def test_an_empty_file_is_told_so(brussels: Office, tmp_path: Path, name: str) -> None:
    head = example(name).splitlines()[0]
    assert faults(brussels, tmp_path, name, f"{head}\n") == ("has no lines below its head",)
    assert "is missing" in faults(brussels, tmp_path, name, "")[0]


def test_a_file_that_is_not_there_or_no_text_is_told_so(brussels: Office, tmp_path: Path) -> None:
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\xff\xfe")
    for file in (tmp_path / "none.csv", tmp_path / "picture.csv"):
        with pytest.raises(FaultyFile, match="cannot be read"):
            import_absences(brussels, ADMINISTRATOR, file=file)
