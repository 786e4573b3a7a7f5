from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from patrols.bootstrap import framework_files
from patrols.engagement.records import FrameworkRecord, MandateRecord, RuleRecord
from patrols.errors import FaultyFile, NotAllowed
from patrols.journal.queries import entries
from patrols.procedures.framework_change import import_frameworks
from patrols.store.office import Office
from tests.architecture.sources import ROOT
from tests.databases import MONDAY
from tests.people import ADMINISTRATOR, PLANNER

PAGE = (ROOT / "docs" / "formats" / "framework.md").read_text(encoding="utf-8")
FRAMEWORK, MANDATE = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def told(office: Office, folder: Path, *texts: str) -> tuple[str, ...]:
    paths = []
    for number, text in enumerate(texts, start=1):
        paths.append(folder / f"file-{number}.toml")
        paths[-1].write_text(text, encoding="utf-8")
    files = framework_files(paths)
    return import_frameworks(office, ADMINISTRATOR, files=files, monday=MONDAY)


def faults(office: Office, folder: Path, *texts: str) -> tuple[str, ...]:
    before = known(office)
    with pytest.raises(FaultyFile) as refused:
        told(office, folder, *texts)
    assert known(office) == before
    return refused.value.faults


def known(office: Office) -> set[str]:
    with office.store.reading() as session:
        return {*session.scalars(select(FrameworkRecord.id)), *mandates(office)}


def mandates(office: Office) -> set[str]:
    with office.store.reading() as session:
        return set(session.scalars(select(MandateRecord.id)))


def test_a_framework_comes_in_with_its_rules_in_order(brussels: Office, tmp_path: Path) -> None:
    assert told(brussels, tmp_path, FRAMEWORK) == ("longer-rest",)
    with brussels.store.reading() as session:
        framework = session.get_one(FrameworkRecord, "longer-rest")
        assert framework.valid_from == datetime(2026, 12, 31, 23, tzinfo=UTC)
        assert framework.titles["de"] == "Längere Ruhe"
        [rule] = framework.rules
        [wish] = framework.preferences
    assert (rule.code, dict(rule.parameters)) == ("weekly-rest", {"rest_minutes": 2400})
    assert dict(rule.scope) == {"forces": ("police",)}
    assert rule.relaxable_by == ("coordinator",)
    assert (wish.code, wish.level, wish.weight) == ("target-missed", 2, 5)
    [entry] = entries(brussels, PLANNER, kind="framework", subject="longer-rest")
    assert entry.after["replaces"] == "police-working-time-rppol"


def test_what_it_replaces_holds_until_its_first_minute(brussels: Office, tmp_path: Path) -> None:
    told(brussels, tmp_path, FRAMEWORK)
    with brussels.store.reading() as session:
        replaced = session.get_one(FrameworkRecord, "police-working-time-rppol")
        assert replaced.valid_to == datetime(2026, 12, 31, 23, tzinfo=UTC)
        assert replaced.rules


def test_the_same_content_twice_changes_nothing(brussels: Office, tmp_path: Path) -> None:
    told(brussels, tmp_path, FRAMEWORK, MANDATE)
    comments = "# another layout\n" + FRAMEWORK.replace("weight = 5", "weight   =   5 # same")
    assert told(brussels, tmp_path, comments, MANDATE) == ()


@pytest.mark.parametrize(
    ("text", "number", "other"), [(FRAMEWORK, "2400", "2401"), (MANDATE, "12", "13")]
)
def test_a_known_id_with_other_content_is_refused(
    brussels: Office, tmp_path: Path, text: str, number: str, other: str
) -> None:
    told(brussels, tmp_path, text)
    [fault] = faults(brussels, tmp_path, text.replace(number, other))
    assert "is known with other content" in fault
    assert "give the new content a new id" in fault


def test_a_mandate_comes_in_with_its_hours(brussels: Office, tmp_path: Path) -> None:
    told(brussels, tmp_path, MANDATE)
    with brussels.store.reading() as session:
        mandate = session.get_one(MandateRecord, "brussels-2027")
    assert mandate.valid_to == datetime(2027, 6, 30, 22, tzinfo=UTC)
    assert mandate.hours[0]["from"] == "18:00"
    assert (mandate.areas, mandate.cap, mandate.fictional) == (("peterbos",), 12, False)


def test_a_fictional_mandate_counts_its_days_from_the_week_in_review(brussels: Office) -> None:
    with brussels.store.reading() as session:
        mandate = session.get_one(MandateRecord, "demo-brussels")
    assert mandate.fictional
    assert mandate.valid_from < datetime(2026, 11, 30, tzinfo=UTC) < mandate.valid_to


def test_all_faults_of_shape_in_all_files_are_told_at_once(
    brussels: Office, tmp_path: Path
) -> None:
    framework = (
        FRAMEWORK.replace('confidence = "A"', 'confidence = "sure"', 1)
        .replace("relaxable_by", "relaxed_by")
        .replace('forces = ["police"]', 'forces = ["navy"]')
    )
    found = faults(brussels, tmp_path, framework, MANDATE.replace("cap = 12", 'cap = "many"'))
    said = "\n".join(found)
    for place in (
        "file-1.toml: confidence",
        'file-1.toml: rule "weekly-rest", relaxed_by is not a known key; allowed: code, source',
        'file-1.toml: rule "weekly-rest", relaxable_by is missing',
        'file-1.toml: rule "weekly-rest", scope, forces',
        "file-2.toml: mandate, cap",
    ):
        assert place in said


def test_all_faults_of_meaning_in_all_files_are_told_at_once(
    brussels: Office, tmp_path: Path
) -> None:
    framework = (
        FRAMEWORK.replace("rest_minutes = 2400", "rest_minutes = -5")
        .replace('forces = ["police"]', 'areas = ["atlantis"], units = ["X-1"]')
        .replace('"police-working-time-rppol"', '"no-such-framework"')
        .replace("level = 2", "level = 0")
        .replace("valid_from = 2027-01-01", "valid_from = 2027-01-01\nvalid_to = 2026-01-01")
        .replace('code = "target-missed"', 'code = "good-mood"')
    )
    mandate = (
        MANDATE.replace('areas = ["peterbos"]', 'areas = ["atlantis"]')
        .replace("valid_to = 2027-07-01", "valid_to = 2026-07-01\nvalid_to_day = 3")
        .replace('city = "brussels"', 'city = "ostend"')
    )
    found = faults(brussels, tmp_path, framework, mandate)
    assert [fault.partition(" (")[0].partition("; ")[0] for fault in found] == [
        "file-1.toml: valid_to: must be after 2027-01-01",
        'file-1.toml: replaces: "no-such-framework" is not known',
        'file-1.toml: rule "weekly-rest": rest_minutes is -5',
        'file-1.toml: rule "weekly-rest", scope, areas: "atlantis" is not known',
        'file-1.toml: rule "weekly-rest", scope, units: "X-1" is not known',
        'file-1.toml: preference "good-mood": unknown preference',
        'file-2.toml: mandate "brussels-2027": give valid_from and valid_to',
        'file-2.toml: mandate "brussels-2027", city: "ostend" is not known',
        'file-2.toml: mandate "brussels-2027", areas: "atlantis" is not known',
        'file-2.toml: mandate "brussels-2027", hours: "peterbos" is not known',
    ]


def test_a_parameter_of_another_kind_is_told_once(brussels: Office, tmp_path: Path) -> None:
    [fault] = faults(brussels, tmp_path, FRAMEWORK.replace("2400", "40.5"))
    assert fault == 'file-1.toml: rule "weekly-rest": parameter rest_minutes is 40.5, not int'


def test_the_same_rule_twice_for_the_same_people_is_refused(
    brussels: Office, tmp_path: Path
) -> None:
    rule = FRAMEWORK[FRAMEWORK.index("[[rule]]") : FRAMEWORK.index("[[preference]]")]
    [fault] = faults(brussels, tmp_path, FRAMEWORK + rule)
    assert 'rule "weekly-rest": stands 2 times for the same scope' in fault


def test_a_file_that_holds_nothing_is_refused(brussels: Office, tmp_path: Path) -> None:
    empty = FRAMEWORK[: FRAMEWORK.index("[[rule]]")]
    assert "must hold at least one rule" in faults(brussels, tmp_path, empty)[0]


def test_a_file_that_is_no_toml_is_told_with_its_line(brussels: Office, tmp_path: Path) -> None:
    [fault] = faults(brussels, tmp_path, "id = \n")
    assert fault.startswith("file-1.toml: cannot be read")
    assert "line 1" in fault


def test_a_planner_changes_no_framework(brussels: Office) -> None:
    with pytest.raises(NotAllowed):
        import_frameworks(brussels, PLANNER, files={}, monday=MONDAY)


def test_every_shipped_rule_is_in_force_with_a_source(brussels: Office) -> None:
    with brussels.store.reading() as session:
        rules = session.scalars(select(RuleRecord)).all()
    assert len(rules) > 20
    assert all(rule.source for rule in rules)
