"""Notices: claim what is due, and record what became of it; sending happens in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.errors import NotFound
from patrols.notices.lifecycle import DUE, NoticeState, may_move, wait_after
from patrols.notices.records import NoticeRecord
from patrols.store.office import Office

BATCH = 50
LOST_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to be handed to the post."""

    notice_id: int
    name: str
    address: str
    language: str
    subject: str
    body: str


def claim_due(office: Office, actor: Actor, *, limit: int = BATCH) -> tuple[Delivery, ...]:
    """Notices to send now; while they are claimed nobody else sends them.

    A claim that nobody reported on for minutes is claimed again: its worker died.
    """
    require(actor, "notices.claim_due")
    now = office.now()
    claimable = (*DUE, NoticeState.SENDING)
    due = (
        select(NoticeRecord)
        .where(NoticeRecord.state.in_(claimable), NoticeRecord.next_attempt_at <= now)
        .order_by(NoticeRecord.next_attempt_at, NoticeRecord.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    with office.store.transaction() as work:
        claimed = tuple(work.session.scalars(due))
        for notice in claimed:
            notice.state = NoticeState.SENDING
            notice.attempts += 1
            notice.next_attempt_at = now + LOST_AFTER
        return tuple(_delivery(notice) for notice in claimed)


def record_delivery(
    office: Office, actor: Actor, *, notice_id: int, error: str = "", for_good: bool = False
) -> None:
    """What became of it; without an `error` the post took it.

    A failure is tried again, later each time, unless it is one `for_good`.
    """
    require(actor, "notices.record_delivery")
    now = office.now()
    with office.store.transaction() as work:
        notice = work.session.get(NoticeRecord, notice_id, with_for_update=True)
        if notice is None:
            raise NotFound(kind="notice", id=notice_id)
        notice.last_error = error or None
        notice.next_attempt_at = now + wait_after(notice.attempts)
        if not error:
            notice.sent_at = now
        state = _state_after(error, for_good=for_good)
        if may_move(notice.state, state):
            notice.state = state


def _state_after(error: str, *, for_good: bool) -> NoticeState:
    if not error:
        return NoticeState.SENT
    return NoticeState.FAILED_FOR_GOOD if for_good else NoticeState.FAILED_FOR_NOW


def _delivery(notice: NoticeRecord) -> Delivery:
    return Delivery(
        notice.id, notice.name, notice.address, notice.language, notice.subject, notice.body
    )
