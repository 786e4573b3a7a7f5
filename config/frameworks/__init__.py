"""The dated frameworks as they lie here: which files, and what is written in them.

Whether the codes and parameters exist is for those to judge who know the rules.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.reading import InvalidFile, parse

FOLDER = Path(__file__).parent

__all__ = ["FOLDER", "FrameworkFile", "InvalidFile", "read_frameworks"]


@dataclass(frozen=True, slots=True)
class FrameworkFile:
    """One file as written: `raw` has `id`, `title`, and rules, preferences or a mandate."""

    path: Path
    raw: dict[str, Any]


def read_frameworks(folder: Path = FOLDER) -> tuple[FrameworkFile, ...]:
    """Every TOML file of the folder, by name; raises `InvalidFile` with all that are no TOML."""
    files: list[FrameworkFile] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            files.append(FrameworkFile(path, parse(path)))
        except InvalidFile as invalid:
            faults += invalid.faults
    if faults:
        raise InvalidFile(faults)
    return tuple(files)
