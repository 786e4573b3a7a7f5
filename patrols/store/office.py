"""What every step is handed: the database, the time, and what the installation has decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from patrols.ports import Clock, Holidays
from patrols.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Office:
    """One installation; `demo` offices hold invented people."""

    store: Store
    clock: Clock
    holidays: Holidays
    timezone: str = "Europe/Brussels"
    demo: bool = False
    base_url: str = "http://127.0.0.1:8000"
    solve_seconds: int = 60

    def now(self) -> datetime:
        return self.clock.now()

    def local(self, instant: datetime) -> datetime:
        """The wall clock of the office at that instant."""
        return instant.astimezone(ZoneInfo(self.timezone))
