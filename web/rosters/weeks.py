"""The weeks of a city: those with rosters, and those to come that have none yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from patrols.access.actor import Actor
from patrols.bootstrap import Office
from patrols.errors import NoDuties
from patrols.rosters import queries
from patrols.rosters.views import WeekBoard, WeekLine
from patrols.rosters.weeks import monday_of, shifted, week_at

WEEKS_AHEAD = 6


@dataclass(frozen=True, slots=True)
class Weeks:
    """The newest week first; `this_week` is the one we are in."""

    city: str
    this_week: str
    lines: tuple[WeekLine, ...]


def plan(office: Office, actor: Actor, *, city: str) -> Weeks:
    known = {line.week: line for line in queries.weeks(office, actor, city=city)}
    this_week = week_at(office.now(), office.timezone)
    ahead = (shifted(this_week, n) for n in range(1, WEEKS_AHEAD + 1))
    blank = {week: WeekLine(week, monday_of(week), ()) for week in ahead}
    lines = sorted((blank | known).values(), key=_monday, reverse=True)
    return Weeks(city, this_week, tuple(lines))


def _monday(line: WeekLine) -> date:
    return line.monday


@dataclass(frozen=True, slots=True)
class EmptyWeek:
    """A week without any duty; one may leaf through it all the same."""

    city: str
    week: str
    monday: date


def board_of_week(office: Office, actor: Actor, *, city: str, week: str) -> WeekBoard | EmptyWeek:
    try:
        return queries.current_board(office, actor, city=city, week=week)
    except NoDuties:
        return EmptyWeek(city, week, monday_of(week))
