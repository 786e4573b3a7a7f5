"""What a person may change in a draft by hand."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.roster import Role, Score


@dataclass(frozen=True, slots=True)
class AddUnit:
    """`unit` also takes `duty`; without a role, the engine's usual one."""

    unit: str
    duty: str
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class AddTogether:
    """Several units take `duty` at once: a patrol that none of them could lawfully be alone."""

    units: tuple[str, ...]
    duty: str


@dataclass(frozen=True, slots=True)
class RemoveUnit:
    unit: str
    duty: str


@dataclass(frozen=True, slots=True)
class ReplaceUnit:
    """`by` takes the place of `unit`."""

    unit: str
    duty: str
    by: str


@dataclass(frozen=True, slots=True)
class ClearDuty:
    """Everybody leaves `duty`: an empty one falls short, half a patrol would be unlawful."""

    duty: str


@dataclass(frozen=True, slots=True)
class MoveUnit:
    unit: str
    from_duty: str
    to_duty: str


@dataclass(frozen=True, slots=True)
class PinUnit:
    """Whether later drafts must keep the unit on the duty."""

    unit: str
    duty: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class ChangeRole:
    unit: str
    duty: str
    role: Role


Restaffing = AddUnit | AddTogether | RemoveUnit | ReplaceUnit | MoveUnit
Change = Restaffing | ClearDuty | PinUnit | ChangeRole


@dataclass(frozen=True, slots=True)
class EditResult:
    """The roster's new version for the next edit, and what the change did to its score."""

    row_version: int
    score_before: Score
    score_after: Score
