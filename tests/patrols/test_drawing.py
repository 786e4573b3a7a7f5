import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from patrols.drawing import draw
from patrols.solving import check
from scheduler.formats import RosterFile, parse_roster, parse_seal, problem_json, roster_json
from tests.scheduler.test_draw import matching


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A problem with six equal rosters, and one of them."""
    problem, best = matching(3)
    (tmp_path / "problem.json").write_text(problem_json(problem), encoding="utf-8")
    written = roster_json(RosterFile(best.assignments))
    (tmp_path / "roster.json").write_text(written, encoding="utf-8")
    return tmp_path


def _draw(folder: Path, *more: str) -> Result:
    files = [str(folder / "problem.json"), str(folder / "roster.json")]
    return CliRunner().invoke(draw, [*files, "--effort", "0.2", *more])


def _drawn(folder: Path, *more: str) -> tuple[Result, bytes]:
    out = folder / "drawn.json"
    done = _draw(folder, "--out", str(out), *more)
    assert done.exit_code == 0, done.output
    return done, out.read_bytes()


@pytest.mark.slow
def test_a_drawn_roster_is_lawful_and_carries_the_commitment_that_its_seal_opens(
    folder: Path,
) -> None:
    done, written = _drawn(folder)
    file = parse_roster(written)
    seal = parse_seal((folder / "drawn.seal.json").read_bytes())
    assert done.stdout.splitlines()[0] == f"commitment {file.commitment}"
    assert seal.opens(file.commitment)
    assert file.status == "drawn"
    checked = CliRunner().invoke(check, [str(folder / f"{f}.json") for f in ("problem", "drawn")])
    assert checked.exit_code == 0, checked.output
    assert "made for another problem" not in checked.output


@pytest.mark.slow
def test_whoever_opens_the_seal_draws_the_same_roster_to_the_byte(folder: Path) -> None:
    done, written = _drawn(folder)
    again, repeated = _drawn(folder, "--open", str(folder / "drawn.seal.json"))
    assert repeated == written
    assert again.stdout == done.stdout


@pytest.mark.slow
def test_every_draw_has_a_seed_of_its_own_that_is_told_to_nobody(folder: Path) -> None:
    seals = [folder / f"{n}.seal.json" for n in (1, 2)]
    outputs = [_drawn(folder, "--seal", str(seal)) for seal in seals]
    seeds = [json.loads(seal.read_text(encoding="utf-8"))["seed"] for seal in seals]
    assert seeds[0] != seeds[1]
    for seed, (done, written) in zip(seeds, outputs, strict=True):
        assert seed not in done.output + written.decode()
    assert [seal.stat().st_mode & 0o777 for seal in seals] == [0o600, 0o600]


@pytest.mark.slow
def test_the_score_stands_before_and_after_in_the_language_asked_for(folder: Path) -> None:
    done, _ = _drawn(folder, "--language", "nl")
    assert "predictability before: Alle patrouillegebieden samen: wie hetzelfde" in done.stdout
    assert "predictability after: Alle patrouillegebieden samen: wie hetzelfde" in done.stdout
    assert "level 1: 0, best 0, at most 0" in done.stdout


@pytest.mark.slow
def test_without_a_file_to_write_the_roster_follows_on_standard_output(folder: Path) -> None:
    done = _draw(folder)
    assert done.exit_code == 0, done.output
    roster = done.stdout[done.stdout.index("{") :]
    assert len(parse_roster(roster).assignments) == 3
    assert (folder / "roster.seal.json").exists()


def test_a_seal_is_never_written_over_another(folder: Path) -> None:
    seal = folder / "roster.seal.json"
    seal.write_text("kept", encoding="utf-8")
    done = _draw(folder)
    assert done.exit_code == 2
    assert (
        "roster.seal.json: the seal cannot be written there (File exists): choose --seal"
        in done.output
    )
    assert seal.read_text(encoding="utf-8") == "kept"


def test_a_file_that_is_no_seal_is_refused(folder: Path) -> None:
    done = _draw(folder, "--open", str(folder / "roster.json"))
    assert done.exit_code == 2
    assert "seed: Field required" in done.output


def test_a_file_that_is_no_roster_is_refused_before_a_seal_is_made(folder: Path) -> None:
    (folder / "roster.json").write_text("[]", encoding="utf-8")
    assert _draw(folder).exit_code == 2
    assert not (folder / "roster.seal.json").exists()


def test_a_roster_that_breaks_rules_is_refused_with_them_before_a_seal_is_made(
    folder: Path,
) -> None:
    crowd = {"assignments": [{"unit": unit, "duty": "d0"} for unit in ("p0", "p1")]}
    (folder / "roster.json").write_text(json.dumps(crowd), encoding="utf-8")
    done = _draw(folder)
    assert done.exit_code == 2
    assert "roster.json: a0, Mon 30 Nov, 06:00" in done.output
    assert not (folder / "roster.seal.json").exists()


@pytest.mark.slow
def test_a_seal_of_another_roster_does_not_open(folder: Path) -> None:
    _drawn(folder)
    (folder / "roster.json").write_text('{"assignments": []}', encoding="utf-8")
    done = _draw(folder, "--open", str(folder / "drawn.seal.json"))
    assert done.exit_code == 2
    assert "the seal was made for another roster" in done.output
