"""The page keeps what people write, results survive a stop, goals say how far they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.goals import GOALS
from tests.benchmarks.page import write_section
from tests.benchmarks.plan import WHERE, brief, long, public_files
from tests.benchmarks.runs import OURS, Kept, Result, Run
from tests.benchmarks.tables import goal_table, shift_table, week_table

RUN = Run(OURS, "Instance8", 60.0, 2, 1, "abc")
RESULT = Result(RUN, "feasible", (1330,), (1290,), 60.0, None, 300)
WEEK = Result(replace(RUN, instance="60-a"), "feasible", (0, 50, 400), (0, 49, 300), 60.0, 0.8, 9)


def test_a_section_replaces_itself_and_leaves_the_others_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n\nHead.\n\n## One\n\nold\n\n### Part\n\n## Ours\n\nkept\n")
    write_section("One", ["new", ""], page)
    write_section("Two", ["more"], page)
    assert page.read_text() == (
        "# Title\n\nHead.\n\n## One\n\nnew\n\n## Ours\n\nkept\n\n## Two\n\nmore\n"
    )


def test_what_was_run_is_not_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    performed: list[Run] = []

    def perform(run: Run, file: Path, roster: Path) -> Result:
        performed.append(run)
        return replace(RESULT, run=run)

    monkeypatch.setattr("tests.benchmarks.runs.perform", perform)
    for _ in range(2):
        kept = Kept(tmp_path / "results")
        assert kept.result(RUN, tmp_path / "Instance8.txt") == RESULT
        changed = replace(RUN, version="def")
        assert kept.has(changed) == (changed in performed)
        assert kept.result(changed, tmp_path / "Instance8.txt").run == changed
    assert performed == [RUN, replace(RUN, version="def")]


@pytest.fixture
def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nine instances and three weeks, as large as their names are long."""
    for name in [f"nrp/Instance{n}.txt" for n in range(1, 10)] + [
        "weeks/a",
        "weeks/bb",
        "weeks/c",
    ]:
        path = tmp_path / (name if "." in name else f"{name}.json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(path.stem)
    monkeypatch.setenv(WHERE, str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("public")
def test_instances_stand_in_order_of_number_and_weeks_of_size() -> None:
    names = [file.stem for file in public_files()]
    assert names == [*(f"Instance{n}" for n in range(1, 10)), "a", "c", "bb"]


@pytest.mark.usefixtures("public")
def test_the_long_plan_has_every_solver_and_budget_the_short_budgets_first() -> None:
    runs = [one.run for one in long(public_files())]
    ours = {(r.instance, r.seconds, r.seed) for r in runs if r.solver == OURS}
    assert {(name, s, seed) for name, s, seed in ours if name == "Instance9"} == {
        ("Instance9", s, seed) for s in (60, 600) for seed in (1, 2, 3)
    }
    assert {seconds for name, seconds, _ in ours if name == "bb"} == {60, 300}
    assert {run.solver for run in runs if run.instance == "bb"} >= {OURS, "cp-sat", "highs"}
    assert [run.seconds > 60 for run in runs] == sorted(run.seconds > 60 for run in runs)


@pytest.mark.usefixtures("public")
def test_the_brief_plan_leaves_a_third_of_a_quarter_of_an_hour_for_the_rest() -> None:
    planned = list(brief(public_files()))
    assert sum(one.run.seconds for one in planned) < 600
    assert {one.run.solver for one in planned if one.file.stem == "bb"} == {OURS}


def test_without_a_folder_there_are_no_public_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(WHERE, raising=False)
    assert public_files() == ()


def test_tables_put_solver_beside_solver() -> None:
    plain = replace(
        RESULT, run=replace(RUN, solver="cp-sat"), levels=(607,), bounds=(607,), status="optimal"
    )
    nothing = replace(RESULT, run=replace(RUN, seed=2), levels=None, bounds=None, status="unknown")
    row = shift_table([RESULT, nothing, plain], {"Instance8": "1300"})[2]
    assert row == (
        "| Instance8 | 1300 | 60 | 1330, none | 1290 | 60.0 s, 60.0 s | 607 (proven, 60.0 s) |"
    )
    assert week_table([WEEK])[2] == (
        "| 60-a | 60 | Tandem | 1 | 0.8 s | 0 (proven) | 50 (bound 49) | 400 (bound 300) | 9 MiB |"
    )


def test_a_goal_is_reached_or_says_by_how_much_it_is_missed() -> None:
    far = replace(RESULT, run=replace(RUN, seed=2), levels=(1500,))
    assert goal_table([RESULT])[2] == "| Instance8 | 60 | ≤ 1364 | reached |"
    assert goal_table([RESULT, far])[2] == (
        "| Instance8 | 60 | ≤ 1364 | missed with 1 of 2 seeds, worst by 10.0% |"
    )
    assert [line.split(" | ")[-1] for line in goal_table([WEEK])[2:-1]] == [
        *["reached |"] * 3,
        "reached |",
        "missed with 1 of 1 seeds, worst by 15.0% |",
    ]
    assert "no roster" in goal_table([replace(WEEK, levels=None, bounds=None)])[4]


def test_every_goal_has_a_budget_that_is_run() -> None:
    assert {goal.seconds for goal in GOALS} == {60, 300, 600}
