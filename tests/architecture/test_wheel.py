import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.architecture.sources import HOUSES, ROOT, name, versioned

SOURCES_ONLY = {".cfg", ".md", ".po", ".pot"}
BUILD = "from setuptools import build_meta; build_meta.build_wheel('wheel')"


def made() -> list[Path]:
    """Files that git ignores and the wheel needs all the same."""
    found = (ROOT / "web").glob("static/vendor/*"), (ROOT / "web").rglob("*.mo")
    return [path for paths in found for path in paths if path.is_file()]


@pytest.mark.slow
def test_the_wheel_carries_every_file_that_the_houses_need(tmp_path: Path) -> None:
    taken = [*versioned(), *made()]
    for path in taken:
        copy = tmp_path / name(path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    subprocess.run(
        [sys.executable, "-c", BUILD], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    [wheel] = (tmp_path / "wheel").glob("tandem-*.whl")
    packed = {entry for entry in ZipFile(wheel).namelist() if entry.startswith(HOUSES)}
    needed = {
        name(path)
        for path in taken
        if path.relative_to(ROOT).parts[0] in HOUSES and path.suffix not in SOURCES_ONLY
    }
    assert "web/static/vendor/htmx.min.js" in packed
    assert packed == needed
