"""On the public problems themselves, where TANDEM_BENCHMARKS says where they are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.benchmarks.nrp.as_problem import instance_problem
from tests.benchmarks.nrp.instance import read_instance
from tests.benchmarks.plan import WHERE, public_files
from tests.benchmarks.runs import perform, run_of
from tests.benchmarks.test_twin_verdicts import ours
from tests.benchmarks.weeks.as_problem import week_problem
from tests.benchmarks.weeks.week import read_week

FILES = public_files()
SMALL = [file for file in FILES if file.stat().st_size < 100_000]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason=f"{WHERE} names no folder with public problems"),
]


@pytest.mark.parametrize("file", SMALL, ids=lambda file: file.stem)
def test_our_checkers_count_a_peer_s_roster_as_the_judge_does(file: Path, tmp_path: Path) -> None:
    """CP-SAT's, who knows nothing of our rules; `perform` refuses what the judge refuses."""
    roster = tmp_path / "roster.csv"
    result = perform(run_of("cp-sat", file, 15.0, 2, 1), file, roster)
    rows = [tuple(line.split(",")) for line in roster.read_text(encoding="utf-8").splitlines()]
    text = file.read_text(encoding="utf-8")
    of_shifts = file.suffix == ".txt"
    problem = instance_problem(read_instance(text)) if of_shifts else week_problem(read_week(text))
    verdict = ours(problem, rows[1:])
    assert verdict.broken == ()
    assert verdict.score == result.levels


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_reading_takes_less_than_two_seconds(file: Path) -> None:
    began = time.perf_counter()
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".txt":
        instance_problem(read_instance(text))
    else:
        week_problem(read_week(text))
    assert time.perf_counter() - began < 2
