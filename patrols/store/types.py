"""Column types: instants in UTC, words of an enumeration, JSON that nobody changes in place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import JSON, DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

LONGEST_WORD = 32

WordType = TypeVar("WordType", bound=StrEnum)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: naive values are refused, and what is read is in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs an offset, and {value} has none")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[WordType]):
    """One word of an enumeration, stored as it is written."""

    impl = String(LONGEST_WORD)
    cache_ok = True

    def __init__(self, words: type[WordType]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: WordType | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self.words(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> WordType | None:
        return None if value is None else self.words(value)


class FrozenJson(TypeDecorator[Any]):
    """JSON, read as tuples and read-only mappings: a change is a new value, so it is kept."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return thawed(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return frozen(value)

    def compare_values(self, x: Any, y: Any) -> bool:
        return bool(thawed(x) == thawed(y))


def frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(inner) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        return tuple(frozen(inner) for inner in value)
    return value


def thawed(value: Any) -> Any:
    """Plain lists and dictionaries, as JSON writes them."""
    if isinstance(value, Mapping):
        return {key: thawed(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [thawed(inner) for inner in value]
    return value
