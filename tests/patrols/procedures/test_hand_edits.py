from __future__ import annotations

from datetime import timedelta

import pytest

from patrols.errors import (
    AlreadyOnDuty,
    DutyInThePast,
    InputsChangedMeanwhile,
    NotOnDuty,
    RoleNotPossible,
    RuleBroken,
    UnknownDuty,
    UnknownRoster,
    UnknownUnit,
)
from patrols.procedures import weekly_roster
from patrols.rosters import queries
from patrols.rosters.changes import (
    AddTogether,
    AddUnit,
    Change,
    ChangeRole,
    ClearDuty,
    MoveUnit,
    PinUnit,
    RemoveUnit,
    ReplaceUnit,
)
from patrols.store.office import Office
from scheduler.forces import Force
from scheduler.roster import Role
from tests.databases import DrivenClock
from tests.patrols import story
from tests.people import PLANNER

MONDAY_EARLY = "2026-W49-brussels-north-mon-early-1"
TUESDAY_EARLY = "2026-W49-brussels-north-tue-early-1"
MONDAY_LATE = "2026-W49-brussels-north-mon-late-1"


def test_an_unlawful_edit_is_refused_with_its_sentence_and_changes_nothing(
    brussels: Office,
) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.staffed(brussels, roster_id, MONDAY_EARLY)
    before = story.header(brussels, roster_id).row_version
    with pytest.raises(RuleBroken) as broken:
        story.edit(brussels, roster_id, AddUnit(unit, MONDAY_LATE))
    assert unit in broken.value.violations[0].sentence("nl") or broken.value.violations[0].duty
    assert story.header(brussels, roster_id).row_version == before
    assert story.duty(brussels, roster_id, MONDAY_LATE).units == ()


def test_units_are_moved_pinned_and_removed_and_the_score_is_told(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.lawful(brussels, roster_id, MONDAY_EARLY)
    told = weekly_roster.edit(
        brussels,
        PLANNER,
        roster_id=roster_id,
        row_version=story.row_version(brussels, roster_id),
        change=AddUnit(unit, MONDAY_EARLY),
    )
    assert told.row_version == story.row_version(brussels, roster_id)
    assert told.score_after.levels < told.score_before.levels
    story.edit(brussels, roster_id, MoveUnit(unit, MONDAY_EARLY, TUESDAY_EARLY))
    story.edit(brussels, roster_id, PinUnit(unit, TUESDAY_EARLY, pinned=True))
    [placed] = story.duty(brussels, roster_id, TUESDAY_EARLY).units
    assert (placed.unit_id, placed.pinned) == (unit, True)
    assert story.duty(brussels, roster_id, MONDAY_EARLY).units == ()
    story.edit(brussels, roster_id, RemoveUnit(unit, TUESDAY_EARLY))
    assert story.duty(brussels, roster_id, TUESDAY_EARLY).units == ()


def test_a_pair_takes_together_what_neither_could_take_alone(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    found = queries.pairs(brussels, PLANNER, roster_id=roster_id, duty_id=MONDAY_EARLY)
    first, second = (unit.unit_id for unit in found[0])
    for alone in (first, second):
        with pytest.raises(RuleBroken):
            story.edit(brussels, roster_id, AddUnit(alone, MONDAY_EARLY))
    story.edit(brussels, roster_id, AddTogether((first, second), MONDAY_EARLY))
    there = {unit.unit_id for unit in story.duty(brussels, roster_id, MONDAY_EARLY).units}
    assert there == {first, second}
    with pytest.raises(RuleBroken):
        story.edit(brussels, roster_id, RemoveUnit(first, MONDAY_EARLY))
    story.edit(brussels, roster_id, ClearDuty(MONDAY_EARLY))
    assert story.duty(brussels, roster_id, MONDAY_EARLY).units == ()


@pytest.mark.slow
def test_every_pair_that_is_offered_may_be_taken(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    for duty_id in (MONDAY_EARLY, TUESDAY_EARLY):
        for pair in queries.pairs(brussels, PLANNER, roster_id=roster_id, duty_id=duty_id):
            together = AddTogether(tuple(unit.unit_id for unit in pair), duty_id)
            story.edit(brussels, roster_id, together)
            story.edit(brussels, roster_id, ClearDuty(duty_id))


def test_a_unit_is_replaced_in_one_step(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    before = story.staffed(brussels, roster_id, MONDAY_EARLY)
    story.edit(brussels, roster_id, ClearDuty(MONDAY_EARLY))
    other = next(
        unit.unit_id
        for unit in queries.candidates(
            brussels, PLANNER, roster_id=roster_id, duty_id=MONDAY_EARLY
        )
        if unit.lawful and unit.unit_id != before and unit.force is Force.POLICE
    )
    story.edit(brussels, roster_id, AddUnit(before, MONDAY_EARLY))
    story.edit(brussels, roster_id, ReplaceUnit(before, MONDAY_EARLY, other))
    [unit] = story.duty(brussels, roster_id, MONDAY_EARLY).units
    assert (unit.unit_id, unit.role) == (other, Role.POLICE_LEAD)


def test_the_lead_is_passed_on_by_naming_another(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    first = story.staffed(brussels, roster_id, MONDAY_EARLY)
    second = story.staffed(brussels, roster_id, MONDAY_EARLY)
    leads = {u.role: u.unit_id for u in story.duty(brussels, roster_id, MONDAY_EARLY).units}
    lead = leads[Role.POLICE_LEAD]
    other = second if lead == first else first
    with pytest.raises(RoleNotPossible):
        story.edit(brussels, roster_id, ChangeRole(lead, MONDAY_EARLY, Role.MEMBER))
    story.edit(brussels, roster_id, ChangeRole(other, MONDAY_EARLY, Role.POLICE_LEAD))
    units = story.duty(brussels, roster_id, MONDAY_EARLY).units
    roles = {unit.unit_id: unit.role for unit in units}
    assert roles == {other: Role.POLICE_LEAD, lead: Role.DEPUTY}
    with pytest.raises(RoleNotPossible):
        story.edit(brussels, roster_id, ChangeRole(other, MONDAY_EARLY, Role.GUARD))


def test_what_is_unknown_or_past_is_named(brussels: Office, clock: DrivenClock) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.staffed(brussels, roster_id, MONDAY_EARLY)
    early = "Brussels-North station, {} early"
    refused: tuple[tuple[Change, type[Exception], str], ...] = (
        (AddUnit("9999-Z", MONDAY_EARLY), UnknownUnit, "9999-Z"),
        (AddUnit(unit, "2026-W49-nowhere"), UnknownDuty, "2026-W49-nowhere"),
        (AddUnit(unit, MONDAY_EARLY), AlreadyOnDuty, early.format("Mon 30 Nov")),
        (RemoveUnit(unit, TUESDAY_EARLY), NotOnDuty, early.format("Tue 1 Dec")),
    )
    for change, refusal, named in refused:
        with pytest.raises(refusal, match=named):
            story.edit(brussels, roster_id, change)
    clock.move(timedelta(days=6))
    with pytest.raises(DutyInThePast, match="early began at Mon 30 Nov, 05:40"):
        story.edit(brussels, roster_id, RemoveUnit(unit, MONDAY_EARLY))
    with pytest.raises(UnknownRoster):
        story.submit(brussels, 999)


def test_of_two_edits_at_once_the_second_is_refused(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    seen = story.row_version(brussels, roster_id)
    unit = story.lawful(brussels, roster_id, MONDAY_EARLY)
    story.add(brussels, roster_id, unit, MONDAY_EARLY)
    with pytest.raises(InputsChangedMeanwhile):
        weekly_roster.edit(
            brussels,
            PLANNER,
            roster_id=roster_id,
            row_version=seen,
            change=RemoveUnit(unit, MONDAY_EARLY),
        )
