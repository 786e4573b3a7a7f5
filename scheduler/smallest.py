"""The smallest problem there is: one unit, one duty. What is compiled is compiled on it."""

from __future__ import annotations

from datetime import UTC, datetime

from scheduler.duties import Area, Duty
from scheduler.forces import Clock, DutyKind, Force, Member, Unit
from scheduler.moments import Horizon
from scheduler.problem import RosterProblem


def smallest() -> RosterProblem:
    return RosterProblem(
        city="anywhere",
        horizon=Horizon(datetime(2026, 1, 5, tzinfo=UTC), 60),
        areas=(Area("area", "anywhere"),),
        units=(Unit("unit", Force.POLICE, (Member("member", "clock"),)),),
        clocks=(Clock("clock"),),
        duties=(Duty("duty", DutyKind.PATROL, "area", 0, 0, 60, 60),),
    )
