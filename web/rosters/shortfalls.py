"""What falls short, day by day: the worst first, each with its patrol area's names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from patrols.rosters.views import NeedState, RosterPage, SignOffView
from scheduler.coverage import Shortfall


@dataclass(frozen=True, slots=True)
class Gap:
    need: Shortfall
    area: SignOffView

    @property
    def state(self) -> NeedState:
        return NeedState.BELOW_MINIMUM if self.need.below_minimum else NeedState.BELOW_TARGET


@dataclass(frozen=True, slots=True)
class ShortDay:
    date: date
    gaps: tuple[Gap, ...]

    @property
    def below_minimum(self) -> int:
        return sum(gap.state is NeedState.BELOW_MINIMUM for gap in self.gaps)

    @property
    def below_target(self) -> int:
        return len(self.gaps) - self.below_minimum


def by_day(page: RosterPage) -> Iterator[ShortDay]:
    """Every area with duties is a part of the roster, and knows its own names."""
    areas = {part.part: part for part in page.sign_offs}
    gaps = sorted((Gap(need, areas[need.area]) for need in page.shortfalls), key=_order)
    for day, found in groupby(gaps, key=lambda gap: gap.need.starts.date()):
        yield ShortDay(day, tuple(found))


def _order(gap: Gap) -> tuple[object, ...]:
    need = gap.need
    return (need.starts.date(), not need.below_minimum, need.starts, need.area, need.number)
