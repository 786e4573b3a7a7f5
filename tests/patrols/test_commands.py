from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from patrols import demo, processes
from patrols.access.accounts import create_account, demo_accounts
from patrols.access.actor import SYSTEM, RoleName
from patrols.bootstrap import load, open_patrols, read_settings
from patrols.commands import main
from patrols.exports import COLUMNS
from patrols.rosters.weeks import monday_of, shifted, week_at
from patrols.store.office import Office
from tests.databases import DrivenClock
from tests.patrols import story

Tandem = Callable[..., Result]


@pytest.fixture
def tandem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tandem:
    monkeypatch.setenv("TANDEM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TANDEM_DEMO", "1")
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.fixture
def office(tandem: Tandem) -> Office:
    """The demo office of the day of the test, with one planner and a small week to come."""
    patrols = open_patrols(read_settings())
    load(patrols.office, monday_of(coming(patrols.office)))
    create_account(
        patrols.office,
        SYSTEM,
        email="planner@tandem.example",
        name="Planner",
        password="demonstration",
        roles=[RoleName.PLANNER],
    )
    return patrols.office


def coming(office: Office) -> str:
    return shifted(week_at(office.now(), office.timezone), 2)


def test_a_week_is_drafted_and_submitted_as_somebody(tandem: Tandem, office: Office) -> None:
    week = coming(office)
    story.a_small_week(office)
    asked = ("--week", week, "--as", "planner@tandem.example")
    drafted = tandem("draft", *asked)
    assert (drafted.exit_code, drafted.output) == (0, f"A draft of brussels {week} is queued.\n")
    again = tandem("draft", *asked)
    assert again.exit_code == 1
    assert f"brussels {week} already has version 1, which is requested" in again.output
    early = tandem("submit", *asked)
    assert early.exit_code == 1
    assert "is requested; this needs it to be draft" in early.output


def test_problems_and_rosters_are_exported(tandem: Tandem, office: Office) -> None:
    week = coming(office)
    roster_id = story.a_draft(office, week)
    unit = story.staffed(office, roster_id, f"{week}-brussels-north-mon-early-1")
    problem = json.loads(tandem("export", "problem", "--week", week).output)
    assert (problem["format"], problem["week"]) == ("tandem-problem/1", week)
    roster = json.loads(tandem("export", "roster", "--week", week).output)
    assert [held["unit"] for held in roster["assignments"]] == [unit]
    table = tandem("export", "roster", "--week", week, "--format", "csv").output
    [row] = csv.DictReader(StringIO(table))
    assert tuple(row) == COLUMNS
    assert (row["unit"], row["role"]) == (unit, "police-lead")
    assert datetime.fromisoformat(row["starts_at"]).utcoffset() is not None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("export", "problem", "--week", "2026-60"), "2026-60 is not an ISO week"),
        (("export", "roster", "--week", "2026-W01"), "brussels has no duties in 2026-W01"),
        (
            ("publish", "--week", "2026-W50", "--as", "nobody@tandem.example"),
            "There is no account nobody@tandem.example",
        ),
    ],
)
def test_bad_input_gets_one_sentence(
    tandem: Tandem, office: Office, arguments: tuple[str, ...], sentence: str
) -> None:
    refused = tandem(*arguments)
    assert refused.exit_code == 1
    assert sentence in refused.output
    assert "Traceback" not in refused.output


def test_a_second_terminal_finds_the_demo_office_that_the_first_one_founded(
    tandem: Tandem, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.a_small_week(office)
    monkeypatch.delenv("TANDEM_DEMO")
    founded = open_patrols(read_settings()).office
    assert founded.demo
    assert demo_accounts(founded) == demo_accounts(office) != ()
    asked = ("--week", coming(office), "--as", "planner@tandem.example")
    assert tandem("draft", *asked).exit_code == 0


@pytest.fixture
def made_run(
    tandem: Tandem, office: Office, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Result]:
    """`make run` on a prepared office, which is served for no time."""
    monkeypatch.setenv("TANDEM_PORT", str(free_port()))
    monkeypatch.setattr(demo, "prepared", lambda _: True)
    monkeypatch.setattr(processes, "keep_running", lambda _, ready, tell: tell())
    return lambda: tandem("demo")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_the_demo_says_which_week_waits_for_review(
    made_run: Callable[[], Result], office: Office
) -> None:
    assert "waits for review" not in made_run().output
    week = coming(office)
    story.a_draft(office, week)
    said = made_run().output.splitlines()
    address = f"http://127.0.0.1:{os.environ['TANDEM_PORT']}"
    assert said[0].startswith(f"Tandem is served at {address} ")
    assert said[-1] == f"Week {week} waits for review: {address}/brussels/weeks/{week}"


def test_an_office_that_is_being_prepared_is_not_prepared_twice(
    made_run: Callable[[], Result], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    holder = f"from patrols.processes import *\nwith preparing_alone(Path({str(home)!r})):\n"
    holder += " print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()
        refused = made_run()
        first.kill()
    assert refused.exit_code == 1
    assert refused.output == (
        f"Error: The demo in {home} is being prepared by another process;"
        " wait until it is served.\n"
    )
    assert made_run().exit_code == 0


def test_a_demo_whose_weeks_are_over_is_served_and_says_how_to_begin_anew(
    made_run: Callable[[], Result],
    office: Office,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    week = coming(office)
    story.a_draft(office, week)
    later = DrivenClock(office.now() + timedelta(days=730))
    monkeypatch.setattr("patrols.bootstrap.SystemClock", lambda: later)
    ran = made_run()
    assert ran.exit_code == 0
    assert ran.output.startswith("Tandem is served at")
    assert "waits for review" not in ran.output
    [line] = [line for line in ran.output.splitlines() if "begin anew" in line]
    assert f"ended with week {week};" in line
    assert line.endswith(str(tmp_path / "home"))


def test_a_faulty_file_is_told_whole_and_not_loaded(
    tandem: Tandem, office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "absences.csv"
    file.write_text("who,from\nnobody,yesterday\n", encoding="utf-8")
    refused = tandem("import", "absences", str(file))
    assert refused.exit_code == 1
    assert "was not imported; mend this and try again" in refused.output
    framework = tmp_path / "framework.toml"
    framework.write_text("id = 7\n", encoding="utf-8")
    assert tandem("import", "framework", str(framework)).exit_code == 1


def test_a_port_in_use_is_said_before_anything_begins(
    tandem: Tandem, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("TANDEM_PORT", str(port))
        refused = tandem("demo")
    assert refused.exit_code == 1
    assert f"Port {port} of 127.0.0.1 is in use" in refused.output
    assert not (tmp_path / "home").exists()
