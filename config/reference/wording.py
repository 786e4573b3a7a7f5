"""What every data file says: names in four languages, where it comes from, how sure it is."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from config.reading import Confidence, Strict

Filled = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names(Strict):
    """A name as it is shown to somebody who reads that language."""

    en: Filled
    nl: Filled
    fr: Filled
    de: Filled

    def in_(self, language: str) -> str:
        return {"en": self.en, "nl": self.nl, "fr": self.fr, "de": self.de}[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(Strict):
    """The head of every data file; an entry may state its own source and confidence."""

    source: Filled
    confidence: Confidence
    note: str = ""
