"""Commands that load files, and that write problems and rosters to standard output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from patrols.access.actor import SYSTEM
from patrols.bootstrap import framework_files
from patrols.commands.office import (
    CITY,
    WEEK,
    load_missing,
    monday_in_review,
    opened,
    week_line,
)
from patrols.exports import roster_csv
from patrols.procedures import imports
from patrols.procedures.framework_change import import_frameworks
from patrols.rosters import queries
from scheduler.formats import RosterFile, problem_json, roster_json
from scheduler.roster import Assignment

FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)


@click.group(name="import")
def bring_in() -> None:
    """Load a file: everything wrong in it is listed with its line, or all of it is loaded."""


def _importing(name: str, step: Callable[..., imports.Imported]) -> None:
    @bring_in.command(name=name, help=f"Load {name} from FILE.csv.")
    @click.argument("file", metavar="FILE.csv", type=FILE)
    def command(file: Path) -> None:
        patrols = opened()
        load_missing(patrols)
        done = step(patrols.office, SYSTEM, file=file)
        for warning in done.warnings:
            click.echo(f"{file.name}: {warning}", err=True)
        click.echo(f"{file.name}: {done.lines} lines read, {done.rows} rows made or changed.")


_importing("forces", imports.import_forces)
_importing("absences", imports.import_absences)
_importing("coverage", imports.import_coverage)
_importing("history", imports.import_history)


@bring_in.command()
@click.argument("file", metavar="FILE.toml", type=FILE)
def framework(file: Path) -> None:
    """Load a framework or a mandate from FILE.toml; what is known is never changed."""
    patrols = opened()
    load_missing(patrols)
    new = import_frameworks(
        patrols.office,
        SYSTEM,
        files=framework_files([file]),
        monday=monday_in_review(patrols),
    )
    said = f"{', '.join(new)} is known from now on" if new else "nothing new"
    click.echo(f"{file.name}: {said}.")


@click.group()
def export() -> None:
    """Write a problem or a roster to standard output."""


@export.command()
@CITY
@WEEK
def problem(city: str, week: str) -> None:
    """The week as the solver is given it, for `tandem solve`."""
    click.echo(problem_json(queries.problem_of(opened().office, SYSTEM, city=city, week=week)))


@export.command()
@CITY
@WEEK
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json")
def roster(city: str, week: str, form: str) -> None:
    """The published roster of a week, or before there is one the newest."""
    patrols = opened()
    weeks = week_line(patrols, SYSTEM, city, week)
    line = weeks.published or weeks.newest
    rows = queries.roster_rows(patrols.office, SYSTEM, roster_id=line.roster_id)
    if form == "csv":
        click.echo(roster_csv(rows), nl=False)
        return
    assignments = tuple(Assignment(r.unit, r.duty, r.role, r.pinned) for r in rows)
    click.echo(roster_json(RosterFile(assignments=assignments, status=line.state)))
