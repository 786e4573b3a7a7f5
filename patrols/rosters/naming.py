"""Stored names as texts in the four languages."""

from __future__ import annotations

from typing import Any

from scheduler.rule import Text
from scheduler.wording import LANGUAGES


def text(names: Any) -> Text:
    """A language in which nothing is stored borrows the first that is."""
    spare = next(iter(names.values()), "")
    en, nl, fr, de = (str(names.get(language, spare)) for language in LANGUAGES)
    return Text(en=en, nl=nl, fr=fr, de=de)


def spot_name(names: Any) -> str:
    """A name as it is written on the spot: in Brussels in both languages."""
    said = text(names)
    return " / ".join(dict.fromkeys((said.fr, said.nl)))
