"""Who takes a step: an account with its roles, or the office itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RoleName(StrEnum):
    """What somebody is in the office; a person may be several things."""

    MEMBER = "member"
    PLANNER = "planner"
    COMMANDER = "commander"
    DEFENCE_LIAISON = "defence-liaison"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


DEFENCE = "defence"
"""The part of a roster that the Defence liaison signs: every soldier in it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; `areas` are those that a zone commander answers for."""

    account_id: str
    name: str
    roles: frozenset[RoleName]
    areas: frozenset[str] = frozenset()
    member_id: str | None = None
    unit_id: str | None = None

    def is_(self, role: RoleName) -> bool:
        return role in self.roles


SYSTEM = Actor("system", "Tandem", frozenset({RoleName.SYSTEM}))
