"""The shipped frameworks: complete heads, complete rules, honest sources, four languages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from config.frameworks import FOLDER
from config.reading import parse
from config.reference import Reference

LANGUAGES = {"en", "nl", "fr", "de"}
ROLES = {"commander", "coordinator", "defence-liaison"}
SCOPES = {"forces", "kinds", "areas", "units", "contracts"}
WEEKDAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

Table = dict[str, Any]


@pytest.fixture(scope="module")
def frameworks() -> dict[str, Table]:
    return {path.stem: parse(path) for path in FOLDER.glob("*.toml")}


def rules(frameworks: dict[str, Table]) -> Iterator[Table]:
    for framework in frameworks.values():
        yield from framework.get("rule", [])


def test_every_framework_has_a_head_and_bears_the_name_of_its_file(
    frameworks: dict[str, Table],
) -> None:
    for name, framework in frameworks.items():
        assert framework["id"] == name
        assert set(framework["title"]) == LANGUAGES
        assert len(set(framework["title"].values())) > 1
        assert isinstance(framework["valid_from"], date)
        assert framework["sources"]
        assert framework["confidence"] in ("V", "V-", "M", "A")


def test_every_rule_says_parameters_scope_source_confidence_and_who_may_relax(
    frameworks: dict[str, Table],
) -> None:
    for rule in rules(frameworks):
        optional = {"note", "valid_from", "valid_to"}
        assert set(rule) - optional == {
            "code",
            "parameters",
            "scope",
            "source",
            "confidence",
            "relaxable_by",
        }
        assert set(rule["scope"]) <= SCOPES
        assert rule["source"]
        assert rule["confidence"] in ("V", "V-", "M", "A")
        assert set(rule["relaxable_by"]) <= ROLES
        note = rule.get("note")
        assert note is None or len(set(note.values())) == len(LANGUAGES) == len(note)


def test_police_and_soldiers_have_their_own_working_time(frameworks: dict[str, Table]) -> None:
    for name, force in (
        ("police-working-time-rppol", "police"),
        ("military-working-time-default", "military"),
    ):
        assert all(rule["scope"] == {"forces": [force]} for rule in frameworks[name]["rule"])


def test_nobody_may_relax_what_soldiers_may_never_do(frameworks: dict[str, Table]) -> None:
    never = {"authorised-area", "authorised-hours", "mandate-cap", "forbidden-tasks"}

    assert all(not rule["relaxable_by"] for rule in rules(frameworks) if rule["code"] in never)


def test_the_rest_of_the_police_is_that_of_the_decree(frameworks: dict[str, Table]) -> None:
    rest = frameworks["police-working-time-rppol"]["rule"][0]

    assert rest["code"] == "minimum-rest"
    assert rest["confidence"] == "V"
    assert rest["parameters"] == {
        "rest_minutes": 11 * 60,
        "consent_rest_minutes": 10 * 60,
        "consent_ends_from_minute": 20 * 60,
        "consent_ends_until_minute": 23 * 60,
        "overrun_rest_minutes": 8 * 60,
    }


def test_what_is_our_own_proposal_never_passes_for_law(frameworks: dict[str, Table]) -> None:
    for rule in rules(frameworks):
        if "roposal" in rule["source"].split(":")[0]:
            assert rule["confidence"] in ("A", "M")


def test_languages_are_asked_for_where_they_are_spoken(
    frameworks: dict[str, Table], reference: Reference
) -> None:
    [pair] = [rule for rule in rules(frameworks) if rule["code"] == "language-pair"]
    of_brussels = {area.id for area in reference.areas.area if area.city == "brussels"}

    assert set(pair["scope"]["areas"]) == of_brussels
    assert "other cities" in pair["note"]["en"]


@pytest.mark.parametrize(
    ("code", "force", "said"),
    [
        ("weekly-rest", "police", "Our reading, to be confirmed."),
        ("weekly-rest", "military", "Our reading, to be confirmed."),
        ("police-lead", None, "our proposal, to be confirmed."),
    ],
)
def test_a_reading_of_our_own_is_noted(
    frameworks: dict[str, Table], code: str, force: str | None, said: str
) -> None:
    [rule] = [
        rule
        for rule in rules(frameworks)
        if rule["code"] == code and rule["scope"].get("forces", [None]) == [force]
    ]

    assert rule["note"]["en"].endswith(said)


def test_preferences_have_levels_and_weights(frameworks: dict[str, Table]) -> None:
    wishes = frameworks["preferences-default"]["preference"]

    assert {wish["code"]: (wish["level"], wish["weight"]) for wish in wishes} == {
        "minimum-missed": (1, 1),
        "target-missed": (2, 1),
        "fair-nights": (3, 3),
        "fair-weekends": (3, 3),
        "familiar-area": (3, 1),
        "fewest-changes": (3, 2),
    }


def test_the_demo_mandate_is_fictional_and_complete(
    frameworks: dict[str, Table], reference: Reference
) -> None:
    mandate = frameworks["mandate-demo"]["mandate"]
    areas = {area.id for area in reference.areas.area}

    assert mandate["fictional"] is True
    assert mandate["cap"] == reference.forces.strength("military")
    assert mandate["valid_from_day"] <= -28 < 7 <= mandate["valid_to_day"]
    assert set(mandate["areas"]) == {window["area"] for window in mandate["hours"]} == areas
    assert all(set(window["weekdays"]) <= WEEKDAYS for window in mandate["hours"])
    for key in ("names", "authority", "legal_basis"):
        assert set(mandate[key]) == LANGUAGES


def test_soldiers_may_patrol_at_night_in_some_areas_only(frameworks: dict[str, Table]) -> None:
    mandate = frameworks["mandate-demo"]["mandate"]
    at_night = {w["area"] for w in mandate["hours"] if w["until"] <= w["from"] == "06:00"}

    assert len(at_night) >= 2
    assert at_night < set(mandate["areas"])
