"""What a journal entry says of before and after, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from patrols.journal.queries import Entry
from patrols.rosters.lifecycle import RosterState
from web.wording import word

NAMES: Mapping[str, Any] = {
    "areas": _l("patrol areas"),
    "as": _l("ended as"),
    "assignments": _l("assignments"),
    "change": _l("change"),
    "content": _l("fingerprint"),
    "duties": _l("duties"),
    "error": _l("reason"),
    "frameworks": _l("frameworks"),
    "from": _l("from"),
    "groups": _l("groups"),
    "lines": _l("lines"),
    "member": _l("member"),
    "name": _l("name"),
    "part": _l("part"),
    "replaces": _l("replaces"),
    "roles": _l("roles"),
    "roster": _l("roster"),
    "revision": _l("revision"),
    "rows": _l("entries"),
    "run": _l("run"),
    "state": _l("state"),
    "told": _l("persons told"),
    "until": _l("until"),
    "version": _l("version"),
    "week": _l("week"),
    "who": _l("who"),
}
CHANGES: Mapping[str, Any] = {
    "AddUnit": _l("unit added"),
    "RemoveUnit": _l("unit removed"),
    "MoveUnit": _l("unit moved"),
    "PinUnit": _l("unit pinned or unpinned"),
    "ChangeRole": _l("role changed"),
    "pinned": _l("pinned"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that the step told of: empty `before` where it is new."""

    what: str
    before: str
    after: str


def changes(entry: Entry) -> tuple[Changed, ...]:
    """What stayed as it was is left out."""
    before, after = entry.before or {}, entry.after or {}
    names = dict.fromkeys((*before, *after))
    return tuple(
        Changed(str(NAMES.get(n, n)), _told(n, before), _told(n, after))
        for n in names
        if before.get(n) != after.get(n)
    )


def _told(name: str, told: Mapping[str, Any]) -> str:
    value = told.get(name)
    if name == "state" and value:
        return word(RosterState(value))
    if name == "assignments":
        return "; ".join(" · ".join(map(_plain, filter(None, a))) for a in value or ())
    return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case Mapping():
            return ", ".join(f"{name}: {_plain(part)}" for name, part in value.items())
        case str():
            return str(CHANGES.get(value, value))
        case Sequence():
            return ", ".join(_plain(part) for part in value)
        case _:
            return str(value)
