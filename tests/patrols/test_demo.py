from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from patrols import demo, timetable
from patrols.access.accounts import account_by
from patrols.access.actor import SYSTEM
from patrols.bootstrap import Patrols, load, open_patrols, read_settings
from patrols.commands.office import load_missing
from patrols.errors import NotADemo
from patrols.journal.queries import entries
from patrols.procedures import computing
from patrols.procedures.computing import Task
from patrols.rosters import queries
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.weeks import monday_of, shifted, week_of
from patrols.store.office import Office
from scheduler.formats import parse_problem
from scheduler.outcome import Drafted
from tests.databases import DrivenClock
from tests.patrols import story
from tests.people import PLANNER
from tests.web.site import Site

TWO_YEARS_ON = datetime(2028, 12, 28, 15, tzinfo=UTC)


def an_office(home: Path, now: datetime, *, real: bool = False) -> Patrols:
    settings = read_settings({"TANDEM_HOME": str(home), "TANDEM_DEMO": "0" if real else "1"})
    return open_patrols(settings, DrivenClock(now))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small weeks, filled by hand: this is about the story, not about the solver."""

    def load_small(office: Office, monday: date) -> None:
        load(office, monday)
        story.a_small_week(office)

    def filled(office: Office, task: Task, cores: int, stop: threading.Event) -> None:
        outcome = Drafted(story.by_hand(parse_problem(task.problem)), (), 0.1)
        computing.record_outcome(office, SYSTEM, run_id=task.run_id, outcome=outcome)

    monkeypatch.setattr(demo, "load", load_small)
    monkeypatch.setattr(demo, "solve_task", filled)


def states(patrols: Patrols) -> dict[str, RosterState]:
    lines = queries.weeks(patrols.office, PLANNER, city=demo.CITY)
    return {line.week: line.newest.state for line in lines}


@pytest.mark.slow
@pytest.mark.parametrize("now", [datetime(2026, 11, 23, 7, tzinfo=UTC), TWO_YEARS_ON])
def test_the_story_is_lived_up_to_the_day_of_the_run(tmp_path: Path, now: datetime) -> None:
    patrols = an_office(tmp_path, now)
    told: list[str] = []
    demo.prepare(patrols, told.append)
    assert demo.prepared(patrols.office)
    assert len(told) == demo.steps()
    found = states(patrols)
    this_week = week_of(now.date())
    assert Counter(found.values()) == {RosterState.PUBLISHED: 6, RosterState.DRAFT: 1}
    assert found[max(found)] is RosterState.DRAFT
    assert sorted(found)[4] == this_week
    assert demo.waiting(patrols.office) == max(found)
    board = queries.current_board(patrols.office, PLANNER, city=demo.CITY, week=max(found))
    assert board.mandate is not None
    assert board.mandate.fictional
    assert any(duty.units for duty in board.duties)
    taken = entries(patrols.office, PLANNER, kind="roster", limit=10_000)
    assert all(entry.at <= now for entry in taken)
    member = account_by(patrols.office, email="officer@tandem.example")
    assert member is not None
    mine = queries.my_duties(patrols.office, member.actor)
    assert all(monday_of(duty.duty_id[:8]) > now.date() for duty in mine.unacknowledged)


@pytest.mark.slow
def test_a_demo_office_is_served_long_after_its_last_week(tmp_path: Path) -> None:
    before = an_office(tmp_path, datetime(2026, 11, 23, 7, tzinfo=UTC))
    demo.prepare(before, lambda _: None)
    assert demo.over(before.office) is None
    found = states(before)
    patrols = an_office(tmp_path, TWO_YEARS_ON)
    load_missing(patrols)
    assert demo.prepared(patrols.office)
    assert (demo.waiting(patrols.office), demo.over(patrols.office)) == (None, max(found))
    browser = Site(patrols.office, patrols, roster_id=1).as_("planner")
    for path in ("", f"/{min(found)}", f"/{max(found)}"):
        assert browser.get(f"/brussels/weeks{path}").status_code == 200
    timetable.fire(patrols.office, timetable.JOBS[1])
    assert states(patrols)[shifted(week_of(TWO_YEARS_ON.date()), 1)] is RosterState.REQUESTED
    assert demo.over(patrols.office) == max(found)


@pytest.mark.slow
def test_what_was_interrupted_goes_on_where_it_stopped(tmp_path: Path) -> None:
    now = datetime(2026, 11, 25, 10, tzinfo=UTC)
    patrols = an_office(tmp_path, now)
    chapters: list[str] = []

    def pulled_out(what: str) -> None:
        chapters.append(what)
        if len(chapters) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.prepare(patrols, pulled_out)
    assert not demo.prepared(patrols.office)
    lived = len(entries(patrols.office, PLANNER, kind="roster", limit=10_000))
    demo.prepare(patrols, chapters.append)
    after = entries(patrols.office, PLANNER, kind="roster", limit=10_000)
    assert len(after) > lived
    published = [e for e in after if e.step == "weekly_roster.publish"]
    assert len(published) == 6
    assert len(states(patrols)) == 7


def test_a_real_office_is_left_alone(tmp_path: Path) -> None:
    patrols = an_office(tmp_path, TWO_YEARS_ON, real=True)
    with pytest.raises(NotADemo):
        demo.prepare(patrols, lambda _: None)
    assert states(patrols) == {}
    assert account_by(patrols.office, email=demo.ACCOUNTS[0].email) is None
