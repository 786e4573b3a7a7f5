"""Reads of notices for screens."""

from __future__ import annotations

from patrols.access.actor import Actor
from patrols.notices.views import Letter
from patrols.store.office import Office


def inbox(office: Office, actor: Actor) -> tuple[Letter, ...]:
    """Demo mode: all letters, newest first; otherwise the actor's own."""
    raise NotImplementedError
