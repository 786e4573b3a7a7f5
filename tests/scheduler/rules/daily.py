"""One duty a day, named after its day, for the rules on patterns of days."""

from __future__ import annotations

from scheduler.duties import Duty
from scheduler.forces import Worked
from scheduler.moments import Horizon
from tests.builders import DAYS, WEEK, a_duty, worked


def daily(horizon: Horizon = WEEK, hours: str = "08:00-16:00", shift: str = "") -> list[Duty]:
    """`Mon`, `Tue` and so on; those of the second week are `Mon 2`, `Tue 2`."""
    starts, ends = hours.split("-")
    return [
        a_duty(
            named(nth),
            f"{DAYS[nth % 7]} {starts}",
            f"{DAYS[nth % 7]} {ends}",
            week=nth // 7,
            horizon=horizon,
            before=20,
            shift=shift,
        )
        for nth in range(len(horizon.days_of(horizon.span)))
    ]


def named(nth: int) -> str:
    return DAYS[nth] if nth < 7 else f"{DAYS[nth % 7]} {nth // 7 + 1}"


def doing(*days: str, unit: str = "p1") -> list[tuple[str, str]]:
    return [(unit, day) for day in days]


def past(*days: str, week: int = -1, horizon: Horizon = WEEK) -> dict[str, list[Worked]]:
    """What `p1` worked on these days of the week before, or of another week."""
    hours = [(f"{day} 08:00", f"{day} 16:00") for day in days]
    return {"p1": [worked(starts, ends, week, horizon) for starts, ends in hours]}
