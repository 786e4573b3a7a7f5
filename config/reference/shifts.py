"""Shift templates: local times, and what reporting and release add to working time."""

from dataclasses import dataclass
from datetime import time
from typing import Annotated

from pydantic import Field

from config.reading import Strict
from config.reference.wording import Names, Provenance, Slug

HALF_DAY_MINUTES = 720
DAY_MINUTES = 2 * HALF_DAY_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Strict):
    """A template in local time; one that ends at or before its start ends the next day."""

    id: Slug
    names: Names
    starts: time
    ends: time
    reports_before_minutes: Annotated[int, Field(ge=0, le=HALF_DAY_MINUTES)]
    released_after_minutes: Annotated[int, Field(ge=0, le=HALF_DAY_MINUTES)]
    night: bool = False

    @property
    def ends_next_day(self) -> bool:
        return self.ends <= self.starts

    @property
    def length_minutes(self) -> int:
        """From start to end on a day without a clock change; equal times mean a whole day."""
        return (_minute(self.ends) - _minute(self.starts)) % DAY_MINUTES or DAY_MINUTES


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftsFile(Provenance):
    shift: tuple[Shift, ...]
