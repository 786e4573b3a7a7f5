"""Commands that start the processes of an office."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from patrols import demo as demo_office
from patrols import processes
from patrols import timetable as firing
from patrols import worker as working
from patrols.bootstrap import Patrols, open_patrols, read_settings
from patrols.commands.office import load_missing, opened


@click.command()
def demo() -> None:
    """Prepare the demo office of Brussels if it is not there yet, and start it."""
    settings = read_settings({**os.environ, "TANDEM_DEMO": "1"})
    processes.refuse_port_in_use(settings.host, settings.port)
    patrols = open_patrols(settings)
    with processes.preparing_alone(settings.home):
        if not demo_office.prepared(patrols.office):
            _prepare(patrols)
    news = tuple(_news(patrols))
    patrols.office.store.close()
    processes.keep_running(
        ("serve", "worker", "timetable"),
        ready=lambda: processes.answers(settings.host, settings.port),
        tell=lambda: _say_where(settings.base_url, news),
    )


def _news(patrols: Patrols) -> Iterator[str]:
    """What there is to do in the demo office."""
    if week := demo_office.waiting(patrols.office):
        address = f"{patrols.office.base_url}/{demo_office.CITY}/weeks/{week}"
        yield f"Week {week} waits for review: {address}"
    if week := demo_office.over(patrols.office):
        home = patrols.settings.home
        yield f"Its story ended with week {week}; to begin anew, stop it and remove {home}"


def _say_where(address: str, news: Iterable[str]) -> None:
    click.echo(f"Tandem is served at {address} (Ctrl-C stops it). Sign in as:")
    for account in demo_office.ACCOUNTS:
        click.echo(f"  {account.email:32}{demo_office.PASSWORD:16}{account.name}")
    for line in news:
        click.echo(line)


def _prepare(patrols: Patrols) -> None:
    columns = (
        TextColumn("Preparing the demo office: {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        chapters = demo_office.steps()
        task = bar.add_task("", total=chapters)
        begun = iter(range(chapters))

        def tell(what: str) -> None:
            bar.update(task, description=what, completed=next(begun))

        demo_office.prepare(patrols, tell)
        bar.update(task, description="ready", completed=chapters)


@click.command()
def serve() -> None:
    """Serve the web pages."""
    settings = read_settings()
    processes.refuse_port_in_use(settings.host, settings.port)
    patrols = open_patrols(settings)
    load_missing(patrols)
    patrols.office.store.close()
    processes.become_web_server(settings.host, settings.port)


@click.command()
def worker() -> None:
    """Solve queued runs and deliver letters, until stopped."""
    _until_stopped(working.work)


@click.command()
def timetable() -> None:
    """Fire the recurring jobs, until stopped."""
    _until_stopped(lambda patrols, stop: firing.keep(patrols.office, stop))


def _until_stopped(work: Callable[[Patrols, threading.Event], None]) -> None:
    stop = processes.told_to_stop()
    patrols = opened()
    work(patrols, stop)
    patrols.office.store.close()
