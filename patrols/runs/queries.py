"""Reads of runs for screens."""

from __future__ import annotations

from patrols.access.actor import Actor
from patrols.runs.views import RunView
from patrols.store.office import Office


def run_state(office: Office, actor: Actor, *, run_id: int) -> RunView:
    raise NotImplementedError
