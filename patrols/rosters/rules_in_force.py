"""The rules, wishes and mandates of a roster's week with their sources, for people to read.

`in_force` says the same to the scheduler.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from patrols.access.actor import Actor, RoleName
from patrols.access.policy import require
from patrols.areas.records import AreaRecord
from patrols.engagement.records import (
    FrameworkRecord,
    MandateRecord,
    PreferenceRecord,
    RuleRecord,
)
from patrols.errors import UnknownRoster
from patrols.rosters.board import mandate_view, mandates_of
from patrols.rosters.in_force import WEEKDAYS
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.naming import text
from patrols.rosters.records import RosterRecord
from patrols.rosters.views import MandateView
from patrols.rosters.vocabulary import vocabulary
from patrols.rosters.weeks import bounds, monday_of
from patrols.store.office import Office
from scheduler.catalogue import preference_classes
from scheduler.forces import DutyKind, Force
from scheduler.rule import Text
from scheduler.wording import Name, Named, Spoken, Thing

Told = bool | int | Named | tuple[Named | Spoken | str, ...]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with its numbers and names, whom and what it is for (empty: everybody, everything),
    where it is written, how sure that is, and who may grant an exception.
    """

    code: str
    parameters: Mapping[str, Told]
    forces: tuple[Force, ...]
    contracts: tuple[str, ...]
    units: tuple[str, ...]
    kinds: tuple[DutyKind, ...]
    areas: tuple[Text, ...]
    source: str
    confidence: str
    relaxable_by: tuple[RoleName, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class WishLine:
    code: str
    text: Text
    level: int
    weight: int


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """A framework that holds in some part of the week; wishes are those of the week's start."""

    id: str
    title: Text
    valid_from: datetime
    valid_until: datetime | None
    sources: tuple[str, ...]
    confidence: str
    rules: tuple[RuleLine, ...]
    wishes: tuple[WishLine, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Local hours on weekdays (0 is Monday)."""

    weekdays: tuple[int, ...]
    starts: str
    until: str


@dataclass(frozen=True, slots=True)
class AreaWindows:
    area: Text
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class MandateTerms:
    mandate: MandateView
    hours: tuple[AreaWindows, ...]
    sources: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The newest framework first; those without rules, with wishes alone, come last."""

    roster_id: int
    city: str
    week: str
    monday: date
    version: int
    mandates: tuple[MandateTerms, ...]
    frameworks: tuple[FrameworkView, ...]


def rules_in_force(office: Office, actor: Actor, *, roster_id: int) -> RulesInForce:
    """What holds in the roster's week as things now stand; members see it once published."""
    with office.store.reading() as session:
        roster = session.get(RosterRecord, roster_id)
        if roster is None:
            raise UnknownRoster(roster=roster_id)
        published = roster.state is RosterState.PUBLISHED
        require(actor, "rosters.rules_in_force", published=published)
        areas = _areas(session)
        names = {(name.thing, name.id): name for name in vocabulary(session, roster.city)}
        starts_at, ends_at = bounds(roster.week, office.timezone)
        return RulesInForce(
            roster_id=roster.id,
            city=roster.city,
            week=roster.week,
            monday=monday_of(roster.week),
            version=roster.number,
            mandates=tuple(
                _terms(office, row, areas) for row in mandates_of(session, office, roster)
            ),
            frameworks=tuple(
                _framework(office, row, starts_at, areas, names)
                for row in _frameworks(session, starts_at, ends_at)
            ),
        )


def _frameworks(
    session: Session, starts_at: datetime, ends_at: datetime
) -> tuple[FrameworkRecord, ...]:
    found = (
        select(FrameworkRecord)
        .where(
            FrameworkRecord.valid_from < ends_at,
            or_(FrameworkRecord.valid_to.is_(None), FrameworkRecord.valid_to > starts_at),
        )
        .order_by(FrameworkRecord.valid_from.desc(), FrameworkRecord.id)
        .options(selectinload(FrameworkRecord.rules), selectinload(FrameworkRecord.preferences))
    )
    return tuple(sorted(session.scalars(found), key=lambda framework: not framework.rules))


def _areas(session: Session) -> dict[str, Text]:
    return {row.id: text(row.names) for row in session.scalars(select(AreaRecord))}


def _framework(
    office: Office,
    row: FrameworkRecord,
    starts_at: datetime,
    areas: Mapping[str, Text],
    names: Mapping[tuple[Thing, str], Name],
) -> FrameworkView:
    return FrameworkView(
        id=row.id,
        title=text(row.titles),
        valid_from=office.local(row.valid_from),
        valid_until=office.local(row.valid_to) if row.valid_to else None,
        sources=tuple(row.sources),
        confidence=row.confidence,
        rules=tuple(_rule(rule, areas, names) for rule in row.rules),
        wishes=(
            tuple(_wish(wish) for wish in row.preferences) if row.valid_from <= starts_at else ()
        ),
    )


def _rule(
    row: RuleRecord,
    areas: Mapping[str, Text],
    names: Mapping[tuple[Thing, str], Name],
) -> RuleLine:
    scope = row.scope
    return RuleLine(
        code=row.code,
        parameters={key: _told(key, value, names) for key, value in row.parameters.items()},
        forces=tuple(Force(word) for word in scope.get("forces", ())),
        contracts=tuple(scope.get("contracts", ())),
        units=tuple(scope.get("units", ())),
        kinds=tuple(DutyKind(word) for word in scope.get("kinds", ())),
        areas=tuple(areas[area] for area in scope.get("areas", ())),
        source=row.source,
        confidence=row.confidence,
        relaxable_by=tuple(RoleName(word) for word in row.relaxable_by),
        note=text(row.note) if row.note else None,
    )


def _told(key: str, value: Any, names: Mapping[tuple[Thing, str], Name]) -> Told:
    """What a parameter names is called as people call it."""
    match key:
        case "languages":
            return tuple(Spoken(code) for code in value)
        case "tasks":
            return tuple(Named(task, names.get((Thing.TASK, task))) for task in value)
        case "qualification":
            return Named(value, names.get((Thing.QUALIFICATION, value)))
        case "dates" | "shifts" | "successions":
            return tuple(value)
        case "waived_at_edges":
            return bool(value)
        case _:
            return int(value)


def _wish(row: PreferenceRecord) -> WishLine:
    return WishLine(row.code, preference_classes()[row.code].text, row.level, row.weight)


def _terms(office: Office, row: MandateRecord, areas: Mapping[str, Text]) -> MandateTerms:
    return MandateTerms(
        mandate=mandate_view(office, row),
        hours=tuple(
            AreaWindows(
                areas[area],
                tuple(_window(said) for said in row.hours if said["area"] == area),
            )
            for area in row.areas
        ),
        sources=tuple(row.sources),
        confidence=row.confidence,
    )


def _window(said: Any) -> Window:
    days = tuple(sorted(WEEKDAYS.index(day) for day in said["weekdays"]))
    return Window(days, said["from"], said["until"])
