"""Writes a migration from what the records say and the revisions do not yet.

python -m tests.patrols.revise "why it changes"    the next revision, to be read before it is kept
python -m tests.patrols.revise --first             the first one anew: until the first release only
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

import patrols.bootstrap  # noqa: F401 - brings the records of every room
from patrols.store import migrations
from patrols.store.base import Base
from patrols.store.connection import connect

VERSIONS = migrations.FOLDER / "versions"
FIRST = "0001"


def write_next(why: str, folder: Path) -> None:
    number = len(list(VERSIONS.glob("0*.py"))) + 1
    with connect(f"sqlite:///{folder}/now.sqlite").begin() as connection:
        migrations.upgrade(connection)
        settings = migrations.settings(connection, Base.metadata)
        command.revision(settings, why, autogenerate=True, rev_id=f"{number:04}")


def write_first(folder: Path) -> None:
    """In a place of its own, so that the revisions that follow the first stay as they are."""
    with connect(f"sqlite:///{folder}/empty.sqlite").begin() as connection:
        settings = migrations.settings(connection, Base.metadata)
        settings.set_main_option("version_locations", str(folder))
        command.revision(
            settings, "All tables", autogenerate=True, rev_id=FIRST, version_path=str(folder)
        )
    [written] = folder.glob(f"{FIRST}_*.py")
    VERSIONS.mkdir(exist_ok=True)
    shutil.copyfile(written, VERSIONS / written.name)


def tidy() -> None:
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", VERSIONS], check=True)


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        match arguments:
            case ["--first"]:
                write_first(Path(folder))
            case [why]:
                write_next(why, Path(folder))
            case _:
                sys.exit(__doc__)
    tidy()


if __name__ == "__main__":
    main(sys.argv[1:])
