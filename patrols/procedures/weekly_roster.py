"""The weekly roster: request a draft, edit, submit, sign, publish, acknowledge."""

from __future__ import annotations

from patrols.access.actor import Actor
from patrols.rosters.changes import Change, EditResult
from patrols.store.office import Office


def request_draft(
    office: Office, actor: Actor, *, city: str, week: str, seconds: int | None = None
) -> int:
    """A draft of the week is queued; gives the roster's id."""
    raise NotImplementedError


def edit(
    office: Office, actor: Actor, *, roster_id: int, row_version: int, change: Change
) -> EditResult:
    """Raises RuleBroken, UnknownUnit, UnknownDuty, DutyInThePast, InputsChangedMeanwhile."""
    raise NotImplementedError


def submit(office: Office, actor: Actor, *, roster_id: int, row_version: int) -> None:
    raise NotImplementedError


def send_back(office: Office, actor: Actor, *, roster_id: int, reason: str) -> None:
    raise NotImplementedError


def sign(office: Office, actor: Actor, *, roster_id: int, part: str, row_version: int) -> None:
    raise NotImplementedError


def publish(office: Office, actor: Actor, *, roster_id: int, row_version: int) -> None:
    raise NotImplementedError


def acknowledge(office: Office, actor: Actor, *, duty_id: str) -> None:
    raise NotImplementedError


def new_version(office: Office, actor: Actor, *, roster_id: int) -> int:
    """A draft copied from the published roster; gives its id."""
    raise NotImplementedError
