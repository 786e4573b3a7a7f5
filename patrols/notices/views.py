"""What screens read of notices: frozen, complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from patrols.notices.lifecycle import NoticeState


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as the addressee reads it."""

    notice_id: int
    state: NoticeState
    to_name: str
    to_address: str
    language: str
    subject: str
    body: str
    queued_at: datetime
    sent_at: datetime | None
