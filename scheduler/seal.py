"""What a draw promises beforehand: its seed under seal, and what it is drawn from.

The seed is chance from outside the core. Its commitment can be shown to anybody before the roster
is published, and opened afterwards: whoever holds the problem, the best roster and the seal draws
the same roster again, so that nobody can have gone on drawing until one was to their liking.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from scheduler.check import judge
from scheduler.errors import InvalidSeal
from scheduler.problem import RosterProblem
from scheduler.roster import Roster

SEAL_FORMAT = "tandem-seal/1"
_SHA256 = re.compile(r"[0-9a-f]{64}")  # as long as a seed that nobody can try out


@dataclass(frozen=True, slots=True)
class Seal:
    """A seed, and all that a draw with it depends on.

    `seed` is secret until the roster is published: 256 bits in hexadecimal. `problem` and
    `roster` are the fingerprints of what is drawn from. The last level may cost `within_percent`
    more than in that roster, and so may those of `giving`; no other level may cost more.
    `effort` is how long to draw, in the solver's own deterministic seconds.

    Raises `InvalidSeal` with every fault.
    """

    seed: str = field(repr=False)
    problem: str
    roster: str
    within_percent: float = 2.0
    effort: float = 20.0
    giving: tuple[int, ...] = ()
    format: str = SEAL_FORMAT

    def __post_init__(self) -> None:
        if faults := tuple(self._faults()):
            raise InvalidSeal(faults)

    def _faults(self) -> Iterator[str]:
        if self.format != SEAL_FORMAT:
            yield f"format is {self.format!r}; this version of Tandem reads {SEAL_FORMAT!r}"
        for name in ("seed", "problem", "roster"):
            if not _SHA256.fullmatch(getattr(self, name)):
                yield f"{name}: needs 64 hexadecimal digits"
        if not 0 <= self.within_percent <= 100:
            yield f"within_percent is {self.within_percent}, not between 0 and 100"
        if not 0 < self.effort < float("inf"):
            yield f"effort is {self.effort}, not above 0"

    def commitment(self) -> str:
        """SHA-256 of all of it: says nothing of the seed, and fits no other."""
        fields = asdict(self) | {
            "within_percent": float(self.within_percent),
            "effort": float(self.effort),
        }
        return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()

    def opens(self, commitment: str) -> bool:
        """Whether the commitment was made for this seal and no other."""
        return hmac.compare_digest(self.commitment(), commitment)


@dataclass(frozen=True, slots=True)
class Given:
    """One level of the objective: the cost of the best roster, of the one drawn, and allowed."""

    level: int
    best: int
    drawn: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A lawful roster drawn from those near the best, under the seal of that commitment.

    `moved` assignments of the best roster are not in it.
    """

    roster: Roster
    commitment: str
    levels: tuple[Given, ...]
    moved: int


def reasons_against(problem: RosterProblem, best: Roster) -> Iterator[str]:
    """Why nothing can be drawn near a roster: rules that it breaks, pins that it leaves out.

    Raises `InvalidRoster` when the roster names strangers.
    """
    for broken in judge(problem, best).unexcused:
        yield broken.sentence("en")
    for pin in problem.pinned:
        if pin.pair not in best.pairs:
            yield f"{pin.unit} is pinned to {pin.duty} and not on it"
