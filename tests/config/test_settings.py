"""Settings: sensible without any, strict with nonsense, silent about secrets."""

import stat
from pathlib import Path
from threading import Thread

import pytest

from config.settings import (
    InvalidSettings,
    Settings,
    UnusableHome,
    ensure_secret,
    prepare_home,
)

SECRET = "a-secret-of-more-than-32-characters-0123"


def settings(tmp_path: Path, **environ: str) -> Settings:
    return Settings.from_environment(environ, directory=tmp_path)


def test_an_empty_environment_gives_a_private_local_installation(tmp_path: Path) -> None:
    found = settings(tmp_path)

    assert found.home == tmp_path / ".tandem"
    assert (found.host, found.port) == ("127.0.0.1", 8000)
    assert found.base_url == "http://127.0.0.1:8000"
    assert found.database_url == f"sqlite:///{tmp_path}/.tandem/tandem.sqlite3"
    assert (found.demo, found.mail_server, found.secret_key) == (False, None, None)
    assert (found.cores, found.solve_seconds, found.proxies) == (2, 60, 0)


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert settings(tmp_path, TANDEM_PORT="", TANDEM_HOME=" ") == settings(tmp_path)


def test_every_variable_is_read(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        TANDEM_HOME="data",
        TANDEM_HOST="0.0.0.0",
        TANDEM_PORT="8080",
        TANDEM_BASE_URL="https://tandem.example/",
        TANDEM_DATABASE_URL="postgresql://tandem:pw@db/tandem",
        TANDEM_SECRET_KEY=SECRET,
        TANDEM_DEMO="1",
        TANDEM_SMTP_URL="smtp+starttls://ann:p%40ss@mail.example",
        TANDEM_MAIL_FROM="roster@police.example",
        TANDEM_PROXIES="1",
        TANDEM_CORES="4",
        TANDEM_SOLVE_SECONDS="120",
        TANDEM_LOG_LEVEL="DEBUG",
        TANDEM_LOG_FORM="json",
    )

    assert found.home == tmp_path / "data"
    assert found.base_url == "https://tandem.example"
    assert found.demo
    assert found.proxies == 1
    assert found.secret_key == SECRET
    assert found.mail_server is not None
    assert found.mail_server.port == 587
    assert (found.mail_server.user, found.mail_server.password) == ("ann", "p@ss")
    assert (found.log_level, found.log_form) == ("debug", "json")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_server_for_every_network_is_still_reached_at_a_real_address(
    tmp_path: Path, host: str
) -> None:
    assert settings(tmp_path, TANDEM_HOST=host).base_url == "http://127.0.0.1:8000"


def test_an_address_of_version_6_is_bracketed(tmp_path: Path) -> None:
    assert settings(tmp_path, TANDEM_HOST="::1").base_url == "http://[::1]:8000"


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("TANDEM_PORT", "eighty", "a whole number from 1 to 65535"),
        ("TANDEM_PORT", "0", "a whole number from 1 to 65535"),
        ("TANDEM_PORT", "65536", "a whole number from 1 to 65535"),
        ("TANDEM_PORT", "8_0", "a whole number"),
        ("TANDEM_HOST", "my host", "a host name or an address"),
        ("TANDEM_DEMO", "yes", "0 or 1"),
        ("TANDEM_CORES", "-1", "a whole number from 1 to 256"),
        ("TANDEM_SOLVE_SECONDS", "1.5", "a whole number from 1 to 86400"),
        ("TANDEM_LOG_LEVEL", "loud", "debug, info, warning, error"),
        ("TANDEM_LOG_FORM", "xml", "console, json"),
        ("TANDEM_BASE_URL", "tandem.example", "http:// or https://"),
        ("TANDEM_BASE_URL", "http://tandem.example/app", "http:// or https://"),
        ("TANDEM_MAIL_FROM", "nobody", "a mail address"),
        ("TANDEM_DATABASE_URL", "mysql://db/tandem", "sqlite:///FILE or postgresql://"),
        ("TANDEM_DATABASE_URL", "sqlite:///:memory:", "sqlite:///FILE or postgresql://"),
        ("TANDEM_SMTP_URL", "mail.example:25", "smtp://"),
        ("TANDEM_SMTP_URL", "smtp://mail.example:99999", "smtp://"),
        ("TANDEM_SECRET_KEY", "short", "at least 32 characters"),
    ],
)
def test_nonsense_is_refused_with_what_is_allowed(
    tmp_path: Path, name: str, value: str, allowed: str
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        settings(tmp_path, **{name: value})

    assert len(refused.value.faults) == 1
    assert refused.value.faults[0].startswith(f"{name} ")
    assert f"allowed: {allowed}" in refused.value.faults[0]


def test_all_faults_are_told_at_once_and_secrets_are_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings) as refused:
        settings(
            tmp_path,
            TANDEM_PORT="x",
            TANDEM_DEMO="2",
            TANDEM_SECRET_KEY="hunter2",
            TANDEM_SMTP_URL="ftp://ann:hunter2@mail.example",
        )

    message = str(refused.value)
    assert [line.split()[0] for line in message.splitlines()[1:]] == [
        "TANDEM_PORT",
        "TANDEM_SECRET_KEY",
        "TANDEM_DEMO",
        "TANDEM_SMTP_URL",
    ]
    assert 'TANDEM_PORT is "x"; allowed:' in message
    assert "hunter2" not in message


def test_secrets_do_not_appear_when_settings_are_shown(tmp_path: Path) -> None:
    shown = repr(
        settings(
            tmp_path,
            TANDEM_SECRET_KEY=SECRET,
            TANDEM_SMTP_URL="smtp://ann:hunter2@mail.example",
            TANDEM_DATABASE_URL="postgresql://tandem:hunter2@db/tandem",
        )
    )

    assert SECRET not in shown
    assert "hunter2" not in shown


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    home = prepare_home(settings(tmp_path))

    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert list(home.iterdir()) == []


def test_an_unwritable_data_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UnusableHome) as refused:
        prepare_home(settings(tmp_path, TANDEM_HOME="file/data"))

    assert str(refused.value) == (
        f"The data folder {tmp_path}/file/data cannot be written (Not a directory): give this"
        " user the right to write there, or set TANDEM_HOME to another folder."
    )


def test_the_secret_of_the_environment_is_used_and_not_kept(tmp_path: Path) -> None:
    assert ensure_secret(settings(tmp_path, TANDEM_SECRET_KEY=SECRET)) == SECRET
    assert not (tmp_path / ".tandem").exists()


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    found = settings(tmp_path)
    key = ensure_secret(found)

    assert ensure_secret(found) == key
    assert len(key) >= 32
    kept = tmp_path / ".tandem" / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret-key"]


def test_processes_that_start_together_agree_on_one_secret(tmp_path: Path) -> None:
    found = settings(tmp_path)
    keys: list[str] = []
    starters = [Thread(target=lambda: keys.append(ensure_secret(found))) for _ in range(8)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()

    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    found = settings(tmp_path)
    ensure_secret(found)
    (found.home / "secret-key").chmod(0o644)

    with pytest.raises(UnusableHome, match=r"Others can read .*: run chmod 600"):
        ensure_secret(found)


@pytest.mark.parametrize("content", ["", "short", "é" * 40])
def test_a_damaged_secret_is_refused(tmp_path: Path, content: str) -> None:
    found = settings(tmp_path)
    ensure_secret(found)
    (found.home / "secret-key").write_text(content, encoding="utf-8")

    with pytest.raises(UnusableHome, match="The key file"):
        ensure_secret(found)
