"""Why there is no roster, or nobody more on a duty: what clashes, and what would mend it.

Every claim in here was verified by solving again. What was not proven in time is not said: a
conflict is called minimal only when a roster was found without each single part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation
from scheduler.roster import Assignment, Roster
from scheduler.rule import Text
from scheduler.wording import Value, render

PINS, NEEDS = "pins", "needs"  # beside the codes of rules: what else can clash


class Verdict(StrEnum):
    """Whether what was asked can be had."""

    IMPOSSIBLE = "impossible"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Grain(StrEnum):
    """How finely a conflict was looked at, from coarse to fine."""

    FAMILIES = "families"
    DAYS = "days"
    MOMENTS = "moments"
    SUBJECTS = "subjects"


@dataclass(frozen=True, slots=True)
class Gap:
    """A need that falls short in a roster."""

    roster: Roster
    duty: str
    need: str


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in four languages, with the values that stand in it."""

    text: Text
    values: Mapping[str, Value]

    def sentence(self, language: str) -> str:
        return render(self.text.in_(language), self.values, language)


@dataclass(frozen=True, slots=True)
class Family:
    """All that one rule of one framework says; or all pins, or all other needs."""

    code: str
    framework: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a family, named as finely as was looked."""

    day: date | None = None
    moment: int | None = None
    unit: str | None = None
    duty: str | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """What one family has to do with a conflict.

    `otherwise` tells of a roster that was found without it: what the rule would have to bear.
    """

    family: Family
    parts: tuple[Part, ...]
    told: Message
    otherwise: Message | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Causes that cannot all hold; `minimal`: any part less, and a roster was found.

    With `within` only duties in that time may change, and the roster stays as it is outside.
    """

    causes: tuple[Cause, ...]
    grain: Grain
    minimal: bool
    within: Span | None = None

    @property
    def families(self) -> frozenset[Family]:
        return frozenset(cause.family for cause in self.causes)

    @property
    def label(self) -> Message:
        return Message(_MINIMAL if self.minimal else _SUFFICIENT, {})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to grant: a rule relaxed in a place, a pin withdrawn, or a need given up.

    `authorities` may each grant it; with none it takes only whoever edits the roster. `bears` is
    the breach that a relaxation would excuse, in the roster of the remedy.
    """

    told: Message
    authorities: tuple[str, ...] = ()
    relaxation: Relaxation | None = None
    pin: Assignment | None = None
    bears: Message | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A level of the objective before and after."""

    level: int
    before: int
    after: int

    def sentence(self, language: str) -> str:
        values = {"level": self.level, "before": self.before, "after": self.after}
        return render(_CHANGE.in_(language), values, language)


@dataclass(frozen=True, slots=True)
class Remedy:
    """Steps after which a roster has what was asked: this one, and the checkers agree.

    `cheapest` says that with these families no fewer exceptions were proven to do; `changes`
    are those of the levels against the roster that was asked about.
    """

    steps: tuple[Step, ...]
    roster: Roster
    cheapest: bool
    changes: tuple[Change, ...] = ()

    @property
    def gist(self) -> tuple[str, ...]:
        """Equal for remedies that ask for the same."""
        return tuple(sorted(step.told.sentence("en") for step in self.steps))

    @property
    def rises(self) -> tuple[int, ...]:
        """By how much each level rises, in order: the smaller, the better."""
        by_level = {change.level: change.after - change.before for change in self.changes}
        return tuple(by_level.get(level, 0) for level in range(1, max(by_level, default=0) + 1))

    def applied(self, problem: RosterProblem, reason: str) -> RosterProblem:
        """The problem with all steps granted for that reason."""
        granted = (s.relaxation for s in self.steps if s.relaxation)
        withdrawn = {s.pin.pair for s in self.steps if s.pin}
        return replace(
            problem,
            relaxations=(*problem.relaxations, *(replace(r, reason=reason) for r in granted)),
            pinned=tuple(p for p in problem.pinned if p.pair not in withdrawn),
        )

    def sentences(self, language: str) -> Iterator[str]:
        for step in self.steps:
            yield from (m.sentence(language) for m in (step.told, step.bears) if m)
        yield from (change.sentence(language) for change in self.changes)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found in the time given; `roster` has what was asked, where one was found.

    `reasons` come from the checkers alone, and speak of the roster as it is.
    """

    verdict: Verdict
    told: Message
    conflict: Conflict | None = None
    remedies: tuple[Remedy, ...] = ()
    reasons: tuple[Message, ...] = ()
    roster: Roster | None = None
    changes: tuple[Change, ...] = ()
    seconds: float = 0.0


_MINIMAL = Text(
    en="Minimal: without any one of these parts a roster was found.",
    nl="Minimaal: zonder een van deze delen werd een dienstrooster gevonden.",
    fr="Minimal : sans l'une de ces parties, un tableau de service a été trouvé.",
    de="Minimal: ohne einen dieser Teile wurde ein Dienstplan gefunden.",
)
_SUFFICIENT = Text(
    en="Sufficient: these parts clash; not each of them was proven necessary.",
    nl="Voldoende: deze delen botsen; niet van elk is bewezen dat het nodig is.",
    fr="Suffisant : ces parties se contredisent ; toutes ne sont pas prouvées nécessaires.",
    de="Hinreichend: diese Teile widersprechen sich; nicht jeder ist als nötig bewiesen.",
)
_CHANGE = Text(
    en="Level {level} of the score: {after} instead of {before}.",
    nl="Niveau {level} van de score: {after} in plaats van {before}.",
    fr="Niveau {level} du score : {after} au lieu de {before}.",
    de="Stufe {level} der Bewertung: {after} statt {before}.",
)
