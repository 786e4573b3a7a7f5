"""What letters say, in four languages. They name duties and times, and never a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date, format_datetime, format_time

from scheduler.rule import Text
from scheduler.wording import LANGUAGES

_LOCALES = {"en": "en_BE", "nl": "nl_BE", "fr": "fr_BE", "de": "de_BE"}


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty as a letter names it; times are local."""

    place: Text
    shift: Text
    reports_at: datetime
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class WeekNews:
    """What a person must know of a published week: all duties, or what changed in them."""

    week: str
    monday: date
    version: int
    first: bool
    duties: tuple[DutyLine, ...]
    added: tuple[DutyLine, ...] = ()
    removed: tuple[DutyLine, ...] = ()
    changed: tuple[DutyLine, ...] = ()


def known(language: str) -> str:
    return language if language in LANGUAGES else "en"


def subject(news: WeekNews, language: str) -> str:
    text = _NEW_SUBJECT if news.first else _CHANGED_SUBJECT
    return text.in_(language).format(week=news.week, monday=_day(news.monday, language))


def body(news: WeekNews, name: str, address: str, language: str) -> str:
    """The whole letter; `address` is where the person confirms."""
    parts = [_GREETING.in_(language).format(name=name)]
    if news.first:
        parts.append(_section(_NEW, news.duties, news, language))
    else:
        parts.append(_CHANGED.in_(language).format(week=news.week, version=news.version))
        for heading, lines in (
            (_ADDED, news.added),
            (_REMOVED, news.removed),
            (_OTHER_ROLE, news.changed),
        ):
            if lines:
                parts.append(_section(heading, lines, news, language))
        if news.duties:
            parts.append(_section(_ALL, news.duties, news, language))
        else:
            parts.append(_NONE_LEFT.in_(language))
    parts.append(_CONFIRM.in_(language).format(address=address))
    return "\n\n".join(parts) + "\n"


def _section(heading: Text, lines: Iterable[DutyLine], news: WeekNews, language: str) -> str:
    title = heading.in_(language).format(week=news.week, monday=_day(news.monday, language))
    return "\n".join((title, *(f"  - {_line(line, language)}" for line in lines)))


def _line(line: DutyLine, language: str) -> str:
    locale = _LOCALES[language]
    return _LINE.in_(language).format(
        day=format_datetime(line.starts_at, "EEE d MMM", locale=locale),
        starts=format_time(line.starts_at, "HH:mm", locale=locale),
        ends=format_time(line.ends_at, "HH:mm", locale=locale),
        reports=format_time(line.reports_at, "HH:mm", locale=locale),
        place=line.place.in_(language),
        shift=line.shift.in_(language),
    )


def _day(day: date, language: str) -> str:
    return format_date(day, "d MMMM y", locale=_LOCALES[language])


_GREETING = Text(
    en="Hello {name},", nl="Dag {name},", fr="Bonjour {name},", de="Guten Tag {name},"
)
_NEW_SUBJECT = Text(
    en="Your duties in week {week} (from {monday})",
    nl="Uw diensten in week {week} (vanaf {monday})",
    fr="Vos services de la semaine {week} (à partir du {monday})",
    de="Ihre Dienste in Woche {week} (ab {monday})",
)
_CHANGED_SUBJECT = Text(
    en="Your duties in week {week} have changed (from {monday})",
    nl="Uw diensten in week {week} zijn gewijzigd (vanaf {monday})",
    fr="Vos services de la semaine {week} ont changé (à partir du {monday})",
    de="Ihre Dienste in Woche {week} haben sich geändert (ab {monday})",
)
_NEW = Text(
    en="The roster of week {week} is published. Your duties:",
    nl="Het dienstrooster van week {week} is gepubliceerd. Uw diensten:",
    fr="Le tableau de service de la semaine {week} est publié. Vos services :",
    de="Der Dienstplan der Woche {week} ist veröffentlicht. Ihre Dienste:",
)
_CHANGED = Text(
    en="The roster of week {week} is published anew (version {version}).",
    nl="Het dienstrooster van week {week} is opnieuw gepubliceerd (versie {version}).",
    fr="Le tableau de service de la semaine {week} est publié à nouveau (version {version}).",
    de="Der Dienstplan der Woche {week} ist neu veröffentlicht (Version {version}).",
)
_ADDED = Text(en="New for you:", nl="Nieuw voor u:", fr="Nouveau pour vous :", de="Neu für Sie:")
_REMOVED = Text(
    en="No longer yours:",
    nl="Niet meer voor u:",
    fr="N'est plus pour vous :",
    de="Entfällt für Sie:",
)
_OTHER_ROLE = Text(
    en="Your role is another:",
    nl="Uw rol is gewijzigd:",
    fr="Votre rôle a changé :",
    de="Ihre Rolle ist eine andere:",
)
_ALL = Text(
    en="All your duties of the week:",
    nl="Al uw diensten van de week:",
    fr="Tous vos services de la semaine :",
    de="Alle Ihre Dienste der Woche:",
)
_NONE_LEFT = Text(
    en="You have no duties left in this week.",
    nl="U hebt geen diensten meer in deze week.",
    fr="Vous n'avez plus de service cette semaine.",
    de="Sie haben in dieser Woche keine Dienste mehr.",
)
_LINE = Text(
    en="{day}, {starts}-{ends}, {place}, {shift}; report at {reports}",
    nl="{day}, {starts}-{ends}, {place}, {shift}; aanmelden om {reports}",
    fr="{day}, {starts}-{ends}, {place}, {shift} ; présence à {reports}",
    de="{day}, {starts}-{ends}, {place}, {shift}; Meldung um {reports}",
)
_CONFIRM = Text(
    en="Please confirm that you have read this: {address}",
    nl="Gelieve te bevestigen dat u dit gelezen hebt: {address}",
    fr="Veuillez en accuser réception : {address}",
    de="Bitte bestätigen Sie den Empfang: {address}",
)
