"""How moments, durations and names stand in a sentence, in the four languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from babel import Locale
from babel.dates import format_datetime
from babel.lists import format_list

from scheduler.duties import Count
from scheduler.forces import Force
from scheduler.nouns import NOUNS

LANGUAGES = ("en", "nl", "fr", "de")
_LOCALES = {"en": "en_BE", "nl": "nl_BE", "fr": "fr_BE", "de": "de_BE"}


class Thing(StrEnum):
    """What a name of the vocabulary is for."""

    AREA = "area"
    PLACE = "place"
    QUALIFICATION = "qualification"
    TASK = "task"
    MANDATE = "mandate"
    FRAMEWORK = "framework"
    AUTHORITY = "authority"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Name:
    """What people call the thing of that id."""

    thing: Thing
    id: str
    en: str
    nl: str
    fr: str
    de: str


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its name in each language, or `spare` where nobody has said one."""

    spare: str
    name: Name | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """A duration, shown as hours and minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Where help has to be: so many minutes away at most, or with 0 on the spot."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A local wall-clock time, shown with weekday and date."""

    local: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """A local calendar day, by a moment of it."""

    local: datetime


@dataclass(frozen=True, slots=True)
class Others:
    """So many more, whom a list does not name."""

    number: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A day and the shift on it; a shift without a name of ours is shown as it is written."""

    local: datetime
    name: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """A duty by its place and time; the second patrol there is a 2."""

    place: Named
    number: int
    when: Shift | Moment


@dataclass(frozen=True, slots=True)
class Strength:
    """So many teams or persons, of a force and with a qualification where these are given."""

    number: int
    counts: Count
    force: Force | None = None
    qualification: Named | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language by its code, shown by its name."""

    code: str


Single = (
    str
    | int
    | Named
    | Minutes
    | Reach
    | Moment
    | Day
    | Shift
    | Occasion
    | Strength
    | Spoken
    | Others
)


@dataclass(frozen=True, slots=True)
class Either:
    """One of these, whichever it is."""

    of: tuple[Single, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Lists of different things, for instance units and days."""

    lists: tuple[tuple[Single, ...], ...]


Value = Single | tuple[Single, ...] | Either | Apart


def render(template: str, values: Mapping[str, Value], language: str) -> str:
    shown = {name: show(value, language) for name, value in values.items()}
    return template.format_map(shown)


def show(value: Value, language: str) -> str:
    """One value as people of that language write it."""
    match value:
        case tuple():
            return _listed(value, "standard", language)
        case Either(of):
            return _listed(of, "or", language)
        case Apart(lists):
            return " · ".join(show(those, language) for those in lists if those)
        case Force():
            return _word(value, language)
        case str() | int():
            return str(value)
        case _:
            shown = _SHOWN.get(type(value))
            return shown(value, language) if shown else str(value)


def _listed(parts: Iterable[Single], style: Literal["standard", "or"], language: str) -> str:
    return format_list([show(part, language) for part in parts], style, locale=language)


def _named(named: Named, language: str) -> str:
    return str(getattr(named.name, language)) if named.name else named.spare


def _moment(moment: Moment, language: str) -> str:
    comma = "," if language == "en" else ""
    return f"{_date(moment.local, language)}{comma} {moment.local:%H:%M}"


def _shift(shift: Shift, language: str) -> str:
    return f"{_date(shift.local, language)} {shift_name(shift.name, language)}"


def _others(others: Others, language: str) -> str:
    return _OTHERS[language][others.number > 1].format(others.number)


def _date(local: datetime, language: str) -> str:
    pattern = "EEE d. MMM" if language == "de" else "EEE d MMM"
    return format_datetime(local, pattern, locale=_LOCALES[language])


def _word(word: Spoken | Force, language: str) -> str:
    if isinstance(word, Force):
        return _FORCES[language][word]
    return str(Locale.parse(_LOCALES[language]).languages.get(word.code, word.code))


def _reach(reach: Reach, language: str) -> str:
    near, far = _REACH[language]
    return f"{near} {far} {duration(reach.minutes)}" if reach.minutes else near


def _occasion(occasion: Occasion, language: str) -> str:
    place, when = show(occasion.place, language), show(occasion.when, language)
    return f"{place} {occasion.number}, {when}" if occasion.number > 1 else f"{place}, {when}"


def _strength(strength: Strength, language: str) -> str:
    none, one, several = NOUNS[strength.counts, strength.force][language]
    noun = one if strength.number == 1 else several
    shown = f"{strength.number} {noun}" if strength.number else none
    if not strength.qualification:
        return shown
    return f"{shown} {_WITH[language].format(show(strength.qualification, language))}"


def shift_name(name: str, language: str) -> str:
    """What a shift is called; one without a name of ours is shown as it is written."""
    return _SHIFTS[language].get(name, name)


def duration(minutes: int) -> str:
    """`11 h`, `7 h 30`, `45 min`."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    if not hours:
        return f"{sign}{rest} min"
    return f"{sign}{hours} h" + (f" {rest:02d}" if rest else "")


_SHOWN: Mapping[type, Callable[[Any, str], str]] = {
    Named: _named,
    Minutes: lambda value, _: duration(value.minutes),
    Reach: _reach,
    Moment: _moment,
    Day: lambda value, language: _date(value.local, language),
    Shift: _shift,
    Occasion: _occasion,
    Strength: _strength,
    Spoken: _word,
    Others: _others,
}
_FORCES: dict[str, dict[Force, str]] = {
    "en": {Force.POLICE: "police", Force.MILITARY: "soldiers"},
    "nl": {Force.POLICE: "politie", Force.MILITARY: "militairen"},
    "fr": {Force.POLICE: "police", Force.MILITARY: "militaires"},
    "de": {Force.POLICE: "Polizei", Force.MILITARY: "Soldaten"},
}
_SHIFTS: dict[str, dict[str, str]] = {
    "en": {},
    "nl": {"early": "vroege dienst", "late": "late dienst", "night": "nacht", "day": "dag"},
    "fr": {"early": "matin", "late": "après-midi", "night": "nuit", "day": "journée"},
    "de": {"early": "Frühdienst", "late": "Spätdienst", "night": "Nacht", "day": "Tagdienst"},
}
_REACH = {
    "en": ("on the spot", "or within"),
    "nl": ("ter plaatse", "of binnen"),
    "fr": ("sur place", "ou à moins de"),
    "de": ("vor Ort", "oder innerhalb von"),
}
_OTHERS = {
    "en": ("{} other", "{} others"),
    "nl": ("{} andere", "{} andere"),
    "fr": ("{} autre", "{} autres"),
    "de": ("{} weitere", "{} weitere"),
}
_WITH = {"en": "with “{}”", "nl": "met “{}”", "fr": "avec « {} »", "de": "mit „{}“"}
