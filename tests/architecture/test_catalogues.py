"""Every sentence of the interface exists in every language."""

from __future__ import annotations

from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.architecture.sources import ROOT

WEB = ROOT / "web"
TRANSLATIONS = WEB / "translations"
TRANSLATED = ("nl", "fr", "de")
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}


@cache
def said() -> dict[tuple[str | tuple[str, ...], str | None], str]:
    """Each sentence of the code and of the templates, with its context → where it stands."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(WEB, methods, options, keywords=KEYWORDS)
    return {(sentence, context): f"{file}:{line}" for file, line, sentence, _, context in found}


@cache
def catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_interface_is_translated_for_good(language: str) -> None:
    known = catalogue(language)
    missing = {s: where for s, where in said().items() if not translated(known.get(*s))}
    assert said()
    assert missing == {}, "`make words`, then translate"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_the_same_gaps(language: str) -> None:
    faults = {str(m.id): errors for m in catalogue(language) if (errors := m.check())}
    assert faults == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_kept_that_nobody_needs(language: str) -> None:
    kept = catalogue(language)
    assert [m.id for m in kept if m.id and (m.id, m.context) not in said()] == []
    assert not kept.obsolete
