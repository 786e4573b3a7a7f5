"""Engines for SQLite and PostgreSQL, set so that both behave alike."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from patrols.errors import DatabaseUnusable

READING = "tandem_reading"
BUSY_MILLISECONDS = 10_000


def connect(url: str) -> Engine:
    """An engine for `url`; raises `DatabaseUnusable` with one sentence when it cannot be used."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed)
        return create_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError) as error:
        reason = "its address must begin with sqlite:/// or postgresql://"
        raise DatabaseUnusable(place=repr(url), reason=reason) from error
    except ModuleNotFoundError as error:
        reason = f"its driver {error.name} is not installed (extra: pg)"
        raise DatabaseUnusable(place=place(parsed), reason=reason) from error


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        _refuse_unwritable(url, Path(url.database))
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _refuse_unwritable(url: URL, file: Path) -> None:
    """SQLite would say this only at the first write, and in its own words."""
    folder = file.absolute().parent
    if not folder.is_dir():
        raise DatabaseUnusable(place=place(url), reason=f"there is no folder {folder}")
    if file.exists() and not os.access(file, os.W_OK):
        raise DatabaseUnusable(place=place(url), reason="the file may not be written to")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DatabaseUnusable(place=place(url), reason=f"folder {folder} may not be written to")


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours: the driver's own comes too late
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: a lock taken later may fail halfway through a step."""
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def place(url: URL) -> str:
    """The database as a person knows it, without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    return url.render_as_string(hide_password=True)


def refusal(url: URL, error: DatabaseError) -> DatabaseUnusable:
    reason = str(error.orig).strip().splitlines()[0].rstrip(".")
    return DatabaseUnusable(place=place(url), reason=reason)
