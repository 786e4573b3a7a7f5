import json
from dataclasses import replace
from pathlib import Path
from random import Random

import jsonschema
import pytest

from scheduler.errors import InvalidProblem, InvalidRoster
from scheduler.formats import (
    RosterFile,
    fingerprint,
    parse_problem,
    parse_roster,
    problem_json,
    roster_in,
    roster_json,
    schemas,
)
from scheduler.outcome import Level
from scheduler.roster import Assignment, Role
from scheduler.wording import Name, Thing
from tests.builders import brussels, in_force
from tests.scheduler.micro_weeks import micro_week, random_roster

FORMATS = Path(__file__).parents[2] / "docs" / "formats"


@pytest.mark.parametrize("seed", range(20))
def test_a_problem_comes_back_from_json_as_it_went(seed: int) -> None:
    problem = micro_week(Random(seed), (in_force("hours-in-24h", maximum_minutes=720),))
    again = parse_problem(problem_json(problem))
    assert again == problem
    assert fingerprint(again) == fingerprint(problem)


def test_a_problem_written_before_there_was_a_vocabulary_is_read_as_before() -> None:
    problem = brussels()
    old = json.loads(problem_json(problem))
    del old["vocabulary"]
    assert parse_problem(json.dumps(old)) == problem


def test_the_vocabulary_comes_back_from_json_as_it_went() -> None:
    named = replace(brussels(), vocabulary=(Name(Thing.TASK, "arrest", "a", "b", "c", "d"),))
    assert parse_problem(problem_json(named)) == named


def test_a_thing_with_two_names_is_refused() -> None:
    arrest = Name(Thing.TASK, "arrest", "a", "b", "c", "d")
    with pytest.raises(InvalidProblem, match="name of task arrest stands 2 times: keep one"):
        replace(brussels(), vocabulary=(arrest, arrest))


def test_a_roster_comes_back_from_json_as_it_went() -> None:
    file = RosterFile(
        (Assignment("p1", "d", Role.POLICE_LEAD, pinned=True),),
        status="drafted",
        levels=(Level(1, 4, None), Level(2, 0, 0)),
        seconds=1.5,
    )
    assert parse_roster(roster_json(file)) == file
    assert json.loads(roster_json(file))["assignments"][0]["unit"] == "p1"


def test_a_bare_list_of_assignments_is_a_roster() -> None:
    file = parse_roster('{"assignments": [{"unit": "p1", "duty": "d"}]}')
    assert roster_in(file).pairs == {("p1", "d")}


def test_what_is_written_fits_the_published_schemas() -> None:
    problem = micro_week(Random(1), (in_force("absence"),))
    file = RosterFile(random_roster(Random(1), problem).assignments)
    for text, name in (
        (problem_json(problem), "tandem-problem-1"),
        (roster_json(file), "tandem-roster-1"),
    ):
        schema = json.loads((FORMATS / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.validate(json.loads(text), schema)


@pytest.mark.parametrize("name", schemas())
def test_the_published_schemas_are_those_of_the_code(name: str) -> None:
    file = FORMATS / f"{name.replace('/', '-')}.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == schemas()[name]


def _broken(**changes: object) -> str:
    return json.dumps(json.loads(problem_json(brussels())) | changes)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "Invalid JSON"),
        ("[]", "Input should be an object"),
        (_broken(city=3), "city: Input should be a valid string"),
        (_broken(weak=3), "weak: Unexpected keyword argument"),
        (_broken(format="tandem-problem/9"), "this version of Tandem reads 'tandem-problem/1'"),
        (_broken(rules=[{"code": "no-such"}]), "rules, no-such: unknown rule; there are absence"),
        (
            _broken(rules=[{"code": "hours-in-24h", "parameters": {"minimum": 3}}]),
            "rules, hours-in-24h: unknown parameter minimum; there are maximum_minutes",
        ),
        (
            _broken(rules=[{"code": "hours-in-24h", "parameters": {"maximum_minutes": -3}}]),
            "rules, hours-in-24h: maximum_minutes is -3; at least",
        ),
        (_broken(preferences=[{"code": "x", "level": 1}]), "preferences, x: unknown preference"),
        (
            _broken(preferences=[{"code": "fair-nights", "level": 0, "weight": -1}]),
            "preferences, fair-nights: level is 0; at least 1",
        ),
    ],
)
def test_a_malformed_problem_is_refused_by_the_name_of_what_is_wrong(
    text: str, sentence: str
) -> None:
    with pytest.raises(InvalidProblem) as refused:
        parse_problem(text)
    assert any(sentence in fault for fault in refused.value.faults), refused.value.faults


def test_a_number_that_is_no_number_is_refused() -> None:
    text = problem_json(brussels()).replace('"minutes": 10080', '"minutes": NaN')
    with pytest.raises(InvalidProblem):
        parse_problem(text)


@pytest.mark.parametrize("text", ["", "{}", '{"assignments": [{"unit": 1}]}', '{"roster": []}'])
def test_a_malformed_roster_is_refused(text: str) -> None:
    with pytest.raises(InvalidRoster):
        parse_roster(text)


def test_a_roster_of_another_version_is_refused() -> None:
    with pytest.raises(InvalidRoster, match="tandem-roster/1"):
        parse_roster('{"format": "tandem-roster/7", "assignments": []}')
