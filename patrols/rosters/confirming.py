"""Who has confirmed which published duty, as it now stands."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.rosters.lifecycle import RosterState
from patrols.rosters.records import AcknowledgementRecord, AssignmentRecord, RosterRecord

Confirmed = dict[tuple[str, str], int]


def confirmations(session: Session, roster: RosterRecord) -> Confirmed:
    """(member, duty) → the newest version that the member confirmed; none for mere drafts."""
    if roster.state is not RosterState.PUBLISHED:
        return {}
    found = (
        select(AcknowledgementRecord)
        .join(AssignmentRecord, AssignmentRecord.duty_id == AcknowledgementRecord.duty_id)
        .where(AssignmentRecord.roster_id == roster.id)
        .order_by(AcknowledgementRecord.version)
        .distinct()
    )
    return {(row.member_id, row.duty_id): row.version for row in session.scalars(found)}


def confirmed_by(confirmed: Confirmed, member: str, row: AssignmentRecord) -> bool:
    """Whether the member confirmed the assignment as it now stands."""
    return confirmed.get((member, row.duty_id), 0) >= row.since > 0


def unconfirmed(
    session: Session, roster: RosterRecord, member: str, duties: Iterable[str]
) -> tuple[str, ...]:
    """Those of the duties that the member has not confirmed in this version."""
    asked = tuple(duties)
    held = select(AcknowledgementRecord.duty_id).where(
        AcknowledgementRecord.member_id == member,
        AcknowledgementRecord.duty_id.in_(asked),
        AcknowledgementRecord.version == roster.number,
    )
    done = set(session.scalars(held))
    return tuple(duty for duty in asked if duty not in done)
