"""The sections and rows of a text file, and what is wrong with them by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

SECTIONS = (
    "SECTION_HORIZON",
    "SECTION_SHIFTS",
    "SECTION_STAFF",
    "SECTION_DAYS_OFF",
    "SECTION_SHIFT_ON_REQUESTS",
    "SECTION_SHIFT_OFF_REQUESTS",
    "SECTION_COVER",
)
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one line."""

    line: int
    fields: tuple[str, ...]

    def text(self, position: int) -> str:
        return self.fields[position] if position < len(self.fields) else ""


@dataclass
class Rows:
    """All rows by section; every question about a field notes what is wrong with it."""

    sections: dict[str, list[Row]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def say(self, line: int, fault: str) -> None:
        self.faults.append((line, fault))

    def sentences(self) -> tuple[str, ...]:
        return tuple(f"line {line}: {fault}" for line, fault in sorted(set(self.faults)))

    def starts(self, section: str) -> int:
        return self.lines.get(section, 1)

    def of(self, section: str, least: int, most: int) -> Sequence[Row]:
        """The rows with a possible number of fields; a closing comma adds none."""
        good = []
        for row in self.sections.get(section, ()):
            fields = row.fields
            while len(fields) > least and not fields[-1]:
                fields = fields[:-1]
            if least <= len(fields) <= most:
                good.append(Row(row.line, fields))
            else:
                wanted = str(least) if least == most else f"{least} to {most}"
                self.say(row.line, f"{len(fields)} fields in {section}; it has {wanted}")
        return good

    def number(
        self, row: Row, position: int, what: str, least: int = 0, most: int = LARGEST
    ) -> int:
        return self.count(row, row.text(position), what, least, most)

    def count(self, row: Row, text: str, what: str, least: int = 0, most: int = LARGEST) -> int:
        """A whole number; the least allowed where it is none."""
        if not text.removeprefix("-").isdecimal() or len(text) > 18:
            self.say(row.line, f"{what} is {text!r}, not a whole number")
            return least
        if not least <= int(text) <= most:
            self.say(row.line, f"{what} is {text}; from {least} to {most} are possible")
            return least
        return int(text)

    def names(self, rows: Sequence[Row], what: str) -> set[str]:
        """The first field of each row, which may stand only once."""
        seen: set[str] = set()
        for row in rows:
            name = row.text(0)
            if not name:
                self.say(row.line, f"the {what} has no name")
            elif name in seen:
                self.say(row.line, f"{what} {name} stands twice: keep one")
            seen.add(name)
        return seen

    def known(self, row: Row, name: str, known: set[str], what: str) -> None:
        if name not in known:
            self.say(row.line, f"unknown {what} {name!r}")


def split(text: str) -> Rows:
    """Lines into sections; comments and empty lines fall away."""
    rows, section = Rows(), ""
    for line, written in enumerate(text.splitlines(), start=1):
        content = written.strip()
        if not content or content.startswith("#"):
            continue
        if content.startswith("SECTION_"):
            section = content
            _begin(rows, section, line)
        elif section:
            fields = tuple(part.strip() for part in content.split(","))
            rows.sections[section].append(Row(line, fields))
        else:
            rows.say(line, "a row before the first section")
    return rows


def _begin(rows: Rows, section: str, line: int) -> None:
    if section not in SECTIONS:
        rows.say(line, f"unknown section {section}; there are {', '.join(SECTIONS)}")
    elif section in rows.sections:
        rows.say(line, f"{section} stands twice: keep one")
    rows.sections.setdefault(section, [])
    rows.lines.setdefault(section, line)
