"""Each solver's command: one line of JSON, one roster, and nothing where the file is faulty."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.command import SHIFTS, WEEKS, Answer, Effort, Entry, answer
from tests.benchmarks.judges import judge_shifts, judge_week
from tests.benchmarks.nrp.__main__ import solve as solve_instance
from tests.benchmarks.nrp.instance import Instance
from tests.benchmarks.small import BEST_PENALTY, INSTANCE, a_duty, a_unit, a_week, week_text
from tests.benchmarks.weeks.__main__ import solve as solve_week

OURS = (Entry(SHIFTS, solve_instance), Entry(WEEKS, solve_week))
EMPTY = Entry(SHIFTS, lambda instance, effort: Answer((), (7,), (7,)))


def ask(file: Path, *more: str, entries: tuple[Entry[Instance], ...] = (EMPTY,)) -> int:
    return answer(*entries, arguments=[str(file), *more])


def a_file(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_an_instance_is_solved_to_the_judge_s_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, roster = a_file(tmp_path, "tiny.txt", INSTANCE), tmp_path / "roster.csv"
    assert answer(*OURS, arguments=[str(file), "--seconds", "30", "--out", str(roster)]) == 0
    told = json.loads(capsys.readouterr().out)
    verdict = judge_shifts(INSTANCE, roster.read_text(encoding="utf-8"))
    assert verdict.broken == ()
    assert set(told) == {"instance", "objective", "bound", "seconds", "status"}
    assert (told["instance"], told["objective"]) == ("tiny", verdict.score[0])
    assert (told["bound"], told["status"]) == (BEST_PENALTY, "optimal")


@pytest.mark.slow
def test_a_week_is_solved_to_the_judge_s_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, roster = a_file(tmp_path, "tiny.json", week_text()), tmp_path / "roster.csv"
    assert answer(*OURS, arguments=[str(file), "--seconds", "3", "--out", str(roster)]) == 0
    told = json.loads(capsys.readouterr().out)
    verdict = judge_week(week_text(), roster.read_text(encoding="utf-8"))
    assert verdict.broken == ()
    assert tuple(told["levels"]) == verdict.score
    assert len(told["bounds"]) == 3
    assert 0 < told["first_seconds"] <= told["seconds"]


def test_what_nobody_can_do_is_told_as_infeasible_and_no_roster_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = INSTANCE.replace("B,E=9|L=0,4320,1440", "B,E=2|L=0,4320,1440")
    file, roster = a_file(tmp_path, "tiny.txt", text), tmp_path / "roster.csv"
    assert answer(*OURS, arguments=[str(file), "--seconds", "30", "--out", str(roster)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["objective"], told["bound"]) == ("infeasible", None, None)
    assert not roster.exists()


def test_a_week_with_nothing_to_do_is_an_empty_roster_proven_best(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = week_text(a_week(duties=[]))
    file, roster = a_file(tmp_path, "idle.json", text), tmp_path / "roster.csv"
    assert answer(*OURS, arguments=[str(file), "--seconds", "30", "--out", str(roster)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["levels"], told["bounds"], told["status"]) == ([0] * 3, [0] * 3, "optimal")
    assert roster.read_text(encoding="utf-8") == "unit,duty\n"


def test_soldiers_alone_go_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    week = a_week(units=[a_unit("m1", 3, "nl", "fr")], duties=[a_duty(0, "late")])
    file = a_file(tmp_path, "soldiers.json", week_text(week))
    assert answer(*OURS, arguments=[str(file), "--seconds", "30"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["levels"], told["status"]) == ([4, 10, 0], "optimal")


def test_a_faulty_file_is_refused_with_all_its_faults_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = INSTANCE.replace("E,480,", "E,x,").replace("A,2\n", "Z,2\n")
    file, roster = a_file(tmp_path, "bad.txt", text), tmp_path / "roster.csv"
    assert ask(file, "--out", str(roster)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.partition(":")[0] for line in said.err.splitlines()] == ["line 7", "line 17"]
    assert [path.name for path in tmp_path.iterdir()] == ["bad.txt"]


def test_a_file_that_is_not_there_or_no_text_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(tmp_path / "none.txt") == 2
    (tmp_path / "binary.txt").write_bytes(b"SECTION_\xff")
    assert ask(tmp_path / "binary.txt") == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


@pytest.mark.parametrize(
    "option", [("--seconds", "0"), ("--seconds", "nan"), ("--cores", "0"), ("--out", "no/where")]
)
def test_options_without_sense_are_refused_before_anything_is_solved(
    option: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        ask(a_file(tmp_path, "tiny.txt", INSTANCE), *option)
    assert refused.value.code == 2
    assert option[0] in capsys.readouterr().err


def test_reading_is_part_of_the_time(tmp_path: Path) -> None:
    seen: list[float] = []

    def solve(instance: Instance, effort: Effort) -> Answer:
        seen.append(effort.left())
        return Answer(None)

    ask(a_file(tmp_path, "tiny.txt", INSTANCE), "--seconds", "9", entries=(Entry(SHIFTS, solve),))
    assert 0 < seen[0] < 9
