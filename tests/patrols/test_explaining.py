import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from patrols.explaining import MOST_STEPS, explain
from scheduler import planner
from scheduler.duties import Need
from scheduler.explanation import Explanation, Gap
from scheduler.forces import Unit
from scheduler.formats import problem_json
from scheduler.outcome import Infeasible
from scheduler.problem import RosterProblem
from scheduler.rule import PreferenceInForce
from scheduler.wording import LANGUAGES
from tests.builders import a_duty, a_need, a_problem, a_unit
from tests.scheduler.test_explanation import MORNING, NIGHT, RULES, by_coordinator, firm

Pair = tuple[str, str]
Ask = Callable[..., Result]
WISHES = (PreferenceInForce("minimum-missed", 1), PreferenceInForce("target-missed", 2))
ONE = a_need(minimum=1)
NOTHING_SHORT = "No need that was asked about falls short of its target.\n"


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Explains a problem, with the roster of these pairs if there are any, on files."""

    def asked(problem: RosterProblem, *more: str, pairs: Iterable[Pair] | None = None) -> Result:
        file, roster = tmp_path / "problem.json", tmp_path / "roster.json"
        file.write_text(problem_json(problem), encoding="utf-8")
        arguments = [str(file), "--cores", "1", *more]
        if pairs is not None:
            assignments = [{"unit": unit, "duty": duty} for unit, duty in pairs]
            roster.write_text(json.dumps({"assignments": assignments}), encoding="utf-8")
            arguments.insert(1, str(roster))
        return CliRunner().invoke(explain, arguments)

    return asked


def impossible() -> RosterProblem:
    """One unit for two firm posts, with no rest between them."""
    return two_posts(a_unit("p1"), need=firm())


def two_posts(*units: Unit, need: Need = ONE) -> RosterProblem:
    duties = a_duty("night", *NIGHT, needs=(need,)), a_duty("morning", *MORNING, needs=(need,))
    return a_problem(units, duties, RULES, preferences=WISHES)


def short() -> RosterProblem:
    """p2 may go nowhere; the night wishes for two, the morning needs one."""
    night = a_duty("night", *NIGHT, needs=(a_need(minimum=1, target=2),))
    morning = a_duty("morning", *MORNING, needs=(ONE,))
    units = a_unit("p1"), a_unit("p2", areas=("bonnevie",))
    return a_problem(units, (night, morning), RULES, preferences=WISHES)


def test_an_impossible_week_names_the_rules_that_clash_and_who_may_grant_what(ask: Ask) -> None:
    told = ask(impossible())
    assert told.exit_code == 0, told.output
    first, *lines = told.output.splitlines()
    assert first == "No roster satisfies all rules in force; these clash:"
    assert lines[0].startswith("conflict firm-minimum: Firm minimums: peterbos, Mon 30 Nov, 22:00")
    assert lines[1].startswith("otherwise firm-minimum: ")
    assert lines[2] == "conflict minimum-rest: Daily rest: p1 · Tue 1 Dec"
    assert lines[4] == "Minimal: without any one of these parts a roster was found."
    remedies = [line for line in lines if line.startswith("remedy ")]
    assert [line.split(":")[0] for line in remedies] == ["remedy 1", "remedy 2"]
    assert all("to be granted by the coordinator." in line for line in remedies)


def test_a_gap_names_what_stands_against_filling_it_and_what_that_would_change(ask: Ask) -> None:
    told = ask(short(), pairs=[("p1", "night")])
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert lines[0] == (
        "peterbos, Tue 1 Dec, 06:00: 1 police team cannot be had as things stand; these clash:"
    ), "the worst gap: below its minimum, where the other is only below its target"
    assert {line.split(":")[0] for line in lines if line.startswith("conflict ")} == {
        "conflict lent-area",
        "conflict minimum-rest",
        "conflict needs",
    }
    assert any("no police team instead of 1 police team" in line for line in lines)
    assert "remedy 2: Level 1 of the score: 0 instead of 1." in lines
    reasons = [line for line in lines if line.startswith("reason: ")]
    assert reasons[-1] == (
        "reason: 1 of 2 units may not, for instance p2: p2 is not lent for peterbos."
    )


@pytest.mark.parametrize("named", [("--duty", "night"), ("--duty", "night", "--need", "police")])
def test_another_gap_is_explained_when_it_is_named(ask: Ask, named: tuple[str, ...]) -> None:
    told = ask(short(), *named, pairs=[("p1", "night")])
    assert told.exit_code == 0, told.output
    assert told.output.startswith("peterbos, Mon 30 Nov, 22:00: 2 police teams cannot be had")
    assert "conflict lent-area: Lent units: p2" in told.output


def test_a_gap_that_can_be_filled_is_told_so_with_what_that_gains(ask: Ask) -> None:
    told = ask(two_posts(a_unit("p1"), a_unit("p2")), pairs=[("p1", "night")])
    assert told.exit_code == 0
    first, *lines = told.output.splitlines()
    assert first == (
        "peterbos, Tue 1 Dec, 06:00: 1 police team can be had, with every rule respected and no "
        "need less met."
    )
    assert lines[:2] == [f"Level {n} of the score: 0 instead of 1." for n in (1, 2)]


@pytest.mark.parametrize("named", [(), ("--duty", "morning"), ("--need", "police")])
def test_of_a_roster_without_gaps_it_says_so_and_solves_nothing(
    ask: Ask, named: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(planner, "explain")
    full = [("p1", "night"), ("p2", "morning")]
    told = ask(two_posts(a_unit("p1"), a_unit("p2")), *named, pairs=full)
    assert (told.exit_code, told.output) == (0, NOTHING_SHORT)


def test_a_duty_that_has_all_it_wishes_for_is_no_gap_though_another_is(ask: Ask) -> None:
    told = ask(two_posts(a_unit("p1")), "--duty", "night", pairs=[("p1", "night")])
    assert (told.exit_code, told.output) == (0, NOTHING_SHORT)


def test_of_a_problem_that_has_a_roster_it_says_so(ask: Ask) -> None:
    told = ask(two_posts(a_unit("p1"), a_unit("p2"), need=firm()))
    assert (told.exit_code, told.output) == (0, "A roster satisfies all rules in force.\n")


@pytest.mark.parametrize(
    ("named", "fault"),
    [
        (("--duty", "x"), "unknown duty x: it is not in the problem"),
        (("--need", "x"), "unknown need x: no need of any duty is called so"),
        (("--duty", "night", "--need", "x"), "unknown need x: no need of night is called so"),
        (("--duty", "x", "--need", "x"), "unknown duty x: it is not in the problem"),
    ],
)
def test_who_asks_about_what_is_not_there_is_told_so(
    ask: Ask, named: tuple[str, ...], fault: str
) -> None:
    told = ask(short(), *named, pairs=[("p1", "night")])
    assert told.exit_code == 2
    assert told.output.splitlines() == [
        f"problem.json: {fault}",
        "problem.json: 1 fault(s); nothing was done",
    ]


def test_a_duty_can_only_be_asked_about_with_a_roster(ask: Ask) -> None:
    told = ask(impossible(), "--duty", "night")
    assert told.exit_code == 2
    assert "--duty and --need ask about a ROSTER.json: name it as well" in told.output


def test_all_faults_of_a_problem_are_listed_and_nothing_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "problem.json"
    text = problem_json(impossible()).replace('"city": "brussels"', '"city": 3')
    file.write_text(text, encoding="utf-8")
    told = CliRunner().invoke(explain, [str(file)])
    assert told.exit_code == 2
    assert "problem.json: city: Input should be a valid string" in told.output


def test_a_file_that_is_no_roster_is_refused(tmp_path: Path) -> None:
    file, roster = tmp_path / "problem.json", tmp_path / "roster.json"
    file.write_text(problem_json(short()), encoding="utf-8")
    roster.write_text("[]", encoding="utf-8")
    told = CliRunner().invoke(explain, [str(file), str(roster)])
    assert told.exit_code == 2
    assert told.output.endswith("roster.json: 1 fault(s); nothing was done\n")


def test_a_roster_of_strangers_is_refused(ask: Ask) -> None:
    told = ask(short(), pairs=[("x", "y")])
    assert told.exit_code == 2
    assert "unknown unit x" in told.output
    assert "unknown duty y" in told.output


def test_a_roster_that_breaks_rules_itself_is_refused_with_them(ask: Ask) -> None:
    told = ask(short(), pairs=[("p1", "night"), ("p1", "morning")])
    assert told.exit_code == 2
    assert told.output.startswith("roster.json: p1 rests 0 min between the duty that ends")


@pytest.mark.parametrize("language", [other for other in LANGUAGES if other != "en"])
def test_the_sentences_come_in_the_language_asked_for(ask: Ask, language: str) -> None:
    asked = [(impossible(), None), (short(), [("p1", "night")]), (a_problem(), [])]
    for problem, pairs in asked:
        english = ask(problem, pairs=pairs).output.splitlines()
        lines = ask(problem, "--language", language, pairs=pairs).output.splitlines()
        both = zip(lines, english, strict=True)
        assert all(line != other and "{" not in line for line, other in both)


def test_of_a_long_remedy_the_first_steps_are_named_and_how_many_there_are(ask: Ask) -> None:
    due = by_coordinator("minutes-in-horizon", minimum_minutes=60, maximum_minutes=600)
    units = [a_unit(f"p{n}") for n in range(MOST_STEPS + 2)]
    told = ask(a_problem(units, (), (due,)))
    steps = [line for line in told.output.splitlines() if line.startswith("remedy 1: ")]
    assert len(steps) == MOST_STEPS + 1
    assert steps[-1] == "remedy 1: … and 2 others"


def test_too_little_time_for_an_answer_is_said_and_exits_with_one(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = planner.explain

    def without_time(
        problem: RosterProblem, question: Infeasible | Gap, budget: planner.Budget
    ) -> Explanation:
        return real(problem, question, replace(budget, seconds=0.0))

    monkeypatch.setattr(planner, "explain", without_time)
    told = ask(impossible())
    assert told.exit_code == 1
    assert told.output == (
        "In the time given neither a roster was found, nor proven that there is none.\n"
    )
    told = ask(short(), pairs=[("p1", "night")])
    assert told.exit_code == 1
    assert "was not decided in the time given." in told.output
    assert "reason: " in told.output, "what the checkers say takes no solving"
