"""A CSV file as lines of named cells, which collects every fault with its line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from patrols.access.actor import Actor
from patrols.errors import FaultyFile
from patrols.journal.entries import enter
from patrols.store.office import Office

MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lines were read and how many rows they made or changed; `warnings` are advice."""

    lines: int
    rows: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    cells: Mapping[str, str]


class Table:
    """Its readers note a fault and give something harmless, so that all lines are read.

    Raises `FaultyFile` at once when the file is no table with these columns.
    """

    def __init__(self, file: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> None:
        self.file = file
        self.faults: list[str] = []
        self.lines = self._lines(columns, optional)

    def _lines(self, columns: Sequence[str], optional: Sequence[str]) -> tuple[Line, ...]:
        try:
            text = self.file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise FaultyFile(self.file.name, [f"cannot be read as UTF-8 text: {error}"]) from error
        head, *_ = text.splitlines() or [""]
        reader = csv.reader(text.splitlines(), delimiter=";" if ";" in head else ",", strict=True)
        try:
            rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
        except csv.Error as error:
            fault = f"line {reader.line_num}: is no CSV: {error}"
            raise FaultyFile(self.file.name, [fault]) from error
        given = [cell.strip() for cell in rows[0][1]] if rows else []
        self._refuse_columns(given, columns, optional)
        return tuple(self._line(number, given, row) for number, row in rows[1:])

    def _refuse_columns(
        self, given: Sequence[str], columns: Sequence[str], optional: Sequence[str]
    ) -> None:
        known = (*columns, *optional)
        faults = [f"column {c} is missing" for c in columns if c not in given]
        faults += [f"column {c} is not known" for c in given if c not in known]
        faults += [f"column {c} stands twice" for c in known if given.count(c) > 1]
        if faults:
            listed = ", ".join(known)
            raise FaultyFile(self.file.name, [f"line 1: {f}; columns: {listed}" for f in faults])

    def _line(self, number: int, given: Sequence[str], row: Sequence[str]) -> Line:
        if len(row) != len(given):
            self.faults.append(f"line {number}: has {len(row)} cells; the head has {len(given)}")
        cells = [*row, *[""] * len(given)]
        return Line(number, {c: cell.strip() for c, cell in zip(given, cells, strict=False)})

    def fault(self, line: Line, column: str, sentence: str) -> None:
        self.faults.append(f"line {line.number}, {column}: {sentence}")

    def text(self, line: Line, column: str, longest: int = 64) -> str:
        cell = line.cells.get(column, "")
        if not cell:
            self.fault(line, column, "is empty")
        elif len(cell) > longest:
            self.fault(line, column, f"is longer than {longest} characters")
        return cell

    def one_of(self, line: Line, column: str, allowed: Collection[str], default: str = "") -> str:
        cell = line.cells.get(column) or default
        if cell not in allowed and (cell or not default):
            self.fault(line, column, _not_known(cell, allowed))
        return cell

    def maybe_one_of(self, line: Line, column: str, allowed: Collection[str]) -> str | None:
        return self.one_of(line, column, allowed) if line.cells.get(column) else None

    def many_of(self, line: Line, column: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Words separated by spaces; none where the cell is empty."""
        cells = tuple(dict.fromkeys(line.cells.get(column, "").split()))
        for cell in cells:
            if cell not in allowed:
                self.fault(line, column, _not_known(cell, allowed))
        return cells

    def whole(self, line: Line, column: str, least: int, most: int) -> int:
        cell = line.cells.get(column, "")
        if cell.isdecimal() and str(int(cell)) == cell and least <= int(cell) <= most:
            return int(cell)
        self.fault(line, column, f"{cell!r} is not a whole number from {least} to {most}")
        return least

    def yes(self, line: Line, column: str) -> bool:
        return self.one_of(line, column, ("yes", "no"), default="no") == "yes"

    def day(self, line: Line, column: str, cell: str) -> date | None:
        try:
            return date.fromisoformat(cell)
        except ValueError:
            self.fault(line, column, f"{cell!r} is not a day such as 2026-12-24")
            return None

    def instant(self, line: Line, column: str, office: Office) -> datetime | None:
        """With an offset, or a day alone, which means its 00:00 on the office's clock."""
        cell = line.cells.get(column, "")
        try:
            found = datetime.fromisoformat(cell)
        except ValueError:
            found = None
        if found is not None and len(cell) == len("2026-12-24"):
            return datetime.combine(found.date(), time(), ZoneInfo(office.timezone))
        if found is None or found.tzinfo is None:
            wanted = "a moment with its offset, such as 2026-12-24T22:00+01:00, or a day"
            self.fault(line, column, f"{cell!r} is not {wanted}")
            return None
        return found

    def refuse_if_faulty(self) -> None:
        if not self.lines:
            self.faults.append("has no lines below its head")
        if self.faults:
            listed = self.faults[:MOST_FAULTS]
            if more := len(self.faults) - len(listed):
                listed.append(f"and {more} faults more")
            raise FaultyFile(self.file.name, listed)

    def tell(self, session: Session, office: Office, actor: Actor, step: str, rows: int) -> None:
        """The journal entry of the whole file."""
        enter(
            session,
            at=office.now(),
            actor=actor,
            step=step,
            kind="file",
            subject=self.file.name[:120],
            after={"lines": len(self.lines), "rows": rows},
        )


def _not_known(cell: str, allowed: Collection[str]) -> str:
    listed = ", ".join(sorted(allowed)) or "none"
    return f"{cell!r} is not known; allowed: {listed}" if cell else f"is empty; allowed: {listed}"
