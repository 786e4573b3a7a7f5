"""docs/performance.md: sections that measurements write, beside those that people write."""

from __future__ import annotations

import os
import platform
import re
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
HEADING = re.compile(r"(?m)^(?=## )")


def write_section(heading: str, lines: Sequence[str], page: Path = PAGE) -> None:
    """Puts the section in the place of the one with the same heading, or at the end."""
    text = page.read_text(encoding="utf-8")
    head, *sections = HEADING.split(text)
    fresh = "\n".join((f"## {heading}", "", *lines)).rstrip() + "\n"
    names = [section.partition("\n")[0] for section in sections]
    if f"## {heading}" in names:
        sections[names.index(f"## {heading}")] = fresh
    else:
        sections.append(fresh)
    parts = (part.rstrip() for part in (head, *sections))
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def paragraph(*sentences: str) -> list[str]:
    """Sentences as lines of the page's width, and an empty line after them."""
    return [*textwrap.wrap(" ".join(sentences), width=99), ""]


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """A table, and an empty line after it; nothing without rows."""
    if not rows:
        return []
    lines = [header, ["---"] * len(header), *rows]
    return [*("| " + " | ".join(map(str, line)) + " |" for line in lines), ""]


def measured_on() -> str:
    """When and on what, as every section begins."""
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {_processor()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
