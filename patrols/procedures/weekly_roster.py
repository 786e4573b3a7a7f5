"""The weekly roster: request a draft, edit, submit, sign, publish, acknowledge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.errors import (
    AlreadySigned,
    ReasonMissing,
    UnknownDuty,
    UnknownPart,
    WeekInThePast,
    WeekIsOver,
)
from patrols.journal.entries import enter
from patrols.notices.outbox import mark_seen
from patrols.rosters import fitness, keeping
from patrols.rosters.changes import Change, EditResult
from patrols.rosters.confirming import unconfirmed
from patrols.rosters.handwork import changed, duties_of, refuse_breach, refuse_unknown
from patrols.rosters.in_force import in_force_during
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.parts import part_name, parts_of, valid_sign_offs
from patrols.rosters.records import AcknowledgementRecord, RosterRecord, SignOffRecord
from patrols.rosters.snapshot import (
    assignments_of,
    draft_problem,
    problem_of_roster,
    published_duty,
    published_roster,
    scene_of,
)
from patrols.rosters.telling import concerned, tell
from patrols.rosters.week_duties import ensure_duties
from patrols.rosters.weeks import bounds
from patrols.runs.queueing import queue
from patrols.store.office import Office
from scheduler.check import score
from scheduler.roster import Roster
from scheduler.sheet import Sheet


def request_draft(
    office: Office, actor: Actor, *, city: str, week: str, seconds: int | None = None
) -> int:
    """Queues a run for the week and gives the roster's id; the worker does the rest.

    Raises `WeekInThePast`, `DraftAlreadyOpen`, `UnknownWeek`, `FrameworkNotInForce`.
    """
    require(actor, "weekly_roster.request_draft")
    now = office.now()
    if bounds(week, office.timezone)[0] <= now:
        raise WeekInThePast(week=week)
    with office.store.transaction() as work:
        session = work.session
        keeping.hold_city(session, city)
        ensure_duties(session, office, city, week)
        was = keeping.standing(keeping.newest(session, city, week))
        roster = keeping.opened(
            session, actor, city=city, week=week, state=RosterState.REQUESTED, at=now
        )
        problem = draft_problem(session, office, roster, now)
        queue(session, roster.id, problem, seconds=seconds or office.solve_seconds, at=now)
        _enter(session, office, actor, "request_draft", roster, was=was, after={"week": week})
        return roster.id


def edit(
    office: Office,
    actor: Actor,
    *,
    roster_id: int,
    row_version: int,
    change: Change,
    reason: str = "",
) -> EditResult:
    """One change by hand, judged at once; a breach is refused and changes nothing.

    Raises `RuleBroken`, `UnknownUnit`, `UnknownDuty`, `DutyInThePast`, `InputsChangedMeanwhile`.
    """
    require(actor, "weekly_roster.edit")
    with office.store.transaction() as work:
        roster = keeping.as_seen(work.session, roster_id, RosterState.DRAFT, row_version)
        problem = problem_of_roster(work.session, office, roster)
        refuse_unknown(problem, change)
        fitness.refuse_past(problem, duties_of(change), office.now())
        before = assignments_of(roster)
        was = keeping.standing(roster) | _said(before, change)
        after = changed(problem, before, change)
        refuse_breach(problem, before, after, change)
        keeping.write(roster, problem, after)
        keeping.shaped_by(roster, actor)
        roster.row_version += 1
        done = {"change": type(change).__name__} | _said(after, change)
        _enter(work.session, office, actor, "edit", roster, was=was, reason=reason, after=done)
        return EditResult(
            roster.row_version,
            score(problem, Sheet(problem, before)),
            score(problem, Sheet(problem, after)),
        )


def submit(office: Office, actor: Actor, *, roster_id: int, row_version: int) -> None:
    """Hands the draft to those who sign. Raises `RuleBroken` where it is not lawful (any more)."""
    require(actor, "weekly_roster.submit")
    with office.store.transaction() as work:
        roster = keeping.as_seen(work.session, roster_id, RosterState.DRAFT, row_version)
        was = keeping.standing(roster)
        problem = problem_of_roster(work.session, office, roster)
        fitness.refuse_unlawful(problem, assignments_of(roster))
        keeping.shaped_by(roster, actor)
        keeping.move(roster, RosterState.SUBMITTED)
        roster.submitted_at = office.now()
        roster.frameworks = in_force_during(problem.rules, problem.horizon.span)
        _enter(work.session, office, actor, "submit", roster, was=was)


def send_back(office: Office, actor: Actor, *, roster_id: int, reason: str) -> None:
    """Back to a draft, with a reason for its author; all sign-offs fall."""
    require(actor, "weekly_roster.send_back")
    if not reason.strip():
        raise ReasonMissing
    with office.store.transaction() as work:
        roster = keeping.locked(work.session, roster_id)
        keeping.refuse_unless(roster, RosterState.SUBMITTED)
        was = keeping.standing(roster)
        keeping.move(roster, RosterState.DRAFT)
        roster.submitted_at = None
        roster.sign_offs.clear()
        _enter(work.session, office, actor, "send_back", roster, was=was, reason=reason)


def sign(office: Office, actor: Actor, *, roster_id: int, part: str, row_version: int) -> None:
    """Signs off one part: an area by its commander, `defence` by the Defence liaison.

    Raises `NotYourCommand`, `NeedsSecondPerson`, `AlreadySigned`, `InputsChangedMeanwhile`.
    """
    with office.store.transaction() as work:
        roster = keeping.locked(work.session, roster_id)
        scene = scene_of(work.session, office, roster.city, roster.week)
        called = part_name(scene, part)
        require(actor, "weekly_roster.sign", part=part, called=called, authors=roster.authors)
        keeping.refuse_unless(roster, RosterState.SUBMITTED)
        keeping.refuse_stale(roster, row_version)
        parts = parts_of(scene, assignments_of(roster))
        if part not in parts:
            raise UnknownPart(part=part, parts=tuple(part_name(scene, p) for p in parts))
        if held := valid_sign_offs(roster).get(part):
            raise AlreadySigned(part=called, name=held.name)
        roster.sign_offs.append(
            SignOffRecord(
                part=part,
                account_id=actor.account_id,
                name=actor.name,
                at=office.now(),
                signed_version=roster.row_version,
            )
        )
        was = keeping.standing(roster)
        _enter(work.session, office, actor, "sign", roster, was=was, after={"part": part})


def publish(office: Office, actor: Actor, *, roster_id: int, row_version: int) -> None:
    """Puts the roster in force, supersedes the one before, and owes a notice to all it concerns.

    Raises `SignaturesMissing`, `FrameworkChanged`, `MandateExpired`, `RuleBroken`, `DoubleBooked`.
    """
    require(actor, "weekly_roster.publish")
    now = office.now()
    with office.store.transaction() as work:
        session = work.session
        roster = keeping.as_seen(session, roster_id, RosterState.SUBMITTED, row_version)
        was = keeping.standing(roster)
        if bounds(roster.week, office.timezone)[1] <= now:
            raise WeekIsOver(week=roster.week)
        problem = problem_of_roster(session, office, roster)
        wanted = assignments_of(roster)
        fitness.refuse_unsigned(problem, wanted, roster)
        fitness.refuse_outdated(problem, wanted, roster)
        fitness.refuse_unlawful(problem, wanted)
        previous = published_roster(session, roster.city, roster.week)
        if previous is not None:
            keeping.move(previous, RosterState.SUPERSEDED)
        keeping.move(roster, RosterState.PUBLISHED)
        roster.published_at, roster.published_by = now, actor.name
        keeping.put_in_force(session, roster, previous)
        told = concerned(problem, wanted, assignments_of(previous) if previous else None)
        tell(session, office, roster, problem, told)
        _enter(session, office, actor, "publish", roster, was=was, after={"told": len(told)})


def acknowledge(office: Office, actor: Actor, *, duty_id: str) -> None:
    """A member confirms one published duty of their own; doing so twice changes nothing."""
    with office.store.transaction() as work:
        roster, members = published_duty(work.session, duty_id)
        if roster is None:
            raise UnknownDuty(duty=duty_id)
        require(actor, "weekly_roster.acknowledge", members=members)
        _confirm(work.session, office, actor, roster, (duty_id,))


def acknowledge_week(office: Office, actor: Actor, *, roster_id: int) -> None:
    """A member confirms all their own duties of a published roster at once."""
    require(actor, "weekly_roster.acknowledge_week")
    with office.store.transaction() as work:
        roster = keeping.locked(work.session, roster_id)
        keeping.refuse_unpublished(roster)
        own = tuple(a.duty_id for a in roster.assignments if a.unit_id == actor.unit_id)
        _confirm(work.session, office, actor, roster, own)


def new_version(office: Office, actor: Actor, *, roster_id: int) -> int:
    """A draft that copies the published roster, to be changed by hand; gives its id."""
    require(actor, "weekly_roster.new_version")
    now = office.now()
    with office.store.transaction() as work:
        session = work.session
        keeping.hold_city(session, keeping.city_of(session, roster_id))
        source = keeping.locked(session, roster_id)
        keeping.refuse_unpublished(source)
        if bounds(source.week, office.timezone)[1] <= now:
            raise WeekIsOver(week=source.week)
        roster = keeping.opened(
            session, actor, city=source.city, week=source.week, state=RosterState.DRAFT, at=now
        )
        problem = problem_of_roster(session, office, roster)
        keeping.write(roster, problem, assignments_of(source))
        was = {"roster": source.id, **keeping.standing(source)}
        _enter(session, office, actor, "new_version", roster, was=was)
        return roster.id


def _confirm(
    session: Session, office: Office, actor: Actor, roster: RosterRecord, duties: tuple[str, ...]
) -> None:
    new = unconfirmed(session, roster, actor.member_id or "", duties)
    if not new:
        return
    session.add_all(
        AcknowledgementRecord(
            member_id=actor.member_id, duty_id=duty, version=roster.number, at=office.now()
        )
        for duty in new
    )
    mark_seen(session, f"{roster.city} {roster.week}", actor.member_id or "")
    was = keeping.standing(roster)
    _enter(session, office, actor, "acknowledge", roster, was=was, after={"duties": new})


def _said(roster: Roster, change: Change) -> dict[str, Any]:
    """What the journal keeps of a change: who is on its duties, in which role, pinned or not."""
    there = (a for a in roster.assignments if a.duty in duties_of(change))
    return {"assignments": [[a.unit, a.duty, a.role, "pinned" * a.pinned] for a in there]}


def _enter(
    session: Session,
    office: Office,
    actor: Actor,
    step: str,
    roster: RosterRecord,
    *,
    was: Mapping[str, Any],
    reason: str = "",
    after: Mapping[str, Any] = {},
) -> None:
    """`was` tells how the roster stood before the step; how it stands now follows from itself."""
    enter(
        session,
        at=office.now(),
        actor=actor,
        step=f"weekly_roster.{step}",
        kind="roster",
        subject=roster.id,
        reason=reason.strip(),
        before=was or None,
        after={**keeping.standing(roster), **after},
    )
