from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from apscheduler.triggers.cron import CronTrigger

from patrols import timetable
from patrols.access.actor import SYSTEM
from patrols.procedures import computing
from patrols.rosters import queries
from patrols.rosters.lifecycle import RosterState
from patrols.store.office import Office
from tests.databases import DrivenClock
from tests.patrols import story
from tests.people import PLANNER

JOBS = {job.name: job for job in timetable.JOBS}


def test_the_first_week_without_a_roster_is_drafted_once(
    brussels: Office, clock: DrivenClock
) -> None:
    story.a_small_week(brussels)
    job = JOBS["draft-next-weeks"]
    timetable.fire(brussels, job)
    timetable.fire(brussels, job)
    [line] = queries.weeks(brussels, PLANNER, city="brussels")
    assert (line.week, line.newest.state) == ("2026-W49", RosterState.REQUESTED)
    clock.move(timedelta(days=7))
    timetable.fire(brussels, job)
    newest, _ = queries.weeks(brussels, PLANNER, city="brussels")
    assert newest.week == "2026-W50"


def test_a_draft_that_nobody_asked_for_takes_the_time_that_the_office_allows(
    brussels: Office,
) -> None:
    story.a_small_week(brussels)
    timetable.fire(replace(brussels, solve_seconds=7), JOBS["draft-next-weeks"])
    task = computing.take_run(brussels, SYSTEM)
    assert task is not None
    assert task.seconds == 7


def test_a_lost_run_is_released_by_the_timetable(brussels: Office, clock: DrivenClock) -> None:
    story.a_small_week(brussels)
    story.a_request(brussels)
    assert computing.take_run(brussels, SYSTEM) is not None
    clock.move(timedelta(minutes=1))
    timetable.fire(brussels, JOBS["release-lost-runs"])
    assert computing.take_run(brussels, SYSTEM) is not None


@pytest.mark.parametrize("job", timetable.JOBS, ids=lambda job: job.name)
def test_no_job_fires_twice_or_never_when_the_clock_changes(job: timetable.Job) -> None:
    """Every trigger counts in UTC; those that name an hour fire once in each period."""
    assert job.when.timezone in {UTC, None} or str(job.when.timezone) == "UTC"
    if isinstance(job.when, CronTrigger):
        moment, fired = datetime(2026, 10, 19, tzinfo=UTC), []
        while moment < datetime(2026, 11, 2, tzinfo=UTC):
            following = job.when.get_next_fire_time(None, moment)
            fired.append(following)
            moment = following + timedelta(seconds=1)
        gaps = {later - earlier for earlier, later in pairwise(fired)}
        assert gaps == {timedelta(days=7)}
        assert job.every < timedelta(days=7)


def test_the_timetable_stops_when_it_is_told(brussels: Office) -> None:
    stop = threading.Event()
    stop.set()
    timetable.keep(brussels, stop)
