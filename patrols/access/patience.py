"""How long to wait after sign-ins that failed: not at all at first, then ever longer."""

from __future__ import annotations

from datetime import datetime, timedelta

ALLOWED = 5
WINDOW = timedelta(minutes=15)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
REMEMBERED = 12
"""So many give the longest wait; more are not kept."""

Failures = tuple[datetime, ...]


def with_another(failures: Failures, at: datetime) -> Failures:
    """The failures that count once one more has happened.

    Those of the last quarter of an hour; or all of them, while a wait has ended that recently.
    """
    if failures and at >= forgotten_at(failures):
        failures = ()
    if not _wait(failures):
        failures = tuple(failed for failed in failures if at - failed < WINDOW)
    return (*failures, at)[-REMEMBERED:]


def heard_at(failures: Failures) -> datetime:
    """When the next attempt is looked at."""
    return failures[-1] + _wait(failures)


def forgotten_at(failures: Failures) -> datetime:
    """From then on it is as if there had been none."""
    return heard_at(failures) + WINDOW


def _wait(failures: Failures) -> timedelta:
    if len(failures) < ALLOWED:
        return timedelta()
    return min(FIRST_WAIT * (1 << len(failures) - ALLOWED), LONGEST_WAIT)
