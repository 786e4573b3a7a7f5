"""What commands share: opening the office, who acts, and the options that name a week."""

from __future__ import annotations

from datetime import date

import click

from patrols import demo
from patrols.access.accounts import account_by
from patrols.access.actor import Actor
from patrols.bootstrap import Patrols, load, open_patrols, read_settings
from patrols.errors import NoDuties, UnknownAccount
from patrols.rosters import queries
from patrols.rosters.views import WeekLine
from patrols.rosters.weeks import monday_of, shifted, week_at

CITY = click.option("--city", default="brussels", show_default=True, help="Which city.")
WEEK = click.option("--week", required=True, metavar="2026-W50", help="Which ISO week.")
AS = click.option(
    "--as", "email", required=True, metavar="EMAIL", help="The account that takes this step."
)


def opened() -> Patrols:
    return open_patrols(read_settings())


def load_missing(patrols: Patrols) -> None:
    """Reference data and frameworks that are not there yet."""
    load(patrols.office, monday_in_review(patrols))


def monday_in_review(patrols: Patrols) -> date:
    """The day from which a demo counts its days."""
    this_week = week_at(patrols.office.now(), patrols.office.timezone)
    return monday_of(shifted(this_week, demo.REVIEWED))


def actor_of(patrols: Patrols, email: str) -> Actor:
    account = account_by(patrols.office, email=email)
    if account is None or not account.active:
        raise UnknownAccount(account=email)
    return account.actor


def week_line(patrols: Patrols, actor: Actor, city: str, week: str) -> WeekLine:
    """The week's rosters. Raises `UnknownWeek` or `NoDuties`."""
    monday_of(week)
    for line in queries.weeks(patrols.office, actor, city=city):
        if line.week == week:
            return line
    raise NoDuties(city=city, week=week)
