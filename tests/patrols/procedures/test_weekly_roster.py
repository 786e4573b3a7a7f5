from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from patrols.access.actor import Actor, RoleName
from patrols.engagement.records import FrameworkRecord, MandateRecord
from patrols.errors import (
    AlreadySigned,
    DraftAlreadyOpen,
    FrameworkChanged,
    FrameworkNotInForce,
    InputsChangedMeanwhile,
    MandateExpired,
    NeedsSecondPerson,
    NotAllowed,
    NotYourCommand,
    NotYourDuty,
    ReasonMissing,
    RosterAlreadyPublished,
    RuleBroken,
    SignaturesMissing,
    UnknownCity,
    UnknownDuty,
    UnknownPart,
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
from patrols.rosters.changes import RemoveUnit
from patrols.rosters.lifecycle import RosterState
from patrols.store.office import Office
from scheduler.forces import Force
from scheduler.roster import Role
from tests.databases import DrivenClock
from tests.patrols import story
from tests.people import LIAISON, MEMBER, PLANNER, an_actor

MONDAY_EARLY = "2026-W49-brussels-north-mon-early-1"
TUESDAY_EARLY = "2026-W49-brussels-north-tue-early-1"
MONDAY_LATE = "2026-W49-brussels-north-mon-late-1"


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
    with pytest.raises(NotYourCommand, match="does not answer for Peterbos;"):
        sign(LIAISON, "peterbos")
    with pytest.raises(UnknownPart, match="its parts are Brussels-North station and Peterbos"):
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
    with pytest.raises(SignaturesMissing, match="Brussels-North station and Peterbos"):
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


@pytest.mark.slow
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
    with pytest.raises(MandateExpired, match="on Brussels-North station, Mon 30 Nov early;"):
        story.publish(brussels, roster_id)
    assert inbox(brussels, PLANNER) == ()


@pytest.mark.slow
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
    with pytest.raises(FrameworkChanged, match="Submitted under Police working time"):
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


@pytest.mark.slow
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
    story.edit(brussels, second, RemoveUnit(moved, TUESDAY_EARLY))
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
