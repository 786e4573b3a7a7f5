"""How moments, durations and names stand in a sentence, in the four languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_datetime
from babel.lists import format_list

LANGUAGES = ("en", "nl", "fr", "de")
_LOCALES = {"en": "en_BE", "nl": "nl_BE", "fr": "fr_BE", "de": "de_BE"}


@dataclass(frozen=True, slots=True)
class Minutes:
    """A duration, shown as hours and minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A local wall-clock time, shown with weekday and date."""

    local: datetime


Value = str | int | Minutes | Moment | tuple[str, ...]


def render(template: str, values: Mapping[str, Value], language: str) -> str:
    shown = {name: show(value, language) for name, value in values.items()}
    return template.format_map(shown)


def show(value: Value, language: str) -> str:
    """One value as people of that language write it."""
    match value:
        case Minutes(minutes):
            return duration(minutes)
        case Moment(local):
            pattern = "EEE d MMM, HH:mm" if language == "en" else "EEE d MMM HH:mm"
            return format_datetime(local, pattern, locale=_LOCALES[language])
        case tuple():
            return format_list([show(part, language) for part in value], locale=language)
        case _:
            return str(value)


def duration(minutes: int) -> str:
    """`11 h`, `7 h 30`, `45 min`."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    if not hours:
        return f"{sign}{rest} min"
    return f"{sign}{hours} h" + (f" {rest:02d}" if rest else "")
