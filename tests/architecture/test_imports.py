"""The contracts of setup.cfg hold, and each of them notices when it is broken."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.sources import HOUSES, ROOT, versioned

BREACHES = {
    "web over patrols over scheduler and config": [
        ("scheduler/moments.py", "import patrols.errors"),
        ("patrols/errors.py", "import web.office"),
        ("config/logs.py", "import scheduler.moments"),
        ("scheduler/moments.py", "import config.logs"),
    ],
    "the rooms of patrols stand in order": [
        ("patrols/areas/records.py", "import patrols.rosters.records"),
        ("patrols/store/base.py", "import patrols.access.actor"),
        ("patrols/cellar/__init__.py", ""),
    ],
    "only patrols.bootstrap reads config": [
        ("patrols/procedures/computing.py", "import config.settings"),
        ("web/office.py", "from config import settings"),
    ],
    "scheduler reaches no web, database, timetable or command line": [
        ("scheduler/check.py", "import sqlalchemy.orm"),
        ("scheduler/model/build.py", "def later(): import click"),
    ],
    "patrols and config never reach flask": [
        ("patrols/notices/letters.py", "import flask"),
        ("config/logs.py", "from werkzeug import exceptions"),
    ],
    "only scheduler.model imports the solver": [
        ("scheduler/check.py", "from ortools.sat.python import cp_model"),
        ("patrols/worker.py", "import ortools"),
    ],
    "annealing and lines alone compile, the model alone uses them": [
        ("scheduler/check.py", "import numba"),
        ("scheduler/model/master.py", "import numba"),
        ("patrols/worker.py", "import scheduler.annealing.chain"),
    ],
    "annealing and lines know nothing of each other": [
        ("scheduler/annealing/chain.py", "import scheduler.lines.lines"),
        ("scheduler/lines/lines.py", "import scheduler.annealing.chain"),
    ],
    "web never reaches the planner": [
        ("web/office.py", "import scheduler.planner"),
        ("web/office.py", "import patrols.worker"),
        ("patrols/rosters/queries.py", "import scheduler.model.build"),
    ],
    "only the worker and the solving commands start the planner": [
        ("patrols/procedures/computing.py", "import scheduler.planner"),
        ("patrols/timetable.py", "import scheduler.model.solve"),
    ],
    "rules know nothing of each other": [
        ("scheduler/rules/absence.py", "import scheduler.rules.lent_area"),
    ],
    "preferences know nothing of each other": [
        ("scheduler/preferences/fair_nights.py", "import scheduler.preferences.fair_weekends"),
    ],
    "web sees no rows and no store": [
        ("web/step.py", "from sqlalchemy.orm import Session"),
        ("web/rosters/views.py", "from patrols.rosters import records"),
        ("web/home/waiting.py", "from patrols.access.records import AccountRecord"),
        ("web/office.py", "from patrols.store.office import Office"),
    ],
}


def contracts() -> list[str]:
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    sections = [s for s in settings.sections() if s.startswith("importlinter:contract:")]
    return [settings[section]["name"] for section in sections]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The houses as they stand, to be broken apart from those in use."""
    folder = tmp_path_factory.mktemp("houses")
    for path in versioned():
        within = path.relative_to(ROOT)
        if (within.parts[0] in HOUSES and path.suffix == ".py") or within.name == "setup.cfg":
            (folder / within).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / within)
    return folder


def broken(folder: Path) -> list[str]:
    """The contracts that do not hold there."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    return re.findall(r"^(.+?) BROKEN", done.stdout, re.MULTILINE)


def test_nobody_imports_what_the_contracts_of_setup_cfg_forbid(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    verdict = lint_imports(config_filename="setup.cfg", no_cache=True)
    assert verdict == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_every_contract_is_tried() -> None:
    assert contracts() == list(BREACHES)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [(name, *breach) for name, breaches in BREACHES.items() for breach in breaches],
)
def test_a_contract_notices_when_it_is_broken(
    copy: Path, contract: str, file: str, line: str
) -> None:
    path = copy / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        assert contract in broken(copy)
    finally:
        if before is None:
            shutil.rmtree(path.parent)
        else:
            path.write_text(before, encoding="utf-8")
