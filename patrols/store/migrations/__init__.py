"""Brings a database to a revision, from code: no ini file, the same for both databases."""

from __future__ import annotations

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, MetaData

from patrols.errors import DatabaseUnusable
from patrols.store.connection import place

FOLDER = Path(__file__).parent
LOCK = 2026_0001
NOTHING = "base"
NEWEST = "head"


def upgrade(connection: Connection) -> None:
    try:
        command.upgrade(settings(connection), NEWEST)
    except CommandError as error:
        reason = f"it is of another version of Tandem ({error})"
        raise DatabaseUnusable(place=place(connection.engine.url), reason=reason) from error


def downgrade(connection: Connection, revision: str = NOTHING) -> None:
    command.downgrade(settings(connection), revision)


def settings(connection: Connection, metadata: MetaData | None = None) -> Config:
    """For Alembic's commands; `metadata` only to compare the records with the revisions."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, metadata=metadata)
    return config
