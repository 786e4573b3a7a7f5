"""The life of a notice: one table of allowed moves, and how long to wait after a failure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class NoticeState(StrEnum):
    """What is known about one message owed to one person."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED_FOR_NOW = "failed-for-now"
    FAILED_FOR_GOOD = "failed-for-good"
    SEEN = "seen"


# A message can be seen on the member's own page however its delivery stands.
MOVES: Mapping[NoticeState, frozenset[NoticeState]] = {
    NoticeState.QUEUED: frozenset({NoticeState.SENDING, NoticeState.SEEN}),
    NoticeState.SENDING: frozenset(
        {
            NoticeState.SENT,
            NoticeState.FAILED_FOR_NOW,
            NoticeState.FAILED_FOR_GOOD,
            NoticeState.SEEN,
        }
    ),
    NoticeState.FAILED_FOR_NOW: frozenset({NoticeState.SENDING, NoticeState.SEEN}),
    NoticeState.FAILED_FOR_GOOD: frozenset({NoticeState.SEEN}),
    NoticeState.SENT: frozenset({NoticeState.SEEN}),
    NoticeState.SEEN: frozenset(),
}

DUE = frozenset({NoticeState.QUEUED, NoticeState.FAILED_FOR_NOW})

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


def may_move(before: NoticeState, after: NoticeState) -> bool:
    return after in MOVES[before]


def wait_after(attempts: int) -> timedelta:
    """A minute after the first failed attempt, doubling up to an hour, for as long as it takes."""
    doublings = min(max(attempts - 1, 0), 6)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
