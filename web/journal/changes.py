"""What a journal entry says of before and after, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from patrols.journal.queries import Entry


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that the step told of: empty `before` where it is new."""

    what: str
    before: str
    after: str


def changes(entry: Entry) -> tuple[Changed, ...]:
    before, after = _named(entry.before), _named(entry.after)
    names = dict.fromkeys((*before, *after))
    return tuple(Changed(n, _plain(before.get(n)), _plain(after.get(n))) for n in names)


def _named(told: Any) -> Mapping[str, Any]:
    if told is None:
        return {}
    return told if isinstance(told, Mapping) else {"": told}


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case Mapping():
            return ", ".join(f"{name}: {_plain(part)}" for name, part in value.items())
        case str():
            return value
        case Sequence():
            return ", ".join(_plain(part) for part in value)
        case _:
            return str(value)
