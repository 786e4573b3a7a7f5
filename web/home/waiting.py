"""What waits for whom: the reason to open Tandem today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from patrols.access import policy
from patrols.access.actor import Actor, RoleName
from patrols.bootstrap import Office
from patrols.errors import NotAllowed
from patrols.rosters import queries
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.views import MyDuties, RosterLine, SignOffView, WeekLine
from patrols.rosters.weeks import shifted, week_at
from web.office import HOME_CITY

RECENT_WEEKS = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """One roster that asks something: `to_sign` of this person, `unsigned` of anybody."""

    week: WeekLine
    roster: RosterLine
    to_sign: tuple[SignOffView, ...] = ()
    unsigned: tuple[SignOffView, ...] = ()
    publishable: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    city: str
    this_week: str
    next_week: str
    waiting: tuple[Waiting, ...]
    duties: MyDuties | None


def home(office: Office, actor: Actor) -> Home:
    this_week = week_at(office.now(), office.timezone)
    member = actor.is_(RoleName.MEMBER)
    return Home(
        city=HOME_CITY,
        this_week=this_week,
        next_week=shifted(this_week, 1),
        waiting=tuple(_waiting(office, actor)),
        duties=queries.my_duties(office, actor) if member else None,
    )


def _waiting(office: Office, actor: Actor) -> Iterator[Waiting]:
    """Oldest first: that week begins soonest."""
    if not policy.may(actor, "rosters.roster_page"):
        return
    lines = queries.weeks(office, actor, city=HOME_CITY)[:RECENT_WEEKS]
    planning = policy.may(actor, "weekly_roster.edit")
    for week in reversed(lines):
        roster = week.newest
        if roster.state is RosterState.SUBMITTED:
            yield _submitted(office, actor, week, roster)
        elif planning and roster.state in PLANNERS_OWN:
            yield Waiting(week, roster)


PLANNERS_OWN = frozenset({RosterState.REQUESTED, RosterState.FAILED, RosterState.DRAFT})


def _submitted(office: Office, actor: Actor, week: WeekLine, roster: RosterLine) -> Waiting:
    page = queries.roster_page(office, actor, roster_id=roster.roster_id)
    unsigned = tuple(part for part in page.sign_offs if not part.signed)
    return Waiting(
        week=week,
        roster=roster,
        to_sign=tuple(p for p in unsigned if _may_sign(actor, p.part, page.header.authors)),
        unsigned=unsigned,
        publishable=not unsigned and policy.may(actor, "weekly_roster.publish"),
    )


def _may_sign(actor: Actor, part: str, authors: frozenset[str]) -> bool:
    try:
        policy.require(actor, "weekly_roster.sign", part=part, authors=authors)
    except NotAllowed:
        return False
    return True
