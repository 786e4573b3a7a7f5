from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from patrols.access.actor import Actor, RoleName
from patrols.engagement.records import FrameworkRecord, MandateRecord
from patrols.errors import (
    AlreadyOnDuty,
    AlreadySigned,
    DoubleBooked,
    DraftAlreadyOpen,
    DutyInThePast,
    FrameworkChanged,
    FrameworkNotInForce,
    InputsChangedMeanwhile,
    MandateExpired,
    NeedsSecondPerson,
    NotAllowed,
    NotOnDuty,
    NotYourCommand,
    NotYourDuty,
    ReasonMissing,
    RoleNotPossible,
    RosterAlreadyPublished,
    RuleBroken,
    SignaturesMissing,
    UnknownCity,
    UnknownDuty,
    UnknownPart,
    UnknownRoster,
    UnknownUnit,
    UnknownWeek,
    WeekInThePast,
    WeekIsOver,
    WrongState,
)
from patrols.journal.queries import entries
from patrols.notices.queries import inbox
from patrols.procedures import weekly_roster
from patrols.procedures.sick_call import report_absence
from patrols.rosters import queries
from patrols.rosters.changes import AddUnit, Change, ChangeRole, MoveUnit, PinUnit, RemoveUnit
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.records import AssignmentRecord
from patrols.store.office import Office
from scheduler.forces import Force
from scheduler.roster import Role
from tests.databases import DrivenClock
from tests.patrols import story
from tests.people import LIAISON, MEMBER, PLANNER, an_actor

MONDAY_EARLY = "2026-W49-brussels-north-mon-early-1"
TUESDAY_EARLY = "2026-W49-brussels-north-tue-early-1"
MONDAY_LATE = "2026-W49-brussels-north-mon-late-1"


def edit(office: Office, roster_id: int, change: Change) -> None:
    weekly_roster.edit(
        office,
        PLANNER,
        roster_id=roster_id,
        row_version=story.row_version(office, roster_id),
        change=change,
    )


def colleagues(office: Office, unit: str) -> tuple[Actor, ...]:
    week = queries.problem_of(office, PLANNER, city="brussels", week=story.WEEK)
    return tuple(
        Actor(m.id, m.id, frozenset({RoleName.MEMBER}), member_id=m.id, unit_id=unit)
        for m in week.unit(unit).members
    )


def test_a_week_goes_from_request_to_acknowledgement(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.staffed(brussels, roster_id, MONDAY_EARLY)
    assert story.duty(brussels, roster_id, MONDAY_EARLY).units[0].role is Role.POLICE_LEAD
    story.brought_out(brussels, roster_id)
    page = queries.roster_page(brussels, PLANNER, roster_id=roster_id)
    assert (page.header.version, page.header.state) == (1, RosterState.PUBLISHED)
    assert (page.acknowledged, page.to_acknowledge) == (0, len(colleagues(brussels, unit)))
    letters = inbox(brussels, PLANNER)
    assert len(letters) == page.to_acknowledge
    for member in colleagues(brussels, unit):
        [mine] = queries.my_duties(brussels, member).all
        assert mine.acknowledged_at is None
        weekly_roster.acknowledge(brussels, member, duty_id=mine.duty_id)
        weekly_roster.acknowledge(brussels, member, duty_id=mine.duty_id)
        assert queries.my_duties(brussels, member).unacknowledged == ()
    assert story.duty(brussels, roster_id, MONDAY_EARLY).units[0].confirmed
    taken = [entry.step for entry in entries(brussels, PLANNER, kind="roster")]
    assert taken.count("weekly_roster.acknowledge") == page.to_acknowledge
    assert {"weekly_roster.edit", "weekly_roster.sign", "weekly_roster.publish"} <= set(taken)


def test_a_week_in_the_past_an_open_week_and_nonsense_are_not_drafted(brussels: Office) -> None:
    for week, refusal in (
        ("2026-W48", WeekInThePast),
        ("2026-W54", UnknownWeek),
    ):
        with pytest.raises(refusal):
            story.a_request(brussels, week)
    with pytest.raises(UnknownCity):
        weekly_roster.request_draft(brussels, PLANNER, city="atlantis", week=story.WEEK)
    story.a_request(brussels)
    with pytest.raises(DraftAlreadyOpen):
        story.a_request(brussels)
    with pytest.raises(NotAllowed):
        weekly_roster.request_draft(brussels, MEMBER, city="brussels", week="2026-W50")


def test_without_a_framework_no_week_is_drafted(brussels: Office) -> None:
    with brussels.store.transaction() as work:
        work.session.execute(update(FrameworkRecord).values(valid_to=brussels.now()))
    with pytest.raises(FrameworkNotInForce):
        story.a_request(brussels)


def test_an_unlawful_edit_is_refused_with_its_sentence_and_changes_nothing(
    brussels: Office,
) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.staffed(brussels, roster_id, MONDAY_EARLY)
    before = story.header(brussels, roster_id).row_version
    with pytest.raises(RuleBroken) as broken:
        edit(brussels, roster_id, AddUnit(unit, MONDAY_LATE))
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
    edit(brussels, roster_id, MoveUnit(unit, MONDAY_EARLY, TUESDAY_EARLY))
    edit(brussels, roster_id, PinUnit(unit, TUESDAY_EARLY, pinned=True))
    [placed] = story.duty(brussels, roster_id, TUESDAY_EARLY).units
    assert (placed.unit_id, placed.pinned) == (unit, True)
    assert story.duty(brussels, roster_id, MONDAY_EARLY).units == ()
    edit(brussels, roster_id, RemoveUnit(unit, TUESDAY_EARLY))
    assert story.duty(brussels, roster_id, TUESDAY_EARLY).units == ()


def test_the_lead_is_passed_on_by_naming_another(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    first = story.staffed(brussels, roster_id, MONDAY_EARLY)
    second = story.staffed(brussels, roster_id, MONDAY_EARLY)
    leads = {u.role: u.unit_id for u in story.duty(brussels, roster_id, MONDAY_EARLY).units}
    lead = leads[Role.POLICE_LEAD]
    other = second if lead == first else first
    with pytest.raises(RoleNotPossible):
        edit(brussels, roster_id, ChangeRole(lead, MONDAY_EARLY, Role.MEMBER))
    edit(brussels, roster_id, ChangeRole(other, MONDAY_EARLY, Role.POLICE_LEAD))
    units = story.duty(brussels, roster_id, MONDAY_EARLY).units
    roles = {unit.unit_id: unit.role for unit in units}
    assert roles == {other: Role.POLICE_LEAD, lead: Role.DEPUTY}
    with pytest.raises(RoleNotPossible):
        edit(brussels, roster_id, ChangeRole(other, MONDAY_EARLY, Role.GUARD))


def test_what_is_unknown_or_past_is_named(brussels: Office, clock: DrivenClock) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.staffed(brussels, roster_id, MONDAY_EARLY)
    refused: tuple[tuple[Change, type[Exception]], ...] = (
        (AddUnit("9999-Z", MONDAY_EARLY), UnknownUnit),
        (AddUnit(unit, "2026-W49-nowhere"), UnknownDuty),
        (AddUnit(unit, MONDAY_EARLY), AlreadyOnDuty),
        (RemoveUnit(unit, TUESDAY_EARLY), NotOnDuty),
    )
    for change, refusal in refused:
        with pytest.raises(refusal):
            edit(brussels, roster_id, change)
    clock.move(timedelta(days=6))
    with pytest.raises(DutyInThePast):
        edit(brussels, roster_id, RemoveUnit(unit, MONDAY_EARLY))
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


def test_nobody_signs_what_they_shaped_or_what_is_not_theirs(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    both = an_actor(
        RoleName.PLANNER, RoleName.COMMANDER, name="Both", areas=frozenset({"peterbos"})
    )
    story.submit(brussels, roster_id, by=both)
    version = story.row_version(brussels, roster_id)

    def sign(by: Actor, part: str, row_version: int = version) -> None:
        weekly_roster.sign(brussels, by, roster_id=roster_id, part=part, row_version=row_version)

    with pytest.raises(NeedsSecondPerson):
        sign(both, "peterbos")
    with pytest.raises(NotYourCommand):
        sign(an_actor(RoleName.COMMANDER, areas=frozenset({"matonge"})), "peterbos")
    with pytest.raises(NotYourCommand):
        sign(LIAISON, "peterbos")
    with pytest.raises(UnknownPart):
        sign(LIAISON, "defence")
    with pytest.raises(InputsChangedMeanwhile):
        sign(story.COMMANDER_OF_ALL, "peterbos", version - 1)
    sign(story.COMMANDER_OF_ALL, "peterbos")
    with pytest.raises(AlreadySigned):
        sign(story.COMMANDER_OF_ALL, "peterbos")


def test_sign_offs_fall_when_the_roster_is_sent_back(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    story.submit(brussels, roster_id)
    story.sign_all(brussels, roster_id)
    with pytest.raises(ReasonMissing):
        weekly_roster.send_back(brussels, LIAISON, roster_id=roster_id, reason=" ")
    weekly_roster.send_back(brussels, LIAISON, roster_id=roster_id, reason="Too few on Monday")
    story.submit(brussels, roster_id)
    page = queries.roster_page(brussels, PLANNER, roster_id=roster_id)
    assert not any(part.signed for part in page.sign_offs)
    assert "Too few on Monday" in {entry.reason for entry in page.journal}
    with pytest.raises(SignaturesMissing):
        story.publish(brussels, roster_id)
    story.sign_all(brussels, roster_id)
    story.publish(brussels, roster_id)
    with pytest.raises(RosterAlreadyPublished):
        story.submit(brussels, roster_id)


def soldiers_on_patrol(office: Office, roster_id: int) -> str:
    story.staffed(office, roster_id, MONDAY_EARLY)
    soldiers = story.lawful(office, roster_id, MONDAY_EARLY, Force.MILITARY)
    story.add(office, roster_id, soldiers, MONDAY_EARLY)
    return soldiers


def test_soldiers_are_signed_for_and_need_a_mandate_when_published(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    soldiers_on_patrol(brussels, roster_id)
    story.submit(brussels, roster_id)
    page = queries.roster_page(brussels, PLANNER, roster_id=roster_id)
    assert page.sign_offs[-1].part == "defence"
    assert page.freed_minutes >= 0
    story.sign_all(brussels, roster_id)
    with brussels.store.transaction() as work:
        work.session.execute(update(MandateRecord).values(valid_to=brussels.now()))
    with pytest.raises(MandateExpired):
        story.publish(brussels, roster_id)
    assert inbox(brussels, PLANNER) == ()


def test_a_framework_that_ended_after_submission_stops_the_publication(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    story.submit(brussels, roster_id)
    story.sign_all(brussels, roster_id)
    with brussels.store.transaction() as work:
        work.session.execute(
            update(FrameworkRecord)
            .where(FrameworkRecord.id == "police-working-time-rppol")
            .values(valid_to=brussels.now())
        )
    with pytest.raises(FrameworkChanged):
        story.publish(brussels, roster_id)
    weekly_roster.send_back(brussels, PLANNER, roster_id=roster_id, reason="new framework")
    story.brought_out(brussels, roster_id)


def test_what_became_unlawful_meanwhile_is_not_published(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.staffed(brussels, roster_id, MONDAY_EARLY)
    story.submit(brussels, roster_id)
    story.sign_all(brussels, roster_id)
    duty = story.duty(brussels, roster_id, MONDAY_EARLY)
    report_absence(brussels, PLANNER, unit_id=unit, starts_at=duty.starts_at, ends_at=duty.ends_at)
    with pytest.raises(RuleBroken):
        story.publish(brussels, roster_id)


def test_a_week_that_is_over_is_not_published_any_more(
    brussels: Office, clock: DrivenClock
) -> None:
    roster_id = story.a_draft(brussels)
    story.submit(brussels, roster_id)
    story.sign_all(brussels, roster_id)
    clock.move(timedelta(days=14))
    with pytest.raises(WeekIsOver):
        story.publish(brussels, roster_id)


def test_a_second_version_tells_only_those_whom_it_changes(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    kept = story.staffed(brussels, roster_id, MONDAY_EARLY)
    moved = story.staffed(brussels, roster_id, TUESDAY_EARLY)
    story.brought_out(brussels, roster_id)
    for unit in (kept, moved):
        for member in colleagues(brussels, unit):
            weekly_roster.acknowledge_week(brussels, member, roster_id=roster_id)
    told_before = len(inbox(brussels, PLANNER))
    second = weekly_roster.new_version(brussels, PLANNER, roster_id=roster_id)
    edit(brussels, second, RemoveUnit(moved, TUESDAY_EARLY))
    story.brought_out(brussels, second)
    assert story.header(brussels, roster_id).state is RosterState.SUPERSEDED
    letters = inbox(brussels, PLANNER)
    told = {letter.to_name for letter in letters[: len(letters) - told_before]}
    assert told == {member.name for member in colleagues(brussels, moved)}
    assert story.duty(brussels, second, MONDAY_EARLY).units[0].confirmed
    [other] = colleagues(brussels, moved)[:1]
    assert queries.my_duties(brussels, other).all == ()
    with pytest.raises(UnknownDuty):
        weekly_roster.acknowledge(brussels, other, duty_id=TUESDAY_EARLY)
    with pytest.raises(NotYourDuty):
        weekly_roster.acknowledge(brussels, other, duty_id=MONDAY_EARLY)


def test_a_new_version_copies_what_is_published_and_nothing_else(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    with pytest.raises(WrongState):
        weekly_roster.new_version(brussels, PLANNER, roster_id=roster_id)
    unit = story.staffed(brussels, roster_id, MONDAY_EARLY)
    story.brought_out(brussels, roster_id)
    second = weekly_roster.new_version(brussels, PLANNER, roster_id=roster_id)
    assert story.header(brussels, second).version == 2
    assert story.duty(brussels, second, MONDAY_EARLY).units[0].unit_id == unit
    with pytest.raises(DraftAlreadyOpen):
        weekly_roster.new_version(brussels, PLANNER, roster_id=roster_id)


def test_the_database_itself_refuses_a_double_booking(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    unit = story.staffed(brussels, roster_id, MONDAY_EARLY)
    story.brought_out(brussels, roster_id)
    with brussels.store.reading() as session:
        live = session.scalar(select(AssignmentRecord).where(AssignmentRecord.live))
    assert live is not None

    def again(starts_after: timedelta) -> AssignmentRecord:
        return AssignmentRecord(
            roster_id=roster_id,
            unit_id=unit,
            duty_id=TUESDAY_EARLY,
            live=True,
            since=1,
            reports_at=live.reports_at + starts_after,
            released_at=live.released_at + starts_after,
        )

    with (
        pytest.raises(IntegrityError, match="no_double_booking"),
        brussels.store.transaction() as work,
    ):
        work.session.add(again(timedelta(hours=1)))
    with brussels.store.transaction() as work:
        work.session.add(again(live.released_at - live.reports_at))


def test_a_unit_that_is_live_elsewhere_is_named_when_publishing(brussels: Office) -> None:
    """Two rosters that no rule compares: only the database sees both."""
    first = story.a_draft(brussels)
    unit = story.staffed(brussels, first, MONDAY_EARLY)
    second = story.a_draft(brussels, "2026-W50")
    with brussels.store.transaction() as work:
        duty = work.session.scalar(select(AssignmentRecord))
        assert duty is not None
        work.session.add(
            AssignmentRecord(
                roster_id=second,
                unit_id=unit,
                duty_id="2026-W50-brussels-north-mon-early-1",
                live=True,
                since=1,
                reports_at=duty.reports_at,
                released_at=duty.released_at,
            )
        )
    story.submit(brussels, first)
    story.sign_all(brussels, first)
    with pytest.raises(DoubleBooked):
        story.publish(brussels, first)
    with brussels.store.transaction() as work:
        work.session.execute(delete(AssignmentRecord).where(AssignmentRecord.roster_id == second))
    story.publish(brussels, first)


def test_members_see_what_is_published_and_no_drafts(brussels: Office) -> None:
    roster_id = story.a_draft(brussels)
    assert queries.weeks(brussels, MEMBER, city="brussels") == ()
    with pytest.raises(NotAllowed):
        queries.board(brussels, MEMBER, roster_id=roster_id)
    story.brought_out(brussels, roster_id)
    assert queries.board(brussels, MEMBER, roster_id=roster_id).version == 1
    [line] = queries.weeks(brussels, MEMBER, city="brussels")
    assert line.published is not None
    board = queries.current_board(brussels, MEMBER, city="brussels", week=story.WEEK)
    assert len(board.days) == 7
