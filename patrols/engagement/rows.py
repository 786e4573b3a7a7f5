"""Framework files as rows."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from patrols.engagement.file import FrameworkFile, HoursEntry, MandateEntry
from patrols.engagement.records import (
    FrameworkRecord,
    MandateRecord,
    PreferenceRecord,
    RuleRecord,
)

_HOURS = TypeAdapter(tuple[HoursEntry, ...])


def framework_row(file: FrameworkFile, timezone: str, imported_at: datetime) -> FrameworkRecord:
    return FrameworkRecord(
        id=file.id,
        titles=asdict(file.title),
        valid_from=_midnight(file.valid_from, timezone),
        valid_to=_midnight(file.valid_to, timezone) if file.valid_to else None,
        replaces=file.replaces,
        sources=file.sources,
        confidence=file.confidence,
        content=file.digest(),
        imported_at=imported_at,
        rules=[
            RuleRecord(
                position=position,
                code=rule.code,
                parameters=rule.parameters,
                scope={key: value for key, value in asdict(rule.scope).items() if value},
                source=rule.source,
                confidence=rule.confidence,
                relaxable_by=rule.relaxable_by,
                note=asdict(rule.note) if rule.note else None,
            )
            for position, rule in enumerate(file.rule)
        ],
        preferences=[
            PreferenceRecord(
                position=position,
                code=wish.code,
                level=wish.level,
                weight=wish.weight,
                parameters=wish.parameters or {},
            )
            for position, wish in enumerate(file.preference)
        ],
    )


def mandate_row(
    file: FrameworkFile,
    mandate: MandateEntry,
    timezone: str,
    imported_at: datetime,
    monday: date,
) -> MandateRecord:
    """`monday` is the day from which a fictional mandate counts its days."""
    first = mandate.valid_from or monday + timedelta(days=mandate.valid_from_day or 0)
    last = mandate.valid_to or monday + timedelta(days=mandate.valid_to_day or 0)
    return MandateRecord(
        id=mandate.id,
        city_id=mandate.city,
        titles=asdict(mandate.names),
        authority=asdict(mandate.authority),
        legal_basis=asdict(mandate.legal_basis),
        areas=mandate.areas,
        hours=_HOURS.dump_python(mandate.hours, mode="json", by_alias=True),
        cap=mandate.cap,
        valid_from=_midnight(first, timezone),
        valid_to=_midnight(last, timezone),
        fictional=mandate.fictional,
        sources=file.sources,
        confidence=file.confidence,
        content=file.digest(),
        imported_at=imported_at,
    )


def _midnight(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(timezone))
