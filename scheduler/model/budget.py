"""How long a solve may take, on the wall or in effort, and what is left of it."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to search: `seconds` on the wall, or `effort`, which repeats to the bit.

    `effort` counts the solver's own deterministic seconds. `cores` are threads' worth of
    machine, `seed` the random seed.
    """

    seconds: float | None = 60.0
    effort: float | None = None
    cores: int = 2
    seed: int = 1


class Clockwork:
    """What is left of a budget, on the wall or in effort spent."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.began = time.monotonic()
        self.spent = 0.0

    @property
    def timed(self) -> bool:
        return self.budget.effort is None

    @property
    def whole(self) -> float:
        return self.budget.effort if self.budget.effort is not None else self.budget.seconds or 0.0

    def elapsed(self) -> float:
        return round(time.monotonic() - self.began, 2)

    def left(self) -> float:
        if self.timed:
            return self.whole - (time.monotonic() - self.began)
        return self.whole - self.spent
