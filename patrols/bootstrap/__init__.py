"""From settings to a working office; the only place that reads `config`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import patrols.access.records
import patrols.areas.records
import patrols.availability.records
import patrols.engagement.records
import patrols.forces.records
import patrols.journal.records
import patrols.notices.records
import patrols.rosters.records
import patrols.runs.records
import patrols.store.turns  # noqa: F401 - with it all records are known
from config.frameworks import FOLDER as FRAMEWORKS
from config.logs import set_up_logs
from config.reading import InvalidFile, read
from config.reference import FILES as REFERENCE_FILES
from config.reference import FOLDER as REFERENCE
from config.reference import load_reference as read_reference
from config.reference.holidays import HolidaysFile
from config.settings import InvalidSettings, Settings, UnusableHome, ensure_secret, prepare_home
from patrols.access.actor import SYSTEM
from patrols.bootstrap.belgium import reference_rows
from patrols.bootstrap.post import FolderMailer, SmtpMailer
from patrols.engagement.file import FrameworkFile
from patrols.errors import FaultyFile, WrongSettings
from patrols.ports import Clock, Mailer, SystemClock
from patrols.procedures.founding import found_demo
from patrols.procedures.framework_change import import_frameworks
from patrols.procedures.reference_data import load_reference
from patrols.store.connection import connect
from patrols.store.demo_mark import is_marked
from patrols.store.office import Office
from patrols.store.unit_of_work import Store

__all__ = [
    "Office",
    "Patrols",
    "Settings",
    "framework_files",
    "load",
    "open_patrols",
    "read_settings",
]

TIMEZONE = "Europe/Brussels"
LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Patrols:
    """A working office with what only its edges use: settings, cookie key, post."""

    office: Office
    settings: Settings
    mailer: Mailer
    secret_key: str


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """From the environment. Raises `WrongSettings` with every faulty variable."""
    try:
        return Settings.from_environment(os.environ if environ is None else environ)
    except InvalidSettings as invalid:
        raise WrongSettings(reason=str(invalid)) from invalid


def open_patrols(settings: Settings, clock: Clock | None = None) -> Patrols:
    """Prepares the data folder and brings the database to the newest revision.

    Whether it is a demo office stands in its database: the settings can found one, and nothing
    makes it a real one. Raises `WrongSettings`, `DatabaseUnusable` or `NotADemo` with one sentence
    that names the remedy.
    """
    try:
        prepare_home(settings)
        secret_key = ensure_secret(settings)
    except UnusableHome as unusable:
        raise WrongSettings(reason=str(unusable)) from unusable
    set_up_logs(settings)
    store = Store(connect(settings.database_url))
    store.migrate()
    office = Office(
        store=store,
        clock=clock or SystemClock(),
        holidays=_holidays(),
        timezone=TIMEZONE,
        base_url=settings.base_url,
        solve_seconds=settings.solve_seconds,
    )
    if settings.demo:
        found_demo(office, SYSTEM)
    with store.reading() as session:
        office = replace(office, demo=is_marked(session))
    return Patrols(office, settings, _mailer(settings), secret_key)


def load(office: Office, monday: date) -> None:
    """Reference data, demo forces if this is a demo, and the frameworks; only what is missing.

    `monday` begins the week in review, from which the demo counts its days.
    """
    try:
        rows = reference_rows(read_reference(), monday, office)
    except InvalidFile as invalid:
        raise FaultyFile("config/reference", invalid.faults) from invalid
    load_reference(office, SYSTEM, groups=rows)
    files = framework_files(sorted(FRAMEWORKS.glob("*.toml")))
    wanted = {n: f for n, f in files.items() if office.demo or not (f.mandate and _demo(f))}
    import_frameworks(office, SYSTEM, files=wanted, monday=monday)


def _demo(file: FrameworkFile) -> bool:
    return file.mandate is not None and file.mandate.fictional


def framework_files(paths: list[Path]) -> dict[str, FrameworkFile]:
    """Framework files by name. Raises `FaultyFile` with every fault of all of them."""
    files: dict[str, FrameworkFile] = {}
    faults: list[str] = []
    for path in paths:
        try:
            files[path.name] = read(path, FrameworkFile)
        except InvalidFile as invalid:
            faults += invalid.faults
    if faults:
        raise FaultyFile(", ".join(path.name for path in paths), faults)
    return files


def _holidays() -> HolidaysFile:
    file, _ = REFERENCE_FILES["holidays"]
    return read(REFERENCE / file, HolidaysFile)


def _mailer(settings: Settings) -> Mailer:
    server = settings.mail_server
    if server is None:
        return FolderMailer(settings.home / LETTERS, settings.mail_from)
    return SmtpMailer(
        server.scheme, server.host, server.port, server.user, server.password, settings.mail_from
    )
