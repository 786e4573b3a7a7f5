"""`travel.csv`: a square table of minutes, with its source in `#` lines at its head."""

import csv
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from config.reading import InvalidFile, fit
from config.reference.places import Way
from config.reference.wording import Provenance

MOST_MINUTES = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelFile(Provenance):
    """`areas` in the order of the table; each pair of them once in `ways`."""

    areas: tuple[str, ...]
    ways: tuple[Way, ...]


def read_travel(path: Path) -> TravelFile:
    """The table as ways; raises `InvalidFile` with every fault, by cell."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InvalidFile([f"{path.name}: cannot be read: {error}"]) from None
    head = dict(_statement(line) for line in lines if line.startswith("#") and ":" in line)
    said = fit(path.name, head, Provenance)
    rows = list(csv.reader(line for line in lines if line and not line.startswith("#")))
    areas = tuple(rows[0][1:]) if rows else ()
    table = {row[0]: row[1:] for row in rows[1:]}
    faults = [f"{path.name}: {fault}" for fault in _faults(areas, table)]
    if faults:
        raise InvalidFile(faults)
    ways = tuple(
        Way((one, other), int(table[one][areas.index(other)]))
        for one, other in combinations(areas, 2)
    )
    return TravelFile(
        source=said.source, confidence=said.confidence, note=said.note, areas=areas, ways=ways
    )


def _statement(line: str) -> tuple[str, str]:
    key, _, value = line.removeprefix("#").partition(":")
    return key.strip(), value.strip()


def _faults(areas: tuple[str, ...], table: dict[str, list[str]]) -> list[str]:
    if tuple(table) != areas:
        return [f"the rows must be the columns, in the same order: {', '.join(areas)}"]
    short = [area for area, cells in table.items() if len(cells) != len(areas)]
    if short:
        return [f"row {area} must have {len(areas)} numbers" for area in short]
    cells = {(a, b): table[a][i] for a in areas for i, b in enumerate(areas)}
    return [
        f"from {a} to {b}: {fault} (given: {cell})"
        for (a, b), cell in cells.items()
        for fault in _cell_faults(cell, back=cells[b, a], itself=a == b)
    ]


def _cell_faults(cell: str, *, back: str, itself: bool) -> list[str]:
    if not cell.isdecimal() or int(cell) > MOST_MINUTES:
        return [f"must be whole minutes from 0 to {MOST_MINUTES}"]
    if itself and int(cell) != 0:
        return ["must be 0"]
    if not itself and int(cell) == 0:
        return ["must be at least 1"]
    return [] if cell == back else [f"must equal the way back, {back}"]
