"""Reads of notices for screens."""

from __future__ import annotations

from sqlalchemy import select

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.notices.records import NoticeRecord
from patrols.notices.views import Letter
from patrols.store.office import Office

MOST_LETTERS = 200


def inbox(office: Office, actor: Actor) -> tuple[Letter, ...]:
    """The actor's own letters, the newest first; in a demo office everybody's."""
    require(actor, "notices.inbox")
    found = select(NoticeRecord).order_by(NoticeRecord.id.desc()).limit(MOST_LETTERS)
    if not office.demo:
        found = found.where(NoticeRecord.person == (actor.member_id or ""))
    with office.store.reading() as session:
        return tuple(_letter(office, row) for row in session.scalars(found))


def _letter(office: Office, row: NoticeRecord) -> Letter:
    return Letter(
        notice_id=row.id,
        state=row.state,
        to_name=row.name,
        to_address=row.address,
        language=row.language,
        subject=row.subject,
        body=row.body,
        queued_at=office.local(row.queued_at),
        sent_at=office.local(row.sent_at) if row.sent_at else None,
    )
