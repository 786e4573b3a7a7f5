"""The week board as rows and cells: one row per patrol area, kind of duty and shift."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from flask import request

from patrols.rosters.views import (
    BoardArea,
    BoardDuty,
    BoardShift,
    BoardUnit,
    NeedState,
    WeekBoard,
)
from scheduler.forces import DutyKind, Force
from scheduler.roster import Role

Cell = tuple[BoardDuty, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of duty in one shift, with a cell for each day."""

    kind: DutyKind
    shift: BoardShift
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    area: BoardArea
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many duties stand how well."""

    duties: int
    below_target: int
    below_minimum: int

    @property
    def met(self) -> int:
        return self.duties - self.below_target - self.below_minimum


def groups(board: WeekBoard) -> tuple[Group, ...]:
    """In the order of the screen; rows without any duty are left out."""
    cells: dict[tuple[str, str, str, date], list[BoardDuty]] = {}
    for duty in board.duties:
        cells.setdefault((duty.area, duty.kind, duty.shift, duty.day), []).append(duty)

    def row(area: BoardArea, kind: DutyKind, shift: BoardShift) -> Row:
        week = (cells.get((area.id, kind, shift.id, day), []) for day in board.days)
        return Row(kind, shift, tuple(tuple(sorted(c, key=lambda d: d.number)) for c in week))

    def group(area: BoardArea) -> Group:
        rows = (row(area, kind, shift) for kind in DutyKind for shift in board.shifts)
        return Group(area, tuple(row for row in rows if any(row.cells)))

    return tuple(found for area in board.areas if (found := group(area)).rows)


def crew(duty: BoardDuty) -> list[BoardUnit]:
    """Police before soldiers, and who leads before the others of that force."""
    lead = (Role.POLICE_LEAD, Role.MILITARY_LEAD)
    return sorted(duty.units, key=lambda u: (u.force is Force.MILITARY, u.role not in lead))


def tally(duties: tuple[BoardDuty, ...]) -> Tally:
    states = Counter(duty.state for duty in duties)
    return Tally(len(duties), states[NeedState.BELOW_TARGET], states[NeedState.BELOW_MINIMUM])


def on(board: WeekBoard, day: date) -> tuple[BoardDuty, ...]:
    return tuple(duty for duty in board.duties if duty.day == day)


def shown_day(board: WeekBoard, today: date) -> int:
    """Which day a phone shows first: the one asked for, else today, else Monday."""
    asked = request.args.get("day", type=int)
    if asked is not None and 0 <= asked < len(board.days):
        return asked
    return board.days.index(today) if today in board.days else 0
