from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import DrivenClock, SqliteDatabases, an_office
from tests.web.site import Site, patrols_of, with_accounts


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    folder = tmp_path_factory.mktemp("site")
    with SqliteDatabases(folder).copy_of("brussels") as url:
        office = an_office(url, DrivenClock())
        roster_id = with_accounts(office)
        office.store.close()
        yield Path(url.removeprefix("sqlite:///")), roster_id


@pytest.fixture
def site(prepared: tuple[Path, int], tmp_path: Path) -> Iterator[Site]:
    database, roster_id = prepared
    copy = shutil.copyfile(database, tmp_path / "site.sqlite3")
    office = an_office(f"sqlite:///{copy}", DrivenClock())
    yield Site(office, patrols_of(office, tmp_path), roster_id)
    office.store.close()
