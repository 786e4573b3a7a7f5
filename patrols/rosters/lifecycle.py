"""The life of a roster: one table of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class RosterState(StrEnum):
    """Where one version of a week's roster stands."""

    REQUESTED = "requested"
    FAILED = "failed"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


MOVES: Mapping[RosterState, frozenset[RosterState]] = {
    RosterState.REQUESTED: frozenset({RosterState.DRAFT, RosterState.FAILED}),
    RosterState.FAILED: frozenset({RosterState.REQUESTED, RosterState.DRAFT}),
    RosterState.DRAFT: frozenset({RosterState.SUBMITTED}),
    RosterState.SUBMITTED: frozenset({RosterState.DRAFT, RosterState.PUBLISHED}),
    RosterState.PUBLISHED: frozenset({RosterState.SUPERSEDED}),
    RosterState.SUPERSEDED: frozenset(),
}

# While one of these exists for a week, no other draft of that week is begun.
OPEN = frozenset({RosterState.REQUESTED, RosterState.DRAFT, RosterState.SUBMITTED})


def may_move(before: RosterState, after: RosterState) -> bool:
    return after in MOVES[before]
