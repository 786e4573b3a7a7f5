"""Accounts: found by those who sign people in, made by administrators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from patrols.access import attempts
from patrols.access.actor import Actor, RoleName
from patrols.access.passwords import hashed
from patrols.access.policy import require
from patrols.access.records import AccountArea, AccountRecord, AccountRole
from patrols.areas.records import AreaRecord
from patrols.errors import Invalid, UnknownAccount, UnknownMember
from patrols.forces.records import MemberRecord
from patrols.journal.entries import enter
from patrols.store.office import Office
from scheduler.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as those who sign people in need it."""

    id: str
    email: str
    name: str
    password_hash: str
    active: bool
    fs_uniquifier: str
    language: str
    roles: frozenset[RoleName]
    areas: frozenset[str]
    member_id: str | None
    unit_id: str | None
    signed_in_at: datetime | None

    @property
    def actor(self) -> Actor:
        return Actor(self.id, self.name, self.roles, self.areas, self.member_id, self.unit_id)


def account_by(
    office: Office,
    *,
    account_id: str | None = None,
    email: str | None = None,
    fs_uniquifier: str | None = None,
) -> AccountView | None:
    """The account with all that is given; asked before anybody is signed in."""
    wanted = select(AccountRecord)
    if account_id is not None:
        wanted = wanted.where(AccountRecord.id == account_id)
    if email is not None:
        wanted = wanted.where(AccountRecord.email == email.strip().lower())
    if fs_uniquifier is not None:
        wanted = wanted.where(AccountRecord.fs_uniquifier == fs_uniquifier)
    with office.store.reading() as session:
        record = session.scalars(wanted.limit(1)).one_or_none()
        return _view(session, record) if record else None


def demo_accounts(office: Office) -> tuple[AccountView, ...]:
    """Everybody who may sign in to a demo office, for its sign-in page; elsewhere nobody."""
    if not office.demo:
        return ()
    with office.store.reading() as session:
        found = session.scalars(select(AccountRecord).order_by(AccountRecord.email))
        return tuple(_view(session, record) for record in found if record.active)


def create_account(
    office: Office,
    actor: Actor,
    *,
    email: str,
    name: str,
    password: str,
    roles: Iterable[RoleName],
    language: str = "en",
    areas: Iterable[str] = (),
    member_id: str | None = None,
) -> str:
    """The account's id. Raises `Invalid` and `UnknownMember`."""
    require(actor, "accounts.create_account")
    _known_language(language)
    record = AccountRecord(
        email=_address(email),
        name=name,
        password_hash=hashed(password),
        language=language,
        member_id=member_id,
        created_at=office.now(),
        roles=[AccountRole(role=role) for role in sorted(set(roles))],
        commands=[AccountArea(area_id=area) for area in sorted(set(areas))],
    )
    with office.store.transaction() as work:
        _refuse_strangers(work.session, record)
        work.session.add(record)
        work.session.flush()
        _tell(work.session, office, actor, record)
    return record.id


def set_language(office: Office, actor: Actor, *, language: str) -> None:
    """The language in which the actor reads screens and notices."""
    require(actor, "accounts.set_language")
    _known_language(language)
    with office.store.transaction() as work:
        _account(work.session, actor.account_id).language = language


def record_sign_in(office: Office, *, account_id: str, client: str = "") -> None:
    """Told by those who have just checked the password of somebody at `client`."""
    with office.store.transaction() as work:
        account = _account(work.session, account_id)
        account.signed_in_at = office.now()
        attempts.succeeded(work.session, client=client, email=account.email, at=office.now())
        enter(
            work.session,
            at=office.now(),
            actor=_view(work.session, account).actor,
            step="accounts.record_sign_in",
            kind="account",
            subject=account_id,
        )


def _account(session: Session, account_id: str) -> AccountRecord:
    record = session.get(AccountRecord, account_id)
    if record is None:
        raise UnknownAccount(account=account_id)
    return record


def _address(email: str) -> str:
    address = email.strip().lower()
    local, at, domain = address.partition("@")
    if not (local and at and domain) or any(c.isspace() for c in address):
        raise Invalid(key="email", fault=f"{email!r} is no e-mail address")
    return address


def _known_language(language: str) -> None:
    if language not in LANGUAGES:
        fault = f"{language!r} is not known; there are {', '.join(LANGUAGES)}"
        raise Invalid(key="language", fault=fault)


def _refuse_strangers(session: Session, record: AccountRecord) -> None:
    if session.scalar(select(AccountRecord.id).where(AccountRecord.email == record.email)):
        raise Invalid(key="email", fault=f"{record.email} already has an account")
    for command in record.commands:
        if session.get(AreaRecord, command.area_id) is None:
            raise Invalid(key="areas", fault=f"there is no patrol area {command.area_id}")
    if record.member_id is not None and session.get(MemberRecord, record.member_id) is None:
        raise UnknownMember(member=record.member_id)


def _tell(session: Session, office: Office, actor: Actor, record: AccountRecord) -> None:
    enter(
        session,
        at=office.now(),
        actor=actor,
        step="accounts.create_account",
        kind="account",
        subject=record.id,
        after={
            "name": record.name,
            "roles": [held.role for held in record.roles],
            "areas": [command.area_id for command in record.commands],
            "member": record.member_id,
        },
    )


def _view(session: Session, record: AccountRecord) -> AccountView:
    member = session.get(MemberRecord, record.member_id) if record.member_id else None
    return AccountView(
        id=record.id,
        email=record.email,
        name=record.name,
        password_hash=record.password_hash,
        active=record.active,
        fs_uniquifier=record.fs_uniquifier,
        language=record.language,
        roles=frozenset(held.role for held in record.roles),
        areas=frozenset(command.area_id for command in record.commands),
        member_id=record.member_id,
        unit_id=member.unit_id if member else None,
        signed_in_at=record.signed_in_at,
    )
