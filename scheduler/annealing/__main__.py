"""Compiles the inner loop and keeps the result, so that the first roster need not wait for it."""

from __future__ import annotations

from datetime import UTC, datetime

from scheduler.annealing.anneal import Annealing
from scheduler.duties import Area, Duty
from scheduler.forces import Clock, DutyKind, Force, Member, Unit
from scheduler.moments import Horizon
from scheduler.network import network
from scheduler.problem import RosterProblem
from scheduler.statement import stated

if __name__ == "__main__":
    smallest = RosterProblem(
        city="anywhere",
        horizon=Horizon(datetime(2026, 1, 5, tzinfo=UTC), 60),
        areas=(Area("area", "anywhere"),),
        units=(Unit("unit", Force.POLICE, (Member("member", "clock"),)),),
        clocks=(Clock("clock"),),
        duties=(Duty("duty", DutyKind.PATROL, "area", 0, 0, 60, 60),),
    )
    statement = stated(smallest)
    Annealing(statement, network(statement), cores=1, seed=1).run(None, None, effort=0.001)
