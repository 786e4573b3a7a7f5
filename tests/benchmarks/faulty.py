"""A benchmark file that cannot be read: every fault at once, one sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class FaultyFile(ValueError):
    """What is wrong with a file of somebody else's, where, and what it should be."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def text_of(path: Path) -> str:
    """The file's text, whatever its line ends. Raises `FaultyFile`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FaultyFile([f"{path}: {error.strerror}"]) from None
    except UnicodeDecodeError as error:
        raise FaultyFile([f"{path}: byte {error.start} is not UTF-8"]) from None
