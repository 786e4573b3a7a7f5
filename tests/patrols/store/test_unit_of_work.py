from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, StatementError

from patrols.areas.records import AreaRecord
from patrols.errors import DatabaseUnusable, InputsChangedMeanwhile
from patrols.forces.records import ServiceRecord
from patrols.journal.records import JournalRecord
from patrols.store.connection import connect
from patrols.store.office import Office
from patrols.store.unit_of_work import Store
from scheduler.forces import Force


def a_service(name: str) -> ServiceRecord:
    return ServiceRecord(id=name, force=Force.POLICE, names={"en": name})


def known(office: Office, name: str) -> bool:
    with office.store.reading() as session:
        return session.get(ServiceRecord, name) is not None


def test_a_step_that_ends_well_is_kept(office: Office) -> None:
    with office.store.transaction() as work:
        work.session.add(a_service("9999"))
    assert known(office, "9999")


def test_of_a_step_that_fails_nothing_is_kept(office: Office) -> None:
    with suppress(RuntimeError), office.store.transaction() as work:
        work.session.add(a_service("9999"))
        work.session.flush()
        raise RuntimeError
    assert not known(office, "9999")


def test_a_reading_cannot_write(office: Office) -> None:
    with office.store.reading() as session:
        session.add(a_service("9999"))
        with pytest.raises(DBAPIError):
            session.flush()
    assert not known(office, "9999")


def test_after_a_reading_the_same_connection_writes_again(office: Office) -> None:
    assert not known(office, "9999")
    with office.store.transaction() as work:
        work.session.add(a_service("9999"))


def test_two_who_change_the_same_thing_at_once_are_told(brussels: Office) -> None:
    with brussels.store.reading() as session:
        seen = session.get_one(AreaRecord, "peterbos")
    give_priority(brussels, 1)
    with pytest.raises(InputsChangedMeanwhile):
        give_priority(brussels, 3, seen)


def give_priority(office: Office, priority: int, seen: AreaRecord | None = None) -> None:
    with office.store.transaction() as work:
        area = seen or work.session.get_one(AreaRecord, "peterbos")
        work.session.add(area)
        area.priority = priority


def test_writers_who_come_together_wait_for_each_other(office: Office) -> None:
    def write(number: int) -> None:
        with office.store.transaction() as work:
            there = work.session.query(ServiceRecord).count()
            work.session.add(a_service(f"S{number}-{there}"[:8]))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(8)))
    with office.store.reading() as session:
        assert session.query(ServiceRecord).count() == 8


def test_an_instant_without_an_offset_is_refused(office: Office) -> None:
    with (
        pytest.raises(StatementError, match="needs an offset"),
        office.store.transaction() as work,
    ):
        work.session.add(an_entry(datetime(2026, 11, 30, 8)))  # noqa: DTZ001 - the fault


def test_instants_come_back_in_utc_and_json_comes_back_frozen(office: Office) -> None:
    at = datetime.fromisoformat("2026-10-25T02:30:00+01:00")
    with office.store.transaction() as work:
        work.session.add(an_entry(at))
    with office.store.reading() as session:
        entry = session.query(JournalRecord).one()
    assert entry.at == at
    assert entry.at.tzinfo is UTC
    assert entry.after["parts"] == ("peterbos", "defence")
    with pytest.raises(TypeError):
        entry.after["parts"] = ()


def an_entry(at: datetime) -> JournalRecord:
    return JournalRecord(
        at=at,
        account_id="a",
        account_name="A",
        step="weekly_roster.sign",
        subject_kind="roster",
        subject_id="1",
        after={"parts": ["peterbos", "defence"]},
    )


def missing_folder(folder: Path) -> str:
    return f"sqlite:///{folder}/none/tandem.sqlite3"


def a_folder_in_its_place(folder: Path) -> str:
    (folder / "tandem.sqlite3").mkdir()
    return f"sqlite:///{folder}/tandem.sqlite3"


def not_a_database(folder: Path) -> str:
    (folder / "tandem.sqlite3").write_text("a letter to the minister\n" * 100)
    return f"sqlite:///{folder}/tandem.sqlite3"


def nobody_listens(folder: Path) -> str:
    return f"postgresql://tandem@/tandem?host={folder}"


def nonsense(_folder: Path) -> str:
    return "tandem.db"


@pytest.mark.parametrize(
    "address", [missing_folder, a_folder_in_its_place, not_a_database, nobody_listens, nonsense]
)
def test_a_database_that_cannot_be_used_says_so_in_one_sentence(
    tmp_path: Path, address: Callable[[Path], str]
) -> None:
    with pytest.raises(DatabaseUnusable) as refused:
        Store(connect(address(tmp_path))).migrate()
    sentence = str(refused.value)
    assert sentence.startswith("The database ")
    assert "\n" not in sentence


def test_a_database_that_may_not_be_written_to_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, _mode: Path(path) != tmp_path)
    with pytest.raises(DatabaseUnusable, match="may not be written to"):
        connect(f"sqlite:///{tmp_path}/tandem.sqlite3")
