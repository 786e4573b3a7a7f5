"""Peers are given the same problem: what they prove best, we prove best."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.judges import judge_shifts
from tests.benchmarks.peers import PEERS
from tests.benchmarks.runs import OURS, perform, run_of
from tests.benchmarks.small import INSTANCE, a_duty, a_week, week_text

WEEK = week_text(a_week(duties=[a_duty(d, s) for d in (0, 1, 6) for s in ("early", "night")]))
PROVING = ("cp-sat", "highs")
FILES: Mapping[str, str] = {"tiny.txt": INSTANCE, "tiny.json": WEEK}


def proven(solver: str, name: str, folder: Path) -> tuple[int, ...] | None:
    """By our judge, who refuses what breaks a rule."""
    file = folder / name
    file.write_text(FILES[name], encoding="utf-8")
    run = run_of(solver, file, 20.0, 2, 1)
    result = perform(run, file, folder / "roster.csv")
    assert result.proven
    assert result.memory_mib > 0
    return result.levels


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("peer", PROVING)
def test_a_peer_proves_the_same_optimum(peer: str, name: str, tmp_path: Path) -> None:
    assert proven(peer, name, tmp_path) == proven(OURS, name, tmp_path)


@pytest.mark.slow
def test_a_peer_sees_what_nobody_can_do(tmp_path: Path) -> None:
    file = tmp_path / "tiny.txt"
    text = INSTANCE.replace("B,E=9|L=0,4320,1440", "B,E=2|L=0,4320,1440")
    file.write_text(text, encoding="utf-8")
    for peer in PROVING:
        command = [sys.executable, "-m", PEERS[peer].module, str(file), "--seconds", "20"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        told: dict[str, Any] = json.loads(done.stdout)
        assert (told["status"], told["objective"]) == ("infeasible", None)


@pytest.mark.slow
@pytest.mark.skipif(not PEERS["timefold"].present, reason="Timefold is not installed")
def test_timefold_finds_a_roster_that_our_judge_counts_as_it_does(tmp_path: Path) -> None:
    file, roster = tmp_path / "tiny.txt", tmp_path / "roster.csv"
    file.write_text(INSTANCE, encoding="utf-8")
    command = [sys.executable, "-m", PEERS["timefold"].module, str(file), "--out", str(roster)]
    done = subprocess.run([*command, "--seconds", "20"], check=True, capture_output=True)
    verdict = judge_shifts(INSTANCE, roster.read_text(encoding="utf-8"))
    assert (verdict.broken, verdict.score) == ((), (json.loads(done.stdout)["objective"],))
