"""The `tandem` command line; each command calls one step, or starts one process."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from patrols import demo as demo_office
from patrols import processes, timetable, worker
from patrols.access.accounts import account_by
from patrols.access.actor import SYSTEM, Actor
from patrols.bootstrap import Patrols, load, open_patrols, read_settings
from patrols.errors import NoDuties, TandemError, UnknownAccount
from patrols.exports import roster_csv
from patrols.procedures import weekly_roster
from patrols.rosters import queries
from patrols.rosters.views import RosterLine
from patrols.rosters.weeks import monday_of, shifted, week_at
from patrols.solving import check, solve
from scheduler.formats import RosterFile, problem_json, roster_json
from scheduler.roster import Assignment

CITY = click.option("--city", default="brussels", show_default=True, help="Which city.")
WEEK = click.option("--week", required=True, metavar="2026-W50", help="Which ISO week.")
AS = click.option(
    "--as", "email", required=True, metavar="EMAIL", help="The account that takes this step."
)


class Refusing(click.Group):
    """Says a refusal as one sentence, without a trace of code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TandemError as refusal:
            raise click.ClickException(str(refusal)) from refusal


@click.group(cls=Refusing)
@click.version_option(package_name="tandem", message="%(prog)s %(version)s")
def main() -> None:
    """Lawful weekly rosters for joint patrols, with every gap and reason in words."""


main.add_command(solve)
main.add_command(check)


@main.command()
def demo() -> None:
    """Prepare the demo office of Brussels if it is not there yet, and start it."""
    settings = read_settings({**os.environ, "TANDEM_DEMO": "1"})
    processes.refuse_port_in_use(settings.host, settings.port)
    patrols = open_patrols(settings)
    if not demo_office.prepared(patrols.office):
        _prepare(patrols)
    click.echo(f"Tandem is served at {settings.base_url} (Ctrl-C stops it). Sign in as:")
    for account in demo_office.ACCOUNTS:
        click.echo(f"  {account.email:34}{demo_office.PASSWORD}   {account.name}")
    patrols.office.store.close()
    processes.keep_running(("serve", "worker", "timetable"), {"TANDEM_DEMO": "1"})


def _prepare(patrols: Patrols) -> None:
    columns = (
        TextColumn("Preparing the demo office: {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=demo_office.steps())
        started = iter(range(demo_office.steps()))

        def tell(what: str) -> None:
            bar.update(task, description=what, completed=next(started))

        demo_office.prepare(patrols, tell)
        bar.update(task, description="ready", completed=demo_office.steps())


@main.command()
def serve() -> None:
    """Serve the web pages."""
    settings = read_settings()
    processes.refuse_port_in_use(settings.host, settings.port)
    patrols = open_patrols(settings)
    _load(patrols)
    patrols.office.store.close()
    processes.become_web_server(settings.host, settings.port)


@main.command(name="worker")
def run_worker() -> None:
    """Solve queued runs and deliver letters, until stopped."""
    _until_stopped(worker.work)


@main.command(name="timetable")
def run_timetable() -> None:
    """Fire the recurring jobs, until stopped."""
    _until_stopped(lambda patrols, stop: timetable.keep(patrols.office, stop))


def _until_stopped(work: Callable[[Patrols, threading.Event], None]) -> None:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    patrols = _open()
    work(patrols, stop)
    patrols.office.store.close()


@main.command()
@CITY
@WEEK
@AS
@click.option("--seconds", type=click.IntRange(1), help="Time for the solver.")
def draft(city: str, week: str, email: str, seconds: int | None) -> None:
    """Request a draft of a week; the worker computes it."""
    patrols = _open()
    weekly_roster.request_draft(
        patrols.office,
        _actor(patrols, email),
        city=city,
        week=week,
        seconds=seconds or patrols.settings.solve_seconds,
    )
    click.echo(f"A draft of {city} {week} is queued.")


@main.command()
@CITY
@WEEK
@AS
def submit(city: str, week: str, email: str) -> None:
    """Hand a draft to those who sign."""
    patrols, actor, line, row_version = _newest(city, week, email)
    weekly_roster.submit(patrols.office, actor, roster_id=line.roster_id, row_version=row_version)
    click.echo(f"Version {line.version} of {city} {week} is submitted.")


@main.command()
@CITY
@WEEK
@AS
@click.option("--part", required=True, help="A patrol area, or `defence` for the soldiers.")
def sign(city: str, week: str, email: str, part: str) -> None:
    """Sign off one part of a submitted roster."""
    patrols, actor, line, row_version = _newest(city, week, email)
    weekly_roster.sign(
        patrols.office, actor, roster_id=line.roster_id, part=part, row_version=row_version
    )
    click.echo(f"{part} of version {line.version} of {city} {week} is signed off.")


@main.command()
@CITY
@WEEK
@AS
def publish(city: str, week: str, email: str) -> None:
    """Publish a roster that all have signed."""
    patrols, actor, line, row_version = _newest(city, week, email)
    weekly_roster.publish(patrols.office, actor, roster_id=line.roster_id, row_version=row_version)
    click.echo(f"Version {line.version} of {city} {week} is published.")


@main.group()
def export() -> None:
    """Write a problem or a roster to standard output."""


@export.command()
@CITY
@WEEK
def problem(city: str, week: str) -> None:
    """The week as the solver is given it, for `tandem solve`."""
    click.echo(problem_json(queries.problem_of(_open().office, SYSTEM, city=city, week=week)))


@export.command()
@CITY
@WEEK
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json")
def roster(city: str, week: str, form: str) -> None:
    """The published roster of a week, or before there is one the newest."""
    patrols = _open()
    line = _line(patrols, SYSTEM, city, week)
    rows = queries.roster_rows(patrols.office, SYSTEM, roster_id=line.roster_id)
    if form == "csv":
        click.echo(roster_csv(rows), nl=False)
        return
    assignments = tuple(Assignment(r.unit, r.duty, r.role, r.pinned) for r in rows)
    click.echo(roster_json(RosterFile(assignments=assignments, status=line.state)))


def _open() -> Patrols:
    return open_patrols(read_settings())


def _load(patrols: Patrols) -> None:
    """What is missing of the reference data and frameworks; a demo counts its days from here."""
    now = patrols.office.now()
    week = shifted(week_at(now, patrols.office.timezone), demo_office.REVIEWED)
    load(patrols.office, monday_of(week))


def _actor(patrols: Patrols, email: str) -> Actor:
    account = account_by(patrols.office, email=email)
    if account is None or not account.active:
        raise UnknownAccount(account=email)
    return account.actor


def _line(patrols: Patrols, actor: Actor, city: str, week: str) -> RosterLine:
    monday_of(week)
    for line in queries.weeks(patrols.office, actor, city=city):
        if line.week == week:
            return line.published or line.newest
    raise NoDuties(city=city, week=week)


def _newest(city: str, week: str, email: str) -> tuple[Patrols, Actor, RosterLine, int]:
    patrols = _open()
    actor = _actor(patrols, email)
    for line in queries.weeks(patrols.office, actor, city=city):
        if line.week == week:
            board = queries.board(patrols.office, actor, roster_id=line.newest.roster_id)
            return patrols, actor, line.newest, board.row_version
    raise NoDuties(city=city, week=week)


if __name__ == "__main__":
    main()
