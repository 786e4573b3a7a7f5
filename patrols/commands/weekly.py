"""Commands for the steps of the weekly roster."""

from __future__ import annotations

import click

from patrols.access.actor import Actor
from patrols.bootstrap import Patrols
from patrols.commands.office import AS, CITY, WEEK, actor_of, opened, week_line
from patrols.procedures import weekly_roster
from patrols.rosters import queries
from patrols.rosters.views import WeekBoard


@click.command()
@CITY
@WEEK
@AS
@click.option("--seconds", type=click.IntRange(1), help="Time for the solver.")
def draft(city: str, week: str, email: str, seconds: int | None) -> None:
    """Request a draft of a week; the worker computes it."""
    patrols = opened()
    weekly_roster.request_draft(
        patrols.office,
        actor_of(patrols, email),
        city=city,
        week=week,
        seconds=seconds,
    )
    click.echo(f"A draft of {city} {week} is queued.")


@click.command()
@CITY
@WEEK
@AS
def submit(city: str, week: str, email: str) -> None:
    """Hand a draft to those who sign."""
    patrols, actor, board = _newest(city, week, email)
    weekly_roster.submit(
        patrols.office, actor, roster_id=board.roster_id, row_version=board.row_version
    )
    click.echo(f"Version {board.version} of {city} {week} is submitted.")


@click.command()
@CITY
@WEEK
@AS
@click.option("--part", required=True, help="A patrol area, or `defence` for the soldiers.")
def sign(city: str, week: str, email: str, part: str) -> None:
    """Sign off one part of a submitted roster."""
    patrols, actor, board = _newest(city, week, email)
    weekly_roster.sign(
        patrols.office,
        actor,
        roster_id=board.roster_id,
        part=part,
        row_version=board.row_version,
    )
    click.echo(f"{part} of version {board.version} of {city} {week} is signed off.")


@click.command()
@CITY
@WEEK
@AS
def publish(city: str, week: str, email: str) -> None:
    """Publish a roster that all have signed."""
    patrols, actor, board = _newest(city, week, email)
    weekly_roster.publish(
        patrols.office, actor, roster_id=board.roster_id, row_version=board.row_version
    )
    click.echo(f"Version {board.version} of {city} {week} is published.")


def _newest(city: str, week: str, email: str) -> tuple[Patrols, Actor, WeekBoard]:
    patrols = opened()
    actor = actor_of(patrols, email)
    newest = week_line(patrols, actor, city, week).newest
    return patrols, actor, queries.board(patrols.office, actor, roster_id=newest.roster_id)
