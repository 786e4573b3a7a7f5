"""Writes what is owed to persons, in the transaction of the step that owes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.access.records import AccountRecord
from patrols.forces.records import MemberRecord
from patrols.notices.lifecycle import NoticeState
from patrols.notices.records import NoticeRecord
from patrols.store.office import Office
from scheduler.wording import LANGUAGES

NO_ADDRESS = "no account, so no address: tell this person another way"
DEMO_DOMAIN = "tandem.example"


@dataclass(frozen=True, slots=True)
class Addressee:
    """How one member is reached; without an account there is no address outside a demo."""

    person: str
    name: str
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about; a person is owed one notice for each version of it."""

    kind: str
    id: str
    version: int


def addressees(
    session: Session, office: Office, members: Iterable[str]
) -> Mapping[str, Addressee]:
    wanted = tuple(sorted(set(members)))
    accounts = {
        account.member_id: account
        for account in session.scalars(
            select(AccountRecord).where(AccountRecord.member_id.in_(wanted))
        )
        if account.active
    }
    rows = session.scalars(select(MemberRecord).where(MemberRecord.id.in_(wanted)))
    return {row.id: _addressee(office, row, accounts.get(row.id)) for row in rows}


def owe(
    session: Session, to: Addressee, about: Subject, *, subject: str, body: str, at: datetime
) -> None:
    session.add(
        NoticeRecord(
            subject_kind=about.kind,
            subject_id=about.id,
            version=about.version,
            person=to.person,
            name=to.name,
            address=to.address,
            language=to.language,
            subject=subject,
            body=body,
            state=NoticeState.QUEUED if to.address else NoticeState.FAILED_FOR_GOOD,
            last_error=None if to.address else NO_ADDRESS,
            queued_at=at,
            next_attempt_at=at,
        )
    )


def mark_seen(session: Session, subject_id: str, person: str) -> None:
    """The person has read it, however its delivery stands."""
    found = select(NoticeRecord).where(
        NoticeRecord.subject_id == subject_id, NoticeRecord.person == person
    )
    for notice in session.scalars(found):
        notice.state = NoticeState.SEEN


def _addressee(office: Office, row: MemberRecord, account: AccountRecord | None) -> Addressee:
    if account is not None:
        return Addressee(row.id, account.name, account.email, account.language)
    language = next((word for word in row.languages if word in LANGUAGES), "en")
    address = f"{row.id.lower()}@{DEMO_DOMAIN}" if office.demo else ""
    return Addressee(row.id, row.id, address, language)
