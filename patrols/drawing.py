"""`tandem draw`: a roster from those near the best, by a seed under seal."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from patrols.solving import (
    FILE,
    read_lawful_roster,
    read_problem,
    refuse,
    refuse_unwritable,
)
from scheduler.errors import InvalidSeal
from scheduler.formats import (
    RosterFile,
    fingerprint,
    parse_seal,
    roster_fingerprint,
    roster_json,
    seal_json,
)
from scheduler.outcome import Level
from scheduler.predictability import in_all, predictability, predictability_change
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.seal import Drawn, Seal
from scheduler.wording import LANGUAGES

_NEW_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("problem_file", metavar="PROBLEM.json", type=FILE)
@click.argument("roster_file", metavar="ROSTER.json", type=FILE)
@click.option(
    "--within",
    type=click.FloatRange(0, 100),
    default=2.0,
    show_default=True,
    help="Percent by which the last level may cost more.",
)
@click.option("--give", type=int, multiple=True, help="A level that may cost more as well.")
@click.option("--effort", type=click.FloatRange(min=0.1), default=20.0, show_default=True)
@click.option("--out", metavar="DRAWN.json", type=_NEW_FILE)
@click.option("--seal", "seal_file", metavar="SEAL.json", type=_NEW_FILE, help="Where to keep it.")
@click.option("--open", "opened", metavar="SEAL.json", type=FILE, help="Draw again by this seal.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def draw(
    *,
    problem_file: Path,
    roster_file: Path,
    within: float,
    give: tuple[int, ...],
    effort: float,
    out: Path | None,
    seal_file: Path | None,
    opened: Path | None,
    language: str,
) -> None:
    """Draw a roster at random from those near ROSTER.json, the best for PROBLEM.json.

    The commitment printed first can be shown to anybody before the roster is published. The seal
    holds the seed: keep it to yourself until then. Whoever gets the two files and the seal
    afterwards draws the same roster again with --open, and reads the same commitment.
    """
    if out is not None:
        refuse_unwritable(out)
    problem = read_problem(problem_file)
    best = read_lawful_roster(roster_file, problem)
    if opened is not None:
        seal = _read_seal(opened)
    else:
        ours = fingerprint(problem), roster_fingerprint(best)
        seal = Seal(secrets.token_hex(32), *ours, within, effort, give)
        _keep(seal, seal_file or (out or roster_file).with_suffix(".seal.json"))
    click.echo(f"commitment {seal.commitment()}")
    drawn = _drawn(problem, best, seal, roster_file)
    _say(problem, best, drawn, language)
    written = roster_json(_on_paper(problem, drawn))
    if out is None:
        click.echo(written)
    else:
        out.write_text(written + "\n", encoding="utf-8")


def _read_seal(path: Path) -> Seal:
    try:
        return parse_seal(path.read_bytes())
    except InvalidSeal as error:
        refuse(path, error.faults)


def _keep(seal: Seal, path: Path) -> None:
    """Written before anything is drawn, for its owner's eyes, and never over another seal."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        refuse(path, (f"the seal cannot be written there ({error.strerror}): choose --seal",))
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(seal_json(seal) + "\n")
    click.echo(f"sealed in {path}: to be kept secret until the roster is published", err=True)


def _drawn(problem: RosterProblem, best: Roster, seal: Seal, roster_file: Path) -> Drawn:
    from scheduler import planner  # noqa: PLC0415 - the solver loads only where it runs

    try:
        return planner.draw(problem, best, seal)
    except InvalidSeal as error:
        refuse(roster_file, error.faults)


def _say(problem: RosterProblem, best: Roster, drawn: Drawn, language: str) -> None:
    for level in drawn.levels:
        click.echo(
            f"level {level.level}: {level.drawn}, best {level.best}, at most {level.at_most}"
        )
    for when, roster in (("before", best), ("after", drawn.roster)):
        score = in_all(predictability(problem, roster))
        click.echo(f"predictability {when}: {score.sentence(language)}")
    for change in predictability_change(problem, best, drawn.roster):
        click.echo(f"predictability {change.after.area}: {change.sentence(language)}")
    click.echo(f"drawn: {drawn.moved} of {len(best.assignments)} assignments moved")


def _on_paper(problem: RosterProblem, drawn: Drawn) -> RosterFile:
    return RosterFile(
        assignments=drawn.roster.assignments,
        problem=fingerprint(problem),
        status="drawn",
        levels=tuple(Level(level.level, level.drawn, None) for level in drawn.levels),
        commitment=drawn.commitment,
    )
