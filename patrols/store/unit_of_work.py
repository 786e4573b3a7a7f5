"""One step, one transaction: the only place that commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from patrols.errors import InputsChangedMeanwhile
from patrols.store import migrations
from patrols.store.connection import READING, refusal


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """What one step reads and writes."""

    session: Session


class Store:
    """The database behind `engine`, in whole transactions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = engine.execution_options(**{READING: True, "postgresql_readonly": True})

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """All of the block is kept, or, when it raises, nothing of it."""
        with _plain_refusals(self.engine), Session(self.engine, expire_on_commit=False) as session:
            try:
                yield UnitOfWork(session)
                session.commit()
            except StaleDataError as stale:
                raise InputsChangedMeanwhile from stale

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent look at the database, which cannot write to it."""
        with _plain_refusals(self.engine), Session(self._reading, autoflush=False) as session:
            yield session

    def migrate(self) -> None:
        """To the newest revision; several processes may ask for it at once."""
        with self._schema() as connection:
            migrations.upgrade(connection)

    def downgrade(self, revision: str) -> None:
        with self._schema() as connection:
            migrations.downgrade(connection, revision)

    @contextmanager
    def _schema(self) -> Iterator[Connection]:
        with _plain_refusals(self.engine), self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({migrations.LOCK})")
            yield connection

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _plain_refusals(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        if type(error) not in (DatabaseError, OperationalError):
            raise
        raise refusal(engine.url, error) from error
