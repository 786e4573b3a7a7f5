"""What a solve ends with: three facts, never merged."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.roster import Roster


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the objective: what was reached, and a proven lower bound (None: not known).

    `objective` is the roster's cost on this level by the checkers' measure.
    """

    level: int
    objective: int
    bound: int | None

    @property
    def proven(self) -> bool:
        """Nothing better is possible, given the levels before."""
        return self.bound is not None and self.bound >= self.objective

    @property
    def gap(self) -> float | None:
        """At most this share of the objective could still be saved; None when unknown."""
        if self.bound is None:
            return None
        return 0.0 if self.proven else (self.objective - self.bound) / self.objective


@dataclass(frozen=True, slots=True)
class Incumbent:
    """A better roster, or a better bound, on the way: what a screen that polls shows."""

    level: int
    objective: int | None
    bound: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Drafted:
    """A lawful roster, every level of it searched; each level with its bound."""

    roster: Roster
    levels: tuple[Level, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No roster satisfies all rules: proven, not suspected."""

    seconds: float


@dataclass(frozen=True, slots=True)
class OutOfTime:
    """Time ended before every level was searched; `best` is the best roster so far, if any."""

    best: Roster | None
    levels: tuple[Level, ...]
    seconds: float


Outcome = Drafted | Infeasible | OutOfTime
