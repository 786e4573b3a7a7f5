"""Attempts to sign in: whoever fails again and again waits, and nobody else does.

Counted for each client address, and for each account tried from it, whether it exists or not.
An account is never closed as a whole: nobody can lock out a colleague from elsewhere.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from patrols.access import patience
from patrols.access.records import FailedSignIns
from patrols.errors import TooManyAttempts
from patrols.store.office import Office
from scheduler.wording import duration

ONE_CLIENT_BITS = 64
"""Of an IPv6 address: whoever has one has all that begin like it."""


def begin(office: Office, *, client: str, email: str) -> None:
    """Told before a password is looked at. Raises `TooManyAttempts` while one has to wait.

    It counts as failed until `succeeded` is told, so that many attempts at once count as many.
    """
    now = office.now()
    with office.store.transaction() as work:
        counts = [_held(work.session, subject, now) for subject in _subjects(client, email)]
        heard = max((patience.heard_at(f) for c in counts if (f := _failures(c))), default=now)
        if heard > now:
            raise TooManyAttempts(wait=duration(-((now - heard) // timedelta(minutes=1))))
        for count in counts:
            failures = patience.with_another(_failures(count), now)
            count.failed_at = [failed.timestamp() for failed in failures]
            count.forgotten_at = patience.forgotten_at(failures)


def succeeded(session: Session, *, client: str, email: str, at: datetime) -> None:
    """Forgets what failed before, and whatever else is long over."""
    for subject in _subjects(client, email):
        session.execute(delete(FailedSignIns).where(FailedSignIns.subject == subject))
    over = select(FailedSignIns).where(FailedSignIns.forgotten_at <= at)
    for count in session.scalars(over.with_for_update(skip_locked=True)):
        session.delete(count)


def _subjects(client: str, email: str) -> tuple[str, str]:
    """In the order in which they are held: two attempts never wait for each other."""
    place = _place(client)
    account = email.strip().lower()
    return _digest(place), _digest(f"{place} {account}")


def _digest(told: str) -> str:
    """Neither addresses nor what was typed as a name are kept."""
    return sha256(told.encode()).hexdigest()


def _place(client: str) -> str:
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), ONE_CLIENT_BITS), strict=False))
    return str(address)


def _failures(count: FailedSignIns) -> patience.Failures:
    return tuple(datetime.fromtimestamp(failed, UTC) for failed in count.failed_at)


def _held(session: Session, subject: str, now: datetime) -> FailedSignIns:
    """The count, which nobody else changes before this step ends."""
    wanted = select(FailedSignIns).where(FailedSignIns.subject == subject).with_for_update()
    if (held := session.scalar(wanted)) is not None:
        return held
    try:
        with session.begin_nested():
            session.add(FailedSignIns(subject=subject, failed_at=(), forgotten_at=now))
    except IntegrityError:  # another attempt was quicker, and has ended by now
        pass
    return session.scalars(wanted).one()
