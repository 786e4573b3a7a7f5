"""The shape of a framework file: rules and preferences, or a mandate. Unknown keys are faults.

Parameters are left to the rules themselves, which know what they may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from patrols.access.actor import RoleName
from scheduler.forces import DutyKind, Force

Confidence = Literal["V", "V-", "M", "A"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Filled = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Strict:
    """Nothing is converted silently, and no key is passed over."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names(Strict):
    en: Filled
    nl: Filled
    fr: Filled
    de: Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeEntry(Strict):
    """Whom and what a rule is for; what is not named means everybody or everything."""

    forces: tuple[Force, ...] = ()
    contracts: tuple[Filled, ...] = ()
    units: tuple[Filled, ...] = ()
    kinds: tuple[DutyKind, ...] = ()
    areas: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry(Strict):
    code: Slug
    source: Filled
    confidence: Confidence
    relaxable_by: tuple[RoleName, ...]
    parameters: dict[str, Any]
    scope: ScopeEntry
    note: Names | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferenceEntry(Strict):
    code: Slug
    level: int
    weight: int
    parameters: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursEntry(Strict):
    """A weekly window in local time; one that ends at or before its start ends the next day."""

    area: Slug
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    starts: Annotated[ClockTime, Field(alias="from")]
    until: ClockTime


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateEntry(Strict):
    """Valid from 00:00 of one day until 00:00 of another: dates, or for a demo days that count
    from the Monday of its week in review.
    """

    id: Slug
    city: Slug
    names: Names
    authority: Names
    legal_basis: Names
    areas: Annotated[tuple[Slug, ...], Field(min_length=1)]
    hours: Annotated[tuple[HoursEntry, ...], Field(min_length=1)]
    cap: Annotated[int, Field(ge=0)]
    fictional: bool
    valid_from: date | None = None
    valid_to: date | None = None
    valid_from_day: int | None = None
    valid_to_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkFile(Strict):
    """Valid from 00:00 of `valid_from`; there it takes the place of what it `replaces`."""

    id: Slug
    title: Names
    valid_from: date
    sources: Annotated[tuple[Filled, ...], Field(min_length=1)]
    confidence: Confidence
    valid_to: date | None = None
    replaces: Slug | None = None
    rule: tuple[RuleEntry, ...] = ()
    preference: tuple[PreferenceEntry, ...] = ()
    mandate: MandateEntry | None = None

    def digest(self) -> str:
        """Changes with what the file says, not with how it is laid out."""
        return sha256(_CONTENT.dump_json(self, by_alias=True)).hexdigest()


_CONTENT = TypeAdapter(FrameworkFile)
