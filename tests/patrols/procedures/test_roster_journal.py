"""What the journal keeps of a roster: how it stood before each step and after it, and why."""

from __future__ import annotations

from patrols.journal.queries import Entry, entries
from patrols.procedures import weekly_roster
from patrols.rosters.changes import PinUnit
from patrols.store.office import Office
from tests.patrols import story
from tests.people import LIAISON, PLANNER

Stood = tuple[str, int] | None


def told(office: Office, roster_id: int) -> list[Entry]:
    """The steps of the procedure in the order in which they were taken."""
    found = entries(office, PLANNER, kind="roster", subject=roster_id)
    return [entry for entry in reversed(found) if entry.step.startswith("weekly_roster.")]


def stood(entry: Entry) -> tuple[str, Stood, Stood]:
    def of(kept: dict[str, object] | None) -> Stood:
        return (str(kept["state"]), int(str(kept["version"]))) if kept else None

    return entry.step.removeprefix("weekly_roster."), of(entry.before), of(entry.after)


def test_every_step_tells_state_and_version_before_and_after(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    story.staffed(brussels, roster_id, story.MONDAY_EARLY)
    story.submit(brussels, roster_id)
    weekly_roster.send_back(brussels, LIAISON, roster_id=roster_id, reason=" Too few on Monday ")
    story.brought_out(brussels, roster_id)
    draft, submitted, published = ("draft", 1), ("submitted", 1), ("published", 1)
    assert [stood(entry) for entry in told(brussels, roster_id)] == [
        ("request_draft", None, ("requested", 1)),
        ("edit", draft, draft),
        ("submit", draft, submitted),
        ("send_back", submitted, draft),
        ("submit", draft, submitted),
        ("sign", submitted, submitted),
        ("sign", submitted, submitted),
        ("publish", submitted, published),
    ]
    later = weekly_roster.new_version(brussels, PLANNER, roster_id=roster_id)
    assert [stood(e) for e in told(brussels, later)] == [("new_version", published, ("draft", 2))]


def test_the_revision_that_was_signed_can_be_told_from_others(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    story.staffed(brussels, roster_id, story.MONDAY_EARLY)
    story.submit(brussels, roster_id)
    seen = story.row_version(brussels, roster_id)
    story.sign_all(brussels, roster_id)
    revisions = [
        (e.before["revision"], e.after["revision"]) for e in told(brussels, roster_id)[1:]
    ]
    assert revisions == [(seen - 2, seen - 1), (seen - 1, seen), (seen, seen), (seen, seen)]


def test_an_edit_may_have_a_reason_and_tells_a_pin(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.staffed(brussels, roster_id, story.MONDAY_EARLY)
    weekly_roster.edit(
        brussels,
        PLANNER,
        roster_id=roster_id,
        row_version=story.row_version(brussels, roster_id),
        change=PinUnit(unit, story.MONDAY_EARLY, pinned=True),
        reason=" They know the station ",
    )
    *_, added, pinned = told(brussels, roster_id)
    assert (added.reason, pinned.reason) == ("", "They know the station")
    assert added.before["assignments"] == ()
    [before], [after] = pinned.before["assignments"], pinned.after["assignments"]
    assert (before[-1], after[-1]) == ("", "pinned")
