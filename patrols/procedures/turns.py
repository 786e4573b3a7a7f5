"""Turns: which of several processes may do a recurring job now."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from patrols.access.actor import Actor
from patrols.access.policy import require
from patrols.store.office import Office
from patrols.store.turns import TurnRecord


def take_turn(office: Office, actor: Actor, *, job: str, every: timedelta) -> bool:
    """True for one caller in each stretch of `every`; False for all others, who do nothing."""
    require(actor, "turns.take_turn")
    now = office.now()
    held = select(TurnRecord).where(TurnRecord.job == job).with_for_update()
    try:
        with office.store.transaction() as work:
            turn = work.session.scalar(held)
            if turn is None:
                work.session.add(TurnRecord(job=job, last_at=now))
                return True
            if now - turn.last_at < every:
                return False
            turn.last_at = now
            return True
    except IntegrityError:  # two processes took the very first turn at once
        return False
