"""Offices on both databases; those on PostgreSQL carry the marker `postgres`."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from patrols.store.office import Office
from tests.databases import (
    Databases,
    DrivenClock,
    PostgresDatabases,
    SqliteDatabases,
    an_office,
    postgres_databases,
)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresDatabases]:
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with postgres_databases(run, worker) as databases:
        yield databases


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Databases)
    return found


@pytest.fixture
def clock() -> DrivenClock:
    return DrivenClock()


@pytest.fixture
def office(databases: Databases, clock: DrivenClock) -> Iterator[Office]:
    """An office with nothing in it but its tables."""
    with databases.copy_of("tables") as url:
        opened = an_office(url, clock)
        yield opened
        opened.store.close()


@pytest.fixture
def brussels(databases: Databases, clock: DrivenClock) -> Iterator[Office]:
    """The demo office of Brussels on the Wednesday before its week in review."""
    with databases.copy_of("brussels") as url:
        opened = an_office(url, clock)
        yield opened
        opened.store.close()
