from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from patrols.access.actor import SYSTEM
from patrols.errors import NotAllowed, UnknownRun, WrongState
from patrols.procedures import computing, weekly_roster
from patrols.procedures.computing import Task
from patrols.procedures.sick_call import report_absence
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.records import AssignmentRecord
from patrols.runs.lifecycle import RunState
from patrols.runs.queries import run_state
from patrols.store.office import Office
from scheduler.errors import ModelDisagrees
from scheduler.formats import parse_problem
from scheduler.outcome import Drafted, Incumbent, Infeasible, Level, OutOfTime
from scheduler.roster import Assignment, Roster
from tests.databases import DrivenClock
from tests.patrols import story
from tests.people import MEMBER, PLANNER

EMPTY = Drafted(Roster(), (Level(1, 3, 3),), 0.1)


def taken(office: Office) -> Task:
    task = computing.take_run(office, SYSTEM)
    assert task is not None
    return task


def test_a_run_is_taken_once_tells_its_progress_and_ends(brussels: Office) -> None:
    story.a_small_week(brussels)
    roster_id = story.a_request(brussels)
    task = taken(brussels)
    assert computing.take_run(brussels, SYSTEM) is None
    found = Incumbent(1, 5, 3, 0.5)
    assert computing.record_progress(brussels, SYSTEM, run_id=task.run_id, incumbents=[found])
    assert run_state(brussels, PLANNER, run_id=task.run_id).incumbents == (found,)
    ended = computing.record_outcome(brussels, SYSTEM, run_id=task.run_id, outcome=EMPTY)
    view = run_state(brussels, PLANNER, run_id=task.run_id)
    assert (ended, view.ended_as, view.levels) == (RunState.FINISHED, "drafted", EMPTY.levels)
    assert story.header(brussels, roster_id).state is RosterState.DRAFT


@pytest.mark.parametrize("outcome", [Infeasible(0.5), OutOfTime(None, (), 5.0)])
def test_without_a_roster_the_request_fails_and_can_be_made_again(
    brussels: Office, outcome: Infeasible | OutOfTime
) -> None:
    story.a_small_week(brussels)
    roster_id = story.a_request(brussels)
    task = taken(brussels)
    computing.record_outcome(brussels, SYSTEM, run_id=task.run_id, outcome=outcome)
    header = story.header(brussels, roster_id)
    assert (header.state, header.version) == (RosterState.FAILED, 1)
    assert story.a_request(brussels) == roster_id
    assert story.header(brussels, roster_id).version == 1


def test_out_of_time_with_a_roster_gives_a_draft(brussels: Office) -> None:
    story.a_small_week(brussels)
    roster_id = story.a_request(brussels)
    task = taken(brussels)
    best = OutOfTime(Roster(), (), 5.0)
    computing.record_outcome(brussels, SYSTEM, run_id=task.run_id, outcome=best)
    assert story.header(brussels, roster_id).state is RosterState.DRAFT
    assert run_state(brussels, PLANNER, run_id=task.run_id).ended_as == "out-of-time"


def test_a_roster_that_the_checkers_refuse_fails_loudly_and_is_not_kept(
    brussels: Office,
) -> None:
    story.a_small_week(brussels)
    roster_id = story.a_request(brussels)
    task = taken(brussels)
    problem = parse_problem(task.problem)
    everywhere = Roster.of(Assignment(problem.units[0].id, duty.id) for duty in problem.duties)
    with pytest.raises(ModelDisagrees):
        computing.record_outcome(
            brussels, SYSTEM, run_id=task.run_id, outcome=Drafted(everywhere, (), 0.1)
        )
    computing.fail_run(brussels, SYSTEM, run_id=task.run_id, error="the checkers disagree")
    assert story.header(brussels, roster_id).state is RosterState.FAILED
    with brussels.store.reading() as session:
        assert session.scalar(select(func.count(AssignmentRecord.id))) == 0


def test_inputs_that_change_meanwhile_make_a_run_stale_and_another_is_queued(
    brussels: Office,
) -> None:
    story.a_small_week(brussels)
    roster_id = story.a_request(brussels)
    task = taken(brussels)
    monday = brussels.now() + timedelta(days=5)
    report_absence(
        brussels,
        PLANNER,
        unit_id="5339-A",
        starts_at=monday,
        ends_at=monday + timedelta(days=1),
    )
    ended = computing.record_outcome(brussels, SYSTEM, run_id=task.run_id, outcome=EMPTY)
    assert ended is RunState.STALE
    assert story.header(brussels, roster_id).state is RosterState.REQUESTED
    again = taken(brussels)
    assert again.problem != task.problem
    computing.record_outcome(brussels, SYSTEM, run_id=again.run_id, outcome=EMPTY)
    assert story.header(brussels, roster_id).state is RosterState.DRAFT


def test_a_cancelled_run_stops_and_what_it_still_finds_is_dropped(brussels: Office) -> None:
    story.a_small_week(brussels)
    roster_id = story.a_request(brussels)
    task = taken(brussels)
    computing.cancel_run(brussels, PLANNER, run_id=task.run_id)
    assert not computing.record_progress(brussels, SYSTEM, run_id=task.run_id, incumbents=[])
    ended = computing.record_outcome(brussels, SYSTEM, run_id=task.run_id, outcome=EMPTY)
    assert ended is RunState.CANCELLED
    assert story.header(brussels, roster_id).state is RosterState.FAILED
    with pytest.raises(WrongState):
        computing.cancel_run(brussels, PLANNER, run_id=task.run_id)


def test_the_run_of_a_killed_worker_is_released_retried_and_at_last_failed(
    brussels: Office, clock: DrivenClock
) -> None:
    story.a_small_week(brussels)
    roster_id = story.a_request(brussels)
    for _ in range(computing.MOST_ATTEMPTS):
        task = taken(brussels)
        assert computing.release_lost_runs(brussels, SYSTEM) == ()
        clock.move(computing.LOST_AFTER + timedelta(seconds=1))
        assert computing.release_lost_runs(brussels, SYSTEM) == (task.run_id,)
    assert computing.take_run(brussels, SYSTEM) is None
    view = run_state(brussels, PLANNER, run_id=task.run_id)
    assert (view.state, view.error) == (RunState.FAILED, "the worker was lost 3 times")
    assert story.header(brussels, roster_id).state is RosterState.FAILED


def test_pins_of_what_is_published_are_kept_by_the_next_draft(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.staffed(brussels, roster_id, story.MONDAY_EARLY)
    story.pin(brussels, roster_id, unit, story.MONDAY_EARLY)
    story.brought_out(brussels, roster_id)
    second = weekly_roster.request_draft(brussels, PLANNER, city="brussels", week=story.WEEK)
    problem = parse_problem(taken(brussels).problem)
    assert [pin.pair for pin in problem.pinned] == [(unit, story.MONDAY_EARLY)]
    assert [held.pair for held in problem.reference] == [(unit, story.MONDAY_EARLY)]
    assert story.header(brussels, second).version == 2


def test_only_the_office_itself_computes(brussels: Office) -> None:
    with pytest.raises(NotAllowed):
        computing.take_run(brussels, PLANNER)
    with pytest.raises(NotAllowed):
        computing.cancel_run(brussels, MEMBER, run_id=1)
    with pytest.raises(UnknownRun):
        run_state(brussels, PLANNER, run_id=1)
