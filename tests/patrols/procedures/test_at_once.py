"""Two people do the same thing in the same moment: one of them is told."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

from patrols.access.actor import Actor
from patrols.errors import DraftAlreadyOpen, InputsChangedMeanwhile, TandemError
from patrols.procedures import weekly_roster
from patrols.rosters.changes import AddUnit
from patrols.store.office import Office
from tests.patrols import story
from tests.people import COORDINATOR, PLANNER


def at_once(*steps: Callable[[], object]) -> list[type[TandemError]]:
    """The refusals of steps that begin together."""
    together, refusals = Barrier(len(steps)), list[type[TandemError]]()

    def take(step: Callable[[], object]) -> None:
        together.wait()
        try:
            step()
        except TandemError as refusal:
            refusals.append(type(refusal))

    threads = [Thread(target=take, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


def test_of_two_edits_at_the_same_moment_one_wins_and_one_is_told(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    version = story.row_version(brussels, roster_id)
    unit = story.lawful(brussels, roster_id, story.MONDAY_EARLY)

    def edit_by(actor: Actor) -> Callable[[], object]:
        return lambda: weekly_roster.edit(
            brussels,
            actor,
            roster_id=roster_id,
            row_version=version,
            change=AddUnit(unit, story.MONDAY_EARLY),
        )

    assert at_once(edit_by(PLANNER), edit_by(COORDINATOR)) == [InputsChangedMeanwhile]
    assert len(story.duty(brussels, roster_id, story.MONDAY_EARLY).units) == 1
    assert story.row_version(brussels, roster_id) == version + 1


def test_of_two_requests_at_the_same_moment_one_opens_the_week(brussels: Office) -> None:
    story.a_small_week(brussels)
    refused = at_once(lambda: story.a_request(brussels), lambda: story.a_request(brussels))
    assert refused == [DraftAlreadyOpen]


def test_publishing_twice_publishes_once(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    story.submit(brussels, roster_id)
    story.sign_all(brussels, roster_id)
    version = story.row_version(brussels, roster_id)

    def publish() -> None:
        weekly_roster.publish(brussels, PLANNER, roster_id=roster_id, row_version=version)

    assert len(at_once(publish, publish)) == 1
