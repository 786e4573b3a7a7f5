"""What screens read of runs: frozen, complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from patrols.runs.lifecycle import RunState
from scheduler.outcome import Incumbent, Level


@dataclass(frozen=True, slots=True)
class RunView:
    """One attempt of the solver: `ended_as` is `drafted`, `infeasible` or `out-of-time`."""

    run_id: int
    roster_id: int
    state: RunState
    seconds: int
    requested_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    ended_as: str | None
    levels: tuple[Level, ...]
    incumbents: tuple[Incumbent, ...]
    error: str | None
