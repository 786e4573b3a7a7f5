from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrols.notices import lifecycle as notices
from patrols.rosters import lifecycle as rosters
from patrols.runs import lifecycle as runs

LIVES: list[Any] = [rosters, runs, notices]
STATES: dict[Any, type[StrEnum]] = {
    rosters: rosters.RosterState,
    runs: runs.RunState,
    notices: notices.NoticeState,
}


@pytest.mark.parametrize("life", LIVES)
def test_every_state_has_its_row_and_no_move_stays_where_it_is(life: Any) -> None:
    assert set(life.MOVES) == set(STATES[life])
    assert all(state not in after for state, after in life.MOVES.items())


@given(st.data())
def test_a_published_roster_only_ever_becomes_superseded(data: st.DataObject) -> None:
    """Whatever path a roster takes, nothing leads back from what people were told."""
    state, path = rosters.RosterState.REQUESTED, [rosters.RosterState.REQUESTED]
    for _ in range(data.draw(st.integers(0, 12))):
        choices = sorted(rosters.MOVES[state])
        if not choices:
            break
        state = data.draw(st.sampled_from(choices))
        path.append(state)
    if rosters.RosterState.PUBLISHED in path:
        after = path[path.index(rosters.RosterState.PUBLISHED) + 1 :]
        assert after in ([], [rosters.RosterState.SUPERSEDED])
        before = path[path.index(rosters.RosterState.PUBLISHED) - 1]
        assert before is rosters.RosterState.SUBMITTED


@given(st.sampled_from(sorted(runs.RunState)), st.sampled_from(sorted(runs.RunState)))
def test_a_run_that_ended_stays_as_it_ended(before: runs.RunState, after: runs.RunState) -> None:
    if before not in runs.OPEN:
        assert not runs.may_move(before, after)


@given(st.sampled_from(sorted(notices.NoticeState)))
def test_a_message_that_was_seen_stays_seen(after: notices.NoticeState) -> None:
    assert not notices.may_move(notices.NoticeState.SEEN, after)


@given(st.integers(1, 10_000))
def test_waiting_grows_up_to_an_hour_and_never_beyond(attempts: int) -> None:
    wait = notices.wait_after(attempts)
    assert timedelta(minutes=1) <= wait <= timedelta(hours=1)
    assert wait <= notices.wait_after(attempts + 1)
