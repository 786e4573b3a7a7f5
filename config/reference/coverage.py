"""What is to be covered: patrols by area, shift and weekday, static guards, standby."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from config.reading import Confidence, Strict
from config.reference.forces import Force
from config.reference.places import Priority
from config.reference.wording import Names, Provenance, Slug

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Kind = Literal["patrol", "guard", "standby"]
Number = Annotated[int, Field(ge=0, le=20)]
Week = Annotated[tuple[str, ...], Field(min_length=7, max_length=7)]
"""Monday to Sunday: the patterns of that day separated by spaces, or "-" for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKind(Strict):
    """A thing that teams may be asked to do, or be forbidden."""

    id: Slug
    names: Names
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksFile(Provenance):
    task: tuple[TaskKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedEntry(Strict):
    """So many teams (units), or persons where the law counts persons."""

    id: Slug
    minimum: Number
    target: Number
    maximum: Number
    force: Force | None = None
    counts: Literal["teams", "persons"] = "teams"
    qualification: Slug | None = None
    firm: bool = False
    tasks: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementEntry(Strict):
    """A qualification that somebody on the duty must hold."""

    qualification: Slug
    force: Force | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Strict):
    """What one duty of this sort asks for."""

    id: Slug
    kind: Kind
    names: Names
    needs: Annotated[tuple[NeedEntry, ...], Field(min_length=1)]
    requires: tuple[RequirementEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekEntry(Strict):
    """The duties of one area in one shift; the area's priority is theirs unless one is given.

    `place` is the protected place that they are at.
    """

    area: Slug
    shift: Slug
    week: Week
    priority: Priority | None = None
    place: Slug | None = None


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One duty of the week: `weekday` 0 is Monday, `number` tells like duties apart."""

    entry: WeekEntry
    weekday: int
    number: int
    pattern: Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFile(Provenance):
    fictional: Literal[True]
    pattern: tuple[Pattern, ...]
    patrols: tuple[WeekEntry, ...]
    guards: tuple[WeekEntry, ...]
    standby: tuple[WeekEntry, ...]

    @property
    def weeks(self) -> dict[Kind, tuple[WeekEntry, ...]]:
        return {"patrol": self.patrols, "guard": self.guards, "standby": self.standby}

    def lines(self) -> Iterator[CoverageLine]:
        """Every duty of a week, numbered from 1 within its kind, area, shift and weekday."""
        patterns = {pattern.id: pattern for pattern in self.pattern}
        numbers: Counter[tuple[str, str, str, int]] = Counter()
        for kind, rows in self.weeks.items():
            for row in rows:
                for weekday, cell in enumerate(row.week):
                    for name in patterns_in(cell):
                        like = (kind, row.area, row.shift, weekday)
                        numbers[like] += 1
                        yield CoverageLine(row, weekday, numbers[like], patterns[name])


def patterns_in(cell: str) -> list[str]:
    return [] if cell.strip() == "-" else cell.split()
