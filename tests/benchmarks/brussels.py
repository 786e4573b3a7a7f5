"""The Brussels week as the demo office sees it, with nothing worked before: always the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from config.settings import Settings
from patrols.access.actor import SYSTEM, Actor, RoleName
from patrols.bootstrap import load, open_patrols
from patrols.procedures import computing, weekly_roster
from patrols.rosters.weeks import monday_of
from scheduler.formats import parse_problem
from scheduler.problem import RosterProblem

WEEK = "2026-W50"
BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)


class StandingClock:
    """Always shows the same moment, so that every run measures the same week."""

    def now(self) -> datetime:
        return BEFORE


def brussels_week() -> RosterProblem:
    """The problem that a planner's request for the week makes, through the real steps."""
    planner = Actor("bench", "Bench", frozenset({RoleName.PLANNER}))
    with TemporaryDirectory() as folder:
        settings = Settings.from_environment({"TANDEM_HOME": folder, "TANDEM_DEMO": "1"})
        office = open_patrols(settings, StandingClock()).office
        office.store.migrate()
        load(office, monday_of(WEEK))
        weekly_roster.request_draft(office, planner, city="brussels", week=WEEK)
        task = computing.take_run(office, SYSTEM)
        if task is None:
            raise RuntimeError(f"no run was queued in {Path(folder)}")
        return parse_problem(task.problem)
