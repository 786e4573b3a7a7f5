"""Outcomes as rows keep them, and back."""

from __future__ import annotations

from typing import Any

from scheduler.outcome import Drafted, Infeasible, Level, Outcome, OutOfTime
from scheduler.roster import Roster

DRAFTED, INFEASIBLE, OUT_OF_TIME = "drafted", "infeasible", "out-of-time"


def ended_as(outcome: Outcome) -> str:
    match outcome:
        case Drafted():
            return DRAFTED
        case Infeasible():
            return INFEASIBLE
        case OutOfTime():
            return OUT_OF_TIME


def roster_of(outcome: Outcome) -> Roster | None:
    match outcome:
        case Drafted(roster=roster):
            return roster
        case OutOfTime(best=best):
            return best
        case Infeasible():
            return None


def outcome_json(outcome: Outcome) -> Any:
    """The assignments are kept by the roster itself."""
    levels = () if isinstance(outcome, Infeasible) else outcome.levels
    return {
        "seconds": outcome.seconds,
        "levels": [[level.level, level.objective, level.bound] for level in levels],
    }


def levels_in(stored: Any) -> tuple[Level, ...]:
    return tuple(Level(*level) for level in stored["levels"]) if stored else ()
