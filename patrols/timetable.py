"""When → which step. One process fires it; a second one is harmless, for each job has its turn."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from patrols.access.actor import SYSTEM
from patrols.procedures import computing, turns, weekly_roster
from patrols.rosters.queries import next_undrafted
from patrols.store.office import Office

log = structlog.get_logger(__name__)


def release_lost_runs(office: Office) -> None:
    """Runs whose worker died go back to the queue."""
    if released := computing.release_lost_runs(office, SYSTEM):
        log.warning("runs released", runs=released)


def draft_next_weeks(office: Office) -> None:
    """Each city's first week without a roster, so that planners find a draft on Monday."""
    for city, week in next_undrafted(office, SYSTEM):
        weekly_roster.request_draft(office, SYSTEM, city=city, week=week)


@dataclass(frozen=True, slots=True)
class Job:
    """`every` is a little less than the time between two firings: one turn for each."""

    name: str
    when: IntervalTrigger | CronTrigger
    every: timedelta
    step: Callable[[Office], None]


# All in UTC: a local 02:30 comes twice in autumn and not at all in spring.
JOBS = (
    Job(
        "release-lost-runs",
        IntervalTrigger(seconds=20, timezone=UTC),
        timedelta(seconds=15),
        release_lost_runs,
    ),
    Job(
        "draft-next-weeks",
        CronTrigger(day_of_week="mon", hour=4, minute=30, timezone=UTC),
        timedelta(days=6),
        draft_next_weeks,
    ),
)


def fire(office: Office, job: Job) -> None:
    """The job's step, if it is this process's turn."""
    if turns.take_turn(office, SYSTEM, job=job.name, every=job.every):
        job.step(office)


def keep(office: Office, stop: threading.Event) -> None:
    """Fires jobs until told to stop; what was missed meanwhile is done once."""
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # we say ourselves what was done
    scheduler = BackgroundScheduler(timezone=UTC)
    for job in JOBS:
        scheduler.add_job(
            fire,
            job.when,
            args=(office, job),
            id=job.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=3600,
        )
    scheduler.start()
    stop.wait()
    scheduler.shutdown()
