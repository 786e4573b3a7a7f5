import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from patrols.solving import check, solve
from scheduler.formats import problem_json
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation
from scheduler.rule import RuleInForce
from tests.builders import (
    a_duty,
    a_member,
    a_need,
    a_problem,
    a_unit,
    a_week,
    brussels,
    in_force,
)
from tests.scheduler.test_planner import RULES, WISHES


@pytest.fixture
def problem_file(tmp_path: Path) -> Path:
    return _written(tmp_path, brussels(*RULES, preferences=WISHES))


def _written(folder: Path, problem: RosterProblem) -> Path:
    file = folder / "problem.json"
    file.write_text(problem_json(problem), encoding="utf-8")
    return file


def _solved(problem_file: Path, *more: str) -> tuple[Result, Path]:
    out = problem_file.with_name("roster.json")
    arguments = [str(problem_file), "--effort", "0.5", "--out", str(out), *more]
    return CliRunner().invoke(solve, arguments), out


def _check(problem_file: Path, roster_file: Path, *more: str) -> Result:
    return CliRunner().invoke(check, [str(problem_file), str(roster_file), *more])


def test_what_solve_writes_check_finds_lawful(problem_file: Path) -> None:
    solved, out = _solved(problem_file)
    assert solved.exit_code == 0, solved.output
    assert "level 1 (minimum-missed): 14, bound 14: proven best possible" in solved.output
    checked = _check(problem_file, out)
    shortfalls = sum(line.startswith("shortfall ") for line in checked.output.splitlines())
    assert checked.exit_code == 0
    assert checked.output.splitlines()[-1] == f"0 violations, {shortfalls} shortfalls"


def test_an_assignment_that_breaks_a_rule_is_named_and_exits_with_one(
    problem_file: Path,
) -> None:
    pairs = [{"unit": "p1", "duty": f"{area}-Mon-early"} for area in ("peterbos", "clemenceau")]
    out = problem_file.with_name("roster.json")
    for there, broken in ((pairs[:1], False), (pairs, True)):
        out.write_text(json.dumps({"assignments": there}), encoding="utf-8")
        checked = _check(problem_file, out)
        assert checked.exit_code == int(broken)
        assert ("violation one-place-at-a-time unit=p1" in checked.output) is broken


def test_what_a_relaxation_excuses_is_told_with_who_granted_it_and_exits_with_zero(
    tmp_path: Path,
) -> None:
    away = a_unit("p1", a_member("m1", absences=(Span(0, 1440),)))
    problem = a_problem(
        (away,),
        (a_duty(),),
        (RuleInForce("absence", relaxable_by=("coordinator",)),),
        relaxations=(Relaxation("absence", "coordinator", "recalled", units=("p1",)),),
    )
    out = tmp_path / "roster.json"
    out.write_text('{"assignments": [{"unit": "p1", "duty": "duty"}]}', encoding="utf-8")
    checked = _check(_written(tmp_path, problem), out)
    assert checked.exit_code == 0, checked.output
    told, last = checked.output.splitlines()
    assert told == (
        "excused absence unit=p1 duty=duty: Members of p1 present for this duty: 0; "
        "at least 1 are needed. Relaxation granted by coordinator: recalled"
    )
    assert last == "0 violations, 0 shortfalls"


def test_an_empty_roster_is_lawful_and_every_need_of_it_is_listed(problem_file: Path) -> None:
    empty = problem_file.with_name("empty.json")
    empty.write_text('{"assignments": []}', encoding="utf-8")
    checked = _check(problem_file, empty)
    assert checked.exit_code == 0
    assert checked.output.splitlines()[-1] == "0 violations, 84 shortfalls"


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_the_sentences_come_in_the_language_asked_for(problem_file: Path, language: str) -> None:
    empty = problem_file.with_name("empty.json")
    empty.write_text('{"assignments": []}', encoding="utf-8")
    english = _check(problem_file, empty).output
    assert _check(problem_file, empty, "--language", language).output != english


def test_all_faults_of_a_problem_are_listed_and_nothing_is_written(tmp_path: Path) -> None:
    file = _written(tmp_path, brussels(*RULES))
    text = file.read_text(encoding="utf-8").replace('"city": "brussels"', '"city": 3')
    file.write_text(text, encoding="utf-8")
    solved, out = _solved(file)
    assert solved.exit_code == 2
    assert "problem.json: city: Input should be a valid string" in solved.output
    assert "nothing was done" in solved.output
    assert not out.exists()


def test_a_roster_of_strangers_is_refused_with_all_of_them(problem_file: Path) -> None:
    file = problem_file.with_name("strange.json")
    file.write_text('{"assignments": [{"unit": "x", "duty": "y"}]}', encoding="utf-8")
    checked = _check(problem_file, file)
    assert checked.exit_code == 2
    assert "unknown unit x" in checked.output
    assert "unknown duty y" in checked.output


def test_a_breach_of_a_patrol_names_every_unit_on_it(problem_file: Path) -> None:
    crowd = problem_file.with_name("crowd.json")
    pairs = [{"unit": unit, "duty": "peterbos-Mon-early"} for unit in ("p1", "p2", "p3")]
    crowd.write_text(json.dumps({"assignments": pairs}), encoding="utf-8")
    checked = _check(problem_file, crowd)
    assert checked.exit_code == 1
    assert "violation need-maximum unit=p1,p2,p3 duty=peterbos-Mon-early" in checked.output


def test_a_roster_of_another_problem_is_judged_with_a_note(problem_file: Path) -> None:
    out = problem_file.with_name("roster.json")
    roster = {"assignments": [], "problem": "of another week"}
    out.write_text(json.dumps(roster), encoding="utf-8")
    checked = _check(problem_file, out)
    assert checked.exit_code == 0
    assert "roster.json was made for another problem" in checked.stderr


@pytest.mark.slow
def test_the_same_effort_writes_the_same_file_to_the_byte(problem_file: Path) -> None:
    _, out = _solved(problem_file)
    first = out.read_bytes()
    _solved(problem_file)
    assert out.read_bytes() == first


def test_an_impossible_week_says_so_and_writes_nothing(tmp_path: Path) -> None:
    firm = a_need(minimum=1, target=1, firm=True)
    duties = [a_duty("one", needs=(firm,)), a_duty("two", needs=(firm,))]
    rules = [in_force("one-place-at-a-time"), in_force("firm-minimum")]
    solved, out = _solved(_written(tmp_path, a_problem([a_unit()], duties, rules)))
    assert solved.exit_code == 1
    assert solved.output.startswith("infeasible: no roster satisfies all rules")
    assert not out.exists()


def test_seconds_and_effort_exclude_each_other(problem_file: Path) -> None:
    solved, _ = _solved(problem_file, "--seconds", "3")
    assert solved.exit_code == 2
    assert "give --seconds or --effort, not both" in solved.output


def test_a_roster_that_cannot_be_written_is_one_sentence(problem_file: Path) -> None:
    out = problem_file.with_name("no-such-folder") / "roster.json"
    solved = CliRunner().invoke(solve, [str(problem_file), "--effort", "1", "--out", str(out)])
    assert solved.exit_code == 2
    assert "cannot be written" in solved.output


@pytest.mark.parametrize(
    ("monday", "rest"), [("2026-03-23", "10 h"), ("2026-10-19", None), ("2026-12-07", None)]
)
def test_rest_over_a_clock_change_is_counted_in_hours_that_pass(
    tmp_path: Path, monday: str, rest: str | None
) -> None:
    week = a_week(monday)
    saturday = date.fromisoformat(monday).replace(day=int(monday[-2:]) + 5)
    late, morning = week.at(saturday, 15 * 60), week.at(saturday, 34 * 60)
    duties = [
        a_duty("late", late, late + 8 * 60, horizon=week),
        a_duty("morning", morning, morning + 4 * 60, horizon=week),
    ]
    problem = a_problem([a_unit()], duties, RULES[:1], horizon=week)
    both = tmp_path / "both.json"
    pairs = [{"unit": "p1", "duty": duty} for duty in ("late", "morning")]
    both.write_text(json.dumps({"assignments": pairs}), encoding="utf-8")
    checked = _check(_written(tmp_path, problem), both)
    assert checked.exit_code == (1 if rest else 0)
    assert rest is None or f"rests {rest} between" in checked.output
