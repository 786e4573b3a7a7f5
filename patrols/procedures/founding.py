"""Founding: an office without people becomes a demo office, for good."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.access.records import AccountRecord
from patrols.errors import NotADemo
from patrols.forces.records import MemberRecord
from patrols.journal.entries import enter
from patrols.store.demo_mark import is_marked, mark
from patrols.store.office import Office

STEP = "founding.found_demo"


def found_demo(office: Office, actor: Actor) -> None:
    """Doing so twice changes nothing. Raises `NotADemo` where real people are."""
    require(actor, STEP)
    with suppress(IntegrityError), office.store.transaction() as work:  # another was quicker
        session = work.session
        if is_marked(session):
            return
        if any(session.scalar(select(kind).limit(1)) for kind in (AccountRecord, MemberRecord)):
            raise NotADemo
        mark(session, office.now())
        enter(
            session,
            at=office.now(),
            actor=actor,
            step=STEP,
            kind="office",
            subject="demo",
        )
