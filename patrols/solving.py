"""`tandem solve` and `tandem check`: files in, files out, no database at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from scheduler.check import Judgement, judge
from scheduler.errors import InvalidProblem, InvalidRoster
from scheduler.formats import (
    RosterFile,
    fingerprint,
    parse_problem,
    parse_roster,
    roster_in,
    roster_json,
)
from scheduler.outcome import Incumbent, Infeasible, Level, Outcome, OutOfTime
from scheduler.seal import reasons_against
from scheduler.wording import LANGUAGES

if TYPE_CHECKING:
    from scheduler.planner import Budget
    from scheduler.problem import RosterProblem
    from scheduler.roster import Roster
    from scheduler.rule import Violation

FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)


@click.command()
@click.argument("problem_file", metavar="PROBLEM.json", type=FILE)
@click.option("--seconds", type=click.FloatRange(min=0.1), help="Time to search (default 60).")
@click.option("--effort", type=click.FloatRange(min=0.1), help="Repeatable effort, not time.")
@click.option("--cores", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option("--out", metavar="ROSTER.json", type=click.Path(path_type=Path, dir_okay=False))
def solve(
    *,
    problem_file: Path,
    seconds: float | None,
    effort: float | None,
    cores: int,
    seed: int,
    out: Path | None,
) -> None:
    """Draft the best lawful roster for PROBLEM.json.

    With --seconds it stops on time with the best so far; with --effort the same file, seed,
    cores and effort give the same roster.
    """
    from scheduler.planner import Budget  # noqa: PLC0415 - the solver loads only where it runs

    if seconds is not None and effort is not None:
        raise click.UsageError("give --seconds or --effort, not both")
    if out is not None:
        refuse_unwritable(out)
    problem = read_problem(problem_file)
    budget = Budget(None if effort else seconds or 60.0, effort, cores, seed)
    written = roster_json(
        _drafted(problem, _with_bar(problem, budget), repeatable=effort is not None)
    )
    if out is None:
        click.echo(written)
    else:
        out.write_text(written + "\n", encoding="utf-8")


def _drafted(problem: RosterProblem, outcome: Outcome, *, repeatable: bool) -> RosterFile:
    """The best roster, with what can be said of it; no roster ends the command with 1."""
    if isinstance(outcome, Infeasible):
        click.echo("infeasible: no roster satisfies all rules in force (proven)")
        sys.exit(1)
    roster = outcome.best if isinstance(outcome, OutOfTime) else outcome.roster
    if roster is None:
        click.echo("out of time: no lawful roster yet; allow more --seconds or --effort")
        sys.exit(1)
    status = "out-of-time" if isinstance(outcome, OutOfTime) else "drafted"
    _say_levels(problem, outcome.levels)
    _say_shortfalls(judge(problem, roster), "en")
    click.echo(f"{status} in {outcome.seconds:.1f} s: {len(roster.assignments)} assignments")
    return RosterFile(
        assignments=roster.assignments,
        problem=fingerprint(problem),
        status=status,
        levels=outcome.levels,
        seconds=None if repeatable else round(outcome.seconds, 2),
    )


@click.command()
@click.argument("problem_file", metavar="PROBLEM.json", type=FILE)
@click.argument("roster_file", metavar="ROSTER.json", type=FILE)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def check(problem_file: Path, roster_file: Path, language: str) -> None:
    """Judge ROSTER.json against PROBLEM.json with the independent checkers.

    Exit 0 and a last line "0 violations, S shortfalls", or exit 1 with every broken rule. What a
    relaxation excuses is told, with who granted it, and does not count. A shortfall is a need
    below its target; a need that wishes for nobody cannot fall short.
    """
    problem = read_problem(problem_file)
    try:
        file = parse_roster(roster_file.read_bytes())
        verdict = judge(problem, roster_in(file))
    except InvalidRoster as error:
        refuse(roster_file, error.faults)
    if file.problem not in ("", fingerprint(problem)):
        click.echo(f"note: {roster_file.name} was made for another problem", err=True)
    for violation in verdict.violations:
        where = f"{violation.rule} {_where(violation, roster_in(file))}"
        said = f"{violation.sentence(language)} {violation.excuse(language)}".rstrip()
        click.echo(f"{'excused' if violation.excused else 'violation'} {where}: {said}")
    _say_shortfalls(verdict, language)
    for part in verdict.score.parts:
        click.echo(f"level {part.level} {part.code}: {part.value} x {part.weight} = {part.cost}")
    click.echo(f"{len(verdict.unexcused)} violations, {len(verdict.shortfalls)} shortfalls")
    if not verdict.lawful:
        sys.exit(1)


def _where(violation: Violation, roster: Roster) -> str:
    """Whom and what: a breach of a duty's composition names all units on it."""
    there = [a.unit for a in roster.assignments if a.duty == violation.duty]
    units = violation.unit or ",".join(there)
    named = (("unit", units), ("duty", violation.duty))
    return " ".join(f"{name}={value}" for name, value in named if value)


def read_problem(path: Path) -> RosterProblem:
    try:
        return parse_problem(path.read_bytes())
    except InvalidProblem as error:
        refuse(path, error.faults)


def read_lawful_roster(path: Path, problem: RosterProblem) -> Roster:
    """For what starts from a roster: one that breaks rules or pins is refused with them all."""
    try:
        roster = roster_in(parse_roster(path.read_bytes()))
        faults = tuple(reasons_against(problem, roster))
    except InvalidRoster as error:
        faults = error.faults
    if faults:
        refuse(path, faults)
    return roster


def refuse(path: Path, faults: tuple[str, ...]) -> NoReturn:
    for fault in faults:
        click.echo(f"{path.name}: {fault}", err=True)
    click.echo(f"{path.name}: {len(faults)} fault(s); nothing was done", err=True)
    sys.exit(2)


def refuse_unwritable(path: Path) -> None:
    """Before the search, not after it."""
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        click.echo(f"{path}: cannot be written; choose another --out", err=True)
        sys.exit(2)


def _with_bar(problem: RosterProblem, budget: Budget) -> Outcome:
    from scheduler.planner import draft  # noqa: PLC0415 - as above

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("building the model", total=budget.seconds)

        def tell(news: Incumbent) -> None:
            best = "-" if news.objective is None else news.objective
            said = f"level {news.level}: best {best}, bound {news.bound}"
            bar.update(task, description=said, completed=news.seconds)

        return draft(problem, budget, tell)


def _say_levels(problem: RosterProblem, levels: tuple[Level, ...]) -> None:
    for level in levels:
        names = ", ".join(w.code for w in problem.preferences if w.level == level.level)
        click.echo(f"level {level.level} ({names}): {level.objective}, {_distance(level)}")


def _distance(level: Level) -> str:
    if level.proven:
        return f"bound {level.bound}: proven best possible"
    if level.bound is None or level.gap is None:
        return "bound unknown"
    return f"bound {level.bound}: at most {level.gap:.1%} from the best possible"


def _say_shortfalls(verdict: Judgement, language: str) -> None:
    for shortfall in verdict.shortfalls:
        click.echo(f"shortfall {shortfall.duty} {shortfall.need}: {shortfall.sentence(language)}")
