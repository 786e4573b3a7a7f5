"""Somebody cannot come: who and until when, never why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.availability.records import AbsenceRecord
from patrols.errors import Invalid, UnknownMember, UnknownUnit
from patrols.forces.records import MemberRecord, UnitRecord
from patrols.journal.entries import enter
from patrols.store.office import Office

STEP = "sick_call.report_absence"


def report_absence(
    office: Office,
    actor: Actor,
    *,
    starts_at: datetime,
    ends_at: datetime,
    unit_id: str | None = None,
    member_id: str | None = None,
) -> int:
    """A whole unit or one member; gives the absence's id. Members report themselves only.

    Raises `UnknownUnit`, `UnknownMember` or `Invalid`.
    """
    require(actor, STEP, members=[member_id] if member_id else ())
    if (unit_id is None) == (member_id is None):
        raise Invalid(key="unit or member", fault="name one of the two")
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise Invalid(key="starts and ends", fault="a moment needs its offset, such as +01:00")
    if ends_at <= starts_at:
        raise Invalid(key="ends", fault="an absence ends after it starts")
    absence = AbsenceRecord(
        unit_id=unit_id,
        member_id=member_id,
        starts_at=starts_at,
        ends_at=ends_at,
        reported_at=office.now(),
    )
    with office.store.transaction() as work:
        _refuse_strangers(work.session, unit_id, member_id)
        work.session.add(absence)
        work.session.flush()
        _tell(work.session, office, actor, absence)
    return absence.id


def _tell(session: Session, office: Office, actor: Actor, absence: AbsenceRecord) -> None:
    enter(
        session,
        at=office.now(),
        actor=actor,
        step=STEP,
        kind="absence",
        subject=absence.id,
        after={
            "who": absence.unit_id or absence.member_id,
            "from": absence.starts_at.isoformat(),
            "until": absence.ends_at.isoformat(),
        },
    )


def _refuse_strangers(session: Session, unit_id: str | None, member_id: str | None) -> None:
    if unit_id is not None and session.get(UnitRecord, unit_id) is None:
        raise UnknownUnit(unit=unit_id)
    if member_id is not None and session.get(MemberRecord, member_id) is None:
        raise UnknownMember(member=member_id)
