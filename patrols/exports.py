"""Rosters as comma-separated values."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from patrols.rosters.rows import RosterRow

COLUMNS = (
    "unit",
    "force",
    "persons",
    "duty",
    "area",
    "reports_at",
    "starts_at",
    "ends_at",
    "released_at",
    "role",
)


def roster_csv(rows: Iterable[RosterRow]) -> str:
    """One line for each unit on a duty; instants in ISO 8601 with their offset."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in rows:
        moments = (row.reports_at, row.starts_at, row.ends_at, row.released_at)
        table.writerow(
            (
                row.unit,
                row.force,
                row.persons,
                row.duty,
                row.area,
                *(moment.isoformat() for moment in moments),
                row.role or "",
            )
        )
    return written.getvalue()
