"""Reference data comes in: what is missing is added, what is there stays as people left it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.journal.entries import enter
from patrols.store.base import Base
from patrols.store.office import Office

STEP = "reference_data.load_reference"

Group = tuple[Base, ...]
"""Rows that come together or not at all: the first one decides whether they are there."""


def load_reference(office: Office, actor: Actor, *, groups: Iterable[Group]) -> int:
    """How many groups were missing and are now there, in the order given."""
    require(actor, STEP)
    with office.store.transaction() as work:
        added = 0
        for group in groups:
            if group and not _there(work.session, group[0]):
                _add(work.session, group)
                added += 1
        if added:
            enter(
                work.session,
                at=office.now(),
                actor=actor,
                step=STEP,
                kind="reference",
                subject="belgium",
                after={"groups": added},
            )
        return added


def _add(session: Session, group: Group) -> None:
    """The first before the rest, which leans on it."""
    first, *rest = group
    session.add(first)
    session.flush()
    session.add_all(rest)
    session.flush()


def _there(session: Session, row: Base) -> bool:
    """By its key; a row whose key the database makes is there when its table holds any."""
    mapper = inspect(type(row))
    key = mapper.primary_key_from_instance(row)
    if None in key:
        return session.scalar(select(type(row)).limit(1)) is not None
    return session.get(type(row), tuple(key)) is not None
