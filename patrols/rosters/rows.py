"""What exports read of rosters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scheduler.forces import Force
from scheduler.roster import Role


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One assignment as exports write it."""

    unit: str
    force: Force
    persons: int
    duty: str
    area: str
    reports_at: datetime
    starts_at: datetime
    ends_at: datetime
    released_at: datetime
    role: Role | None
    pinned: bool
