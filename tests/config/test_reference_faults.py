"""A damaged data file is refused with all its faults: file, entry, key, and what is allowed."""

from pathlib import Path

import pytest

from config.reference import FILES, InvalidFile, load_reference
from tests.config.conftest import Damage

FAULTS = [  # file, what stands there, what is written instead, what is said
    (
        "cities.toml",
        'confidence = "M"',
        'confidence = "sure"',
        "cities.toml: confidence: input should be 'V', 'V-', 'M' or 'A' (given: \"sure\")",
    ),
    ("cities.toml", 'id = "ghent"', 'id = "mons"', 'cities.toml: "mons" stands twice'),
    (
        "cities.toml",
        'nl = "Gent", ',
        "",
        'cities.toml: city "ghent", names, nl is missing',
    ),
    (
        "cities.toml",
        'nl = "Gent", ',
        'nl = "Gent", es = "Gante", ',
        'cities.toml: city "ghent", names, es is not a known key; allowed: en, nl, fr, de',
    ),
    (
        "zones.toml",
        'nis = "21009"',
        'nis = "2100"',
        'zones.toml: zone "5339", municipalities "2100", nis: string should match pattern',
    ),
    (
        "zones.toml",
        'nis = "21009"',
        'nis = "21012"',
        'zones.toml: "21012" stands twice',
    ),
    (
        "zones.toml",
        'city = "ghent"',
        'city = "gent"',
        'zones.toml: zone "5415", city: "gent" is not known; allowed: antwerp, brussels,',
    ),
    (
        "zones.toml",
        "valid_from = 2002-01-01",
        "valid_from = 2002-01-01\nvalid_to = 2001-01-01",
        'zones.toml: zone "5339", valid_to: must be after 2002-01-01',
    ),
    (
        "zones.toml",
        "not_after = 2028-01-31",
        "not_after = 2027-01-31",
        'zones.toml: planned_merger "brussels-single-zone", not_after: must not be before',
    ),
    (
        "areas.toml",
        "priority = 3",
        "priority = 7",
        'areas.toml: area "clemenceau", priority: input should be 1, 2 or 3 (given: 7)',
    ),
    (
        "areas.toml",
        'zone = "5344"',
        'zone = "5345"',
        'areas.toml: area "brussels-north", zone: "5345" is not known; allowed: 5339, 5340,',
    ),
    (
        "areas.toml",
        'municipalities = ["21012"]',
        'municipalities = ["21013"]',
        'areas.toml: area "bonnevie", municipalities: "21013" is not known; allowed: 21003,',
    ),
    (
        "areas.geojson",
        "[4.3297, 50.8396]]",
        "[4.3297, 50.8397]]",
        'areas.geojson: features "clemenceau": the ring is not closed',
    ),
    (
        "areas.geojson",
        '"id": "matonge"',
        '"id": "matongé"',
        'areas.geojson: features "matongé", id: string should match pattern',
    ),
    (
        "places.geojson",
        '"kind": "school"',
        '"kind": "academy"',
        'places.geojson: features "bethleem-school-4", properties, kind: input should be ',
    ),
    (
        "travel.csv",
        "clemenceau,0,13,",
        "clemenceau,0,14,",
        "travel.csv: from clemenceau to peterbos: must equal the way back, 13 (given: 14)",
    ),
    (
        "travel.csv",
        "clemenceau,0,13,",
        "clemenceau,0,soon,",
        "travel.csv: from clemenceau to peterbos: must be whole minutes from 0 to 240",
    ),
    (
        "travel.csv",
        "clemenceau,0,",
        "clemenceau,5,",
        "travel.csv: from clemenceau to clem",
    ),
    ("travel.csv", "clemenceau,0,", "clemenceau,", "travel.csv: row clemenceau must have 6"),
    ("travel.csv", "\nbethleem,", "\nbethlehem,", "travel.csv: the rows must be the columns"),
    ("travel.csv", "# source:", "# origin:", "travel.csv: source is missing"),
    (
        "holidays.toml",
        "easter_days = 1\n",
        'easter_days = 1\nfixed = "04-06"\n',
        'holidays.toml: holiday "easter-monday": give either fixed (MM-DD) or easter_days',
    ),
    (
        "holidays.toml",
        'fixed = "05-01"',
        'fixed = "02-29"',
        'holidays.toml: holiday "labour-day", fixed: 02-29 is not a day of every year',
    ),
    (
        "shifts.toml",
        'ends = "14:00"',
        'ends = "18:00"',
        'shifts.toml: shift "early": reporting to release may take 720 minutes (given: 750)',
    ),
    (
        "shifts.toml",
        'starts = "06:00"',
        'starts = "six"',
        'shifts.toml: shift "early", starts: ',
    ),
    (
        "qualifications.toml",
        'id = "first-aid"',
        'id = "weapon"',
        'qualifications.toml: "weapon" stands twice',
    ),
    (
        "forces.toml",
        "fictional = true",
        "fictional = false",
        "forces.toml: fictional: input should be True (given: false)",
    ),
    (
        "forces.toml",
        'number = "P-5339-001"',
        'number = "P-5340-001"',
        'forces.toml: unit "5339-A", member "P-5340-001", number: must begin with P-5339-',
    ),
    (
        "forces.toml",
        "police-lead =",
        "roe-briefing =",
        'forces.toml: unit "5339-A", member "P-5339-001", expires: "roe-briefing" is not known;',
    ),
    (
        "forces.toml",
        "smallest = 2",
        "smallest = 3",
        'forces.toml: unit "5339-A", smallest: must be from 1 to 2, its members',
    ),
    (
        "forces.toml",
        'who = "5340-D"',
        'who = "5340-Z"',
        'forces.toml: absence of "5340-Z", who: "5340-Z" is not known',
    ),
    (
        "forces.toml",
        "until_day = 7",
        "until_day = 0",
        'forces.toml: absence of "5340-D", until_day: must be after 0',
    ),
    (
        "forces.toml",
        'service = "5339"',
        'service = "DEF"',
        'forces.toml: unit "5339-A", service: "DEF" is not known; allowed: 5277,',
    ),
    (
        "coverage.toml",
        "minimum = 1, target = 1",
        "minimum = 2, target = 1",
        'coverage.toml: pattern "single", needs "police": minimum <= target <= maximum',
    ),
    (
        "coverage.toml",
        'shift = "early"\nweek = ["',
        'shift = "early"\nweek = ["guard ',
        'coverage.toml: patrol clemenceau early, mon: "guard" is not known; allowed: control,',
    ),
    (
        "coverage.toml",
        'shift = "early"\nweek = [',
        'shift = "early"\nweek = ["-", ',
        "coverage.toml: patrols number 1, week: tuple should have at most 7 items",
    ),
    (
        "coverage.toml",
        'place = "clemenceau-house-of-prayer"',
        'place = "matonge-court"',
        'coverage.toml: guard clemenceau late, place: "matonge-court" is not known; allowed: clem',
    ),
    (
        "coverage.toml",
        'qualification = "astrid-radio"',
        'qualification = "radio"',
        'coverage.toml: pattern "single", qualification: "radio" is not known; allowed: astrid-',
    ),
    (
        "coverage.toml",
        'tasks = ["identity-check", "search-person"]',
        'tasks = ["identity-checks", "search-person"]',
        'coverage.toml: pattern "control", needs "police", tasks: "identity-checks" is not known;',
    ),
    ("tasks.toml", 'id = "presence"', 'id = "cover"', 'tasks.toml: "cover" stands twice'),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[3])
def test_a_fault_names_file_entry_key_and_what_is_allowed(
    folder: Path, damage: Damage, fault: tuple[str, str, str, str]
) -> None:
    file, old, new, sentence = fault
    damage(file, old, new)

    with pytest.raises(InvalidFile) as refused:
        load_reference(folder)

    assert any(said.startswith(sentence) for said in refused.value.faults), str(refused.value)


def test_every_file_has_its_faults_tried() -> None:
    assert {file for file, *_ in FAULTS} == {file for file, _ in FILES.values()}


def test_the_faults_of_all_files_are_told_at_once(folder: Path, damage: Damage) -> None:
    damage("cities.toml", "latitude = 50.8467", 'latitude = "north"')
    damage("cities.toml", 'id = "ghent"', 'id = "Ghent!"')
    damage("shifts.toml", "night = true", "night = 1")
    (folder / "zones.toml").write_text("source = = 1\n", encoding="utf-8")
    (folder / "travel.csv").unlink()
    damage("areas.geojson", "{", "")

    with pytest.raises(InvalidFile) as refused:
        load_reference(folder)

    assert [fault.partition(":")[0] for fault in refused.value.faults] == [
        "cities.toml",
        "cities.toml",
        "zones.toml",
        "areas.geojson",
        "travel.csv",
        "shifts.toml",
    ]
    assert "line 1" in refused.value.faults[2]


def test_the_disagreements_of_all_files_are_told_at_once(folder: Path, damage: Damage) -> None:
    damage("zones.toml", 'city = "ghent"', 'city = "gent"')
    damage("forces.toml", 'home = "matonge"', 'home = "ixelles"')
    damage("coverage.toml", 'shift = "early"', 'shift = "dawn"')

    with pytest.raises(InvalidFile) as refused:
        load_reference(folder)

    assert [fault.partition(":")[0] for fault in refused.value.faults] == [
        "zones.toml",
        "forces.toml",
        "coverage.toml",
    ]


def test_a_file_that_holds_no_table_is_refused(folder: Path) -> None:
    (folder / "areas.geojson").write_text("[]", encoding="utf-8")

    with pytest.raises(InvalidFile, match=r"areas\.geojson: must hold one table"):
        load_reference(folder)
