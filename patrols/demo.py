"""The demo office's life so far, lived through the real steps with a clock that is driven.

Four weeks worked, this week and the next published, and the first one after them drafted and
waiting for review; all relative to the day of the first run. Interrupted, it goes on where it
stopped; once prepared, it changes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from patrols.access import accounts
from patrols.access.actor import DEFENCE, SYSTEM, Actor, RoleName
from patrols.bootstrap import Patrols, load
from patrols.errors import NotADemo, NotPrepared
from patrols.procedures import computing, weekly_roster
from patrols.rosters import queries
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.views import RosterLine
from patrols.rosters.weeks import instant, monday_of, shifted, week_at
from patrols.store.office import Office
from patrols.worker import deliver_due, solve_task

CITY = "brussels"
PASSWORD = "demonstration"  # noqa: S105 - invented people, in demo mode alone
WEEKS_WORKED = 4
PUBLISHED_AHEAD = 1
REVIEWED = PUBLISHED_AHEAD + 1
SECONDS, SECONDS_IN_REVIEW = 12, 30
TRIES = 3
DAYS_BEFORE = 12
MORNING_MINUTE = 9 * 60

Tell = Callable[[str], None]


class DrivenClock:
    """Shows the moment that the story has reached."""

    def __init__(self) -> None:
        self.moment = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody who may sign in: the local part of the address says who."""

    who: str
    name: str
    role: RoleName
    language: str
    areas: tuple[str, ...] = ()
    member: str | None = None

    @property
    def email(self) -> str:
        return f"{self.who}@tandem.example"


ACCOUNTS = (
    DemoAccount("planner", "Planner", RoleName.PLANNER, "en"),
    DemoAccount(
        "commander.5341",
        "Zone commander 5341",
        RoleName.COMMANDER,
        "fr",
        ("clemenceau", "peterbos", "bethleem"),
    ),
    DemoAccount(
        "commander.5344", "Zone commander 5344", RoleName.COMMANDER, "nl", ("brussels-north",)
    ),
    DemoAccount("commander.5340", "Zone commander 5340", RoleName.COMMANDER, "nl", ("bonnevie",)),
    DemoAccount("commander.5339", "Zone commander 5339", RoleName.COMMANDER, "fr", ("matonge",)),
    DemoAccount("defence", "Defence liaison", RoleName.DEFENCE_LIAISON, "nl"),
    DemoAccount("coordinator", "Coordinator (DirCo)", RoleName.COORDINATOR, "fr"),
    DemoAccount("administrator", "Administrator", RoleName.ADMINISTRATOR, "en"),
    DemoAccount("officer", "Police officer", RoleName.MEMBER, "fr", member="P-5339-001"),
    DemoAccount("soldier", "Soldier", RoleName.MEMBER, "nl", member="M-0001"),
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One week of the story; `number` counts from the current week."""

    number: int
    week: str

    @property
    def reviewed(self) -> bool:
        return self.number == REVIEWED


def steps() -> int:
    """How many times `tell` is called by `prepare`."""
    return WEEKS_WORKED + 1 + REVIEWED + 1


def prepared(office: Office) -> bool:
    return any(account.email == ACCOUNTS[-1].email for account in accounts.demo_accounts(office))


def waiting(office: Office) -> str | None:
    """The first week whose draft waits for review, as long as it is not over."""
    ahead = week_at(office.now(), office.timezone)
    drafts = (
        line.week
        for line in queries.weeks(office, SYSTEM, city=CITY)
        if line.newest.state is RosterState.DRAFT and line.week >= ahead
    )
    return min(drafts, default=None)


def over(office: Office) -> str | None:
    """The last week that had a roster, where the present one has none: the story has ended."""
    this_week = week_at(office.now(), office.timezone)
    lived = (line.week for line in queries.weeks(office, SYSTEM, city=CITY))
    last = max((week for week in lived if week <= this_week), default=this_week)
    return last if last < this_week else None


def prepare(patrols: Patrols, tell: Tell) -> None:
    """Lives the story up to now. Raises `NotADemo` in a real office, and `NotPrepared`."""
    if not patrols.office.demo:
        raise NotADemo
    now = patrols.office.now()
    clock = DrivenClock()
    story = replace(patrols, office=replace(patrols.office, clock=clock))
    this_week = week_at(now, story.office.timezone)
    computing.release_lost_runs(patrols.office, SYSTEM)
    chapters = tuple(
        Chapter(number, shifted(this_week, number))
        for number in range(-WEEKS_WORKED, REVIEWED + 1)
    )
    clock.moment = _morning(story.office, chapters[0], -DAYS_BEFORE - 1)
    tell("reference data and accounts")
    load(story.office, monday_of(chapters[-1].week))
    people = _people(story.office, ACCOUNTS[:-1])
    for chapter in chapters:
        tell(chapter.week)
        _live(story, clock, chapter, people, now)
    clock.moment = now
    _people(story.office, ACCOUNTS[-1:])  # the last account says that all is prepared


def _people(office: Office, wanted: tuple[DemoAccount, ...]) -> dict[str, Actor]:
    for account in wanted:
        if accounts.account_by(office, email=account.email) is None:
            accounts.create_account(
                office,
                SYSTEM,
                email=account.email,
                name=account.name,
                password=PASSWORD,
                roles=[account.role],
                language=account.language,
                areas=account.areas,
                member_id=account.member,
            )
    found = (accounts.account_by(office, email=account.email) for account in wanted)
    return {a.email.partition("@")[0]: a.actor for a in found if a is not None}


def _live(
    story: Patrols,
    clock: DrivenClock,
    chapter: Chapter,
    people: dict[str, Actor],
    now: datetime,
) -> None:
    """From the request to the confirmations, each at its hour, none of them later than now."""
    office = story.office

    def at(days: int) -> None:
        clock.moment = min(_morning(office, chapter, days), now)

    at(-DAYS_BEFORE)
    roster = _drafted(story, chapter, people["planner"])
    if chapter.reviewed or roster.state is RosterState.PUBLISHED:
        return
    at(1 - DAYS_BEFORE)
    _submit_and_sign(office, roster, people)
    at(2 - DAYS_BEFORE)
    page = queries.roster_page(office, people["planner"], roster_id=roster.roster_id)
    weekly_roster.publish(
        office,
        people["planner"],
        roster_id=roster.roster_id,
        row_version=page.header.row_version,
    )
    while deliver_due(story, threading.Event()):
        pass
    at(3 - DAYS_BEFORE)
    for member in _confirming(office, chapter):
        weekly_roster.acknowledge_week(office, member, roster_id=roster.roster_id)


def _drafted(story: Patrols, chapter: Chapter, planner: Actor) -> RosterLine:
    """The week's roster, drafted by the solver; on a slow machine with more time each try."""
    seconds = SECONDS_IN_REVIEW if chapter.reviewed else SECONDS
    for attempt in range(1, TRIES + 1):
        roster = _newest(story.office, planner, chapter)
        if roster is None or roster.state is RosterState.FAILED:
            weekly_roster.request_draft(
                story.office, planner, city=CITY, week=chapter.week, seconds=seconds * attempt
            )
        while task := computing.take_run(story.office, SYSTEM):
            solve_task(story.office, task, story.settings.cores, threading.Event())
        roster = _newest(story.office, planner, chapter)
        if roster and roster.state not in (RosterState.REQUESTED, RosterState.FAILED):
            return roster
    raise NotPrepared(week=chapter.week)


def _newest(office: Office, planner: Actor, chapter: Chapter) -> RosterLine | None:
    lines = queries.weeks(office, planner, city=CITY)
    return next((line.newest for line in lines if line.week == chapter.week), None)


def _submit_and_sign(office: Office, roster: RosterLine, people: dict[str, Actor]) -> None:
    planner, roster_id = people["planner"], roster.roster_id
    page = queries.roster_page(office, planner, roster_id=roster_id)
    if page.header.state is RosterState.DRAFT:
        weekly_roster.submit(
            office, planner, roster_id=roster_id, row_version=page.header.row_version
        )
        page = queries.roster_page(office, planner, roster_id=roster_id)
    for sign_off in page.sign_offs:
        if not sign_off.signed:
            weekly_roster.sign(
                office,
                _signer(people, sign_off.part),
                roster_id=roster_id,
                part=sign_off.part,
                row_version=page.header.row_version,
            )


def _signer(people: dict[str, Actor], part: str) -> Actor:
    if part == DEFENCE:
        return people["defence"]
    return next(actor for actor in people.values() if part in actor.areas)


def _confirming(office: Office, chapter: Chapter) -> Iterator[Actor]:
    """Those who have confirmed by now: of a week ahead not everybody, and no demo account."""
    waiting = {account.member for account in ACCOUNTS}
    problem = queries.problem_of(office, SYSTEM, city=CITY, week=chapter.week)
    members = ((member.id, unit.id) for unit in problem.units for member in unit.members)
    for number, (member, unit) in enumerate(members):
        ahead = chapter.number > 0 and (member in waiting or number % 3 == 0)
        if not ahead:
            roles = frozenset({RoleName.MEMBER})
            yield Actor(member, member, roles, member_id=member, unit_id=unit)


def _morning(office: Office, chapter: Chapter, days: int) -> datetime:
    day = monday_of(chapter.week) + timedelta(days=days)
    return instant(day, MORNING_MINUTE, office.timezone)
