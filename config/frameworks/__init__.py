"""The dated frameworks as they lie here: which files, and what is written in them.

Whether the codes and parameters exist is for those to judge who know the rules.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

__all__ = ["FOLDER", "FrameworkFile", "InvalidFramework", "read_frameworks"]


class InvalidFramework(ValueError):
    """Files that are no TOML, each with file and line."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


@dataclass(frozen=True, slots=True)
class FrameworkFile:
    """One file as written: `raw` has `id`, `title`, and rules, preferences or a mandate."""

    path: Path
    raw: dict[str, Any]


def read_frameworks(folder: Path = FOLDER) -> tuple[FrameworkFile, ...]:
    """Every TOML file of the folder, by name; raises `InvalidFramework` with all faults."""
    faults: list[str] = []
    files = tuple(_read(sorted(folder.glob("*.toml")), faults))
    if faults:
        raise InvalidFramework(faults)
    return files


def _read(paths: list[Path], faults: list[str]) -> Iterator[FrameworkFile]:
    for path in paths:
        try:
            yield FrameworkFile(path, tomllib.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            faults.append(f"{path.name}: cannot be read: {error}")
