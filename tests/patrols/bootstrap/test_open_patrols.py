from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest

from patrols.access.accounts import create_account
from patrols.access.actor import SYSTEM, RoleName
from patrols.bootstrap import open_patrols, read_settings
from patrols.bootstrap.post import FolderMailer, SmtpMailer
from patrols.errors import DatabaseUnusable, NotADemo, WrongSettings
from patrols.store.office import Office
from tests.databases import DrivenClock


def test_a_new_folder_becomes_an_office(tmp_path: Path, clock: DrivenClock) -> None:
    settings = read_settings({"TANDEM_HOME": str(tmp_path / "office"), "TANDEM_DEMO": "1"})
    patrols = open_patrols(settings, clock)
    assert patrols.office.demo
    assert patrols.office.now() == clock.now()
    assert patrols.office.local(clock.now()).hour == 9
    assert isinstance(patrols.mailer, FolderMailer)
    patrols.office.store.close()


def opened(home: Path, clock: DrivenClock, **environ: str) -> Office:
    office = open_patrols(read_settings({"TANDEM_HOME": str(home), **environ}), clock).office
    office.store.close()
    return office


def test_a_demo_office_stays_one_whatever_the_environment_says(
    tmp_path: Path, clock: DrivenClock
) -> None:
    assert opened(tmp_path, clock, TANDEM_DEMO="1").demo
    assert opened(tmp_path, clock, TANDEM_DEMO="1").demo
    assert opened(tmp_path, clock).demo
    assert opened(tmp_path, clock, TANDEM_DEMO="0").demo


def test_an_office_with_people_never_becomes_a_demo(tmp_path: Path, clock: DrivenClock) -> None:
    office = opened(tmp_path, clock)
    assert not office.demo
    create_account(
        office,
        SYSTEM,
        email="somebody@politie.example",
        name="Somebody",
        password="a long and real password",
        roles=[RoleName.PLANNER],
    )
    with pytest.raises(NotADemo):
        opened(tmp_path, clock, TANDEM_DEMO="1")
    assert not opened(tmp_path, clock).demo


def test_the_time_for_a_draft_is_that_of_the_environment(
    tmp_path: Path, clock: DrivenClock
) -> None:
    assert opened(tmp_path, clock, TANDEM_SOLVE_SECONDS="90").solve_seconds == 90


def test_a_mail_server_is_used_where_there_is_one(tmp_path: Path) -> None:
    settings = read_settings(
        {"TANDEM_HOME": str(tmp_path), "TANDEM_SMTP_URL": "smtp://mail.example.org:2525"}
    )
    patrols = open_patrols(settings)
    assert isinstance(patrols.mailer, SmtpMailer)
    assert (patrols.mailer.host, patrols.mailer.port) == ("mail.example.org", 2525)
    patrols.office.store.close()


def test_nonsense_in_the_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match="TANDEM_PORT"):
        read_settings({"TANDEM_HOME": str(tmp_path), "TANDEM_PORT": "ninety"})


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WrongSettings, match="cannot be written"):
        open_patrols(read_settings({"TANDEM_HOME": str(tmp_path / "file" / "office")}))


def test_a_database_that_cannot_be_reached_is_named_without_its_password(tmp_path: Path) -> None:
    address = "postgresql://tandem:hunter2@127.0.0.1:1/tandem"
    settings = read_settings({"TANDEM_HOME": str(tmp_path), "TANDEM_DATABASE_URL": address})
    with pytest.raises(DatabaseUnusable) as refused:
        open_patrols(settings)
    assert "hunter2" not in str(refused.value)


def test_a_letter_is_laid_down_as_a_file_once(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "letters", "tandem@example.org")
    for _ in range(2):
        letter = EmailMessage()
        letter["To"], letter["Subject"] = "member@example.org", "Uw diensten in week 2026-W49"
        letter["Message-ID"] = "<notice-1@tandem.invalid>"
        letter.set_content("Dag")
        mailer.send(letter)
    [file] = (tmp_path / "letters").glob("*.eml")
    with file.open("rb") as laid_down:
        read = BytesParser(policy=default).parse(laid_down)
    assert (read["From"], read["To"]) == ("tandem@example.org", "member@example.org")
