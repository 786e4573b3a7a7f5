from __future__ import annotations

from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

import patrols.bootstrap  # noqa: F401 - brings the records of every room
from patrols.access.accounts import create_account
from patrols.access.actor import SYSTEM
from patrols.errors import DatabaseUnusable
from patrols.store import migrations
from patrols.store.base import Base
from patrols.store.connection import connect
from patrols.store.demo_mark import is_marked
from patrols.store.office import Office
from patrols.store.unit_of_work import Store
from tests.databases import Databases


def shape(engine: Engine) -> dict[str, dict[str, Any]]:
    """Tables with their columns, checks, keys and indexes, by name."""
    seen = inspect(engine)
    return {
        table: {
            "columns": {
                c["name"]: (str(c["type"]), c["nullable"]) for c in seen.get_columns(table)
            },
            "checks": {c["name"]: c["sqltext"] for c in seen.get_check_constraints(table)},
            "unique": sorted(str(c["column_names"]) for c in seen.get_unique_constraints(table)),
            "foreign": sorted(str(c["constrained_columns"]) for c in seen.get_foreign_keys(table)),
            "indexes": sorted(str(c["name"]) for c in seen.get_indexes(table)),
        }
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def test_the_revisions_make_what_the_records_say(office: Office) -> None:
    with office.store.engine.begin() as connection:
        command.check(migrations.settings(connection, Base.metadata))


def test_checks_and_indexes_are_those_of_the_records_too(
    office: Office, databases: Databases
) -> None:
    migrated = shape(office.store.engine)
    with databases.copy_of("nothing") as url:
        bare = connect(url)
        Base.metadata.create_all(bare)
        expected = shape(bare)
        bare.dispose()
    for table in migrated.values():
        table["indexes"] = [name for name in table["indexes"] if name != "no_double_booking"]
    assert migrated == expected


def test_what_was_brought_up_can_be_taken_down_and_up_again(office: Office) -> None:
    office.store.downgrade(migrations.NOTHING)
    assert shape(office.store.engine) == {}
    office.store.migrate()
    assert "journal" in shape(office.store.engine)


def test_a_demo_office_of_an_earlier_version_is_known_by_its_accounts(brussels: Office) -> None:
    brussels.store.downgrade("0003")
    for email in ("planner@politie.example", "planner@tandem.example"):
        create_account(
            brussels, SYSTEM, email=email, name="Planner", password="demonstration", roles=[]
        )
        brussels.store.migrate()
        with brussels.store.reading() as session:
            assert is_marked(session) == email.endswith("@tandem.example")
        brussels.store.downgrade("0003")


def test_bringing_up_what_is_up_changes_nothing(brussels: Office) -> None:
    before = shape(brussels.store.engine)
    brussels.store.migrate()
    assert shape(brussels.store.engine) == before


def test_a_database_of_a_later_version_is_refused_with_a_sentence(office: Office) -> None:
    with office.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnusable, match="another version of Tandem"):
        office.store.migrate()


def test_a_revision_that_fails_leaves_nothing_behind(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with databases.copy_of("nothing") as url:
        store = Store(connect(url))
        with store.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE journal (id INTEGER)")
        with pytest.raises((DatabaseUnusable, DBAPIError)):
            store.migrate()
        assert set(inspect(store.engine).get_table_names()) == {"journal"}
        store.close()
