"""What rules say to the model, without knowing it: literals, clauses, costs.

A rule asks `Decisions` for literals and hands clauses to `Require`; a preference prices with
`Cost`. The builder in `scheduler.model` decides what a clause becomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

from scheduler.duties import Duty
from scheduler.forces import Clock, Member, Unit

# A yes-or-no decision; `~literal` is its opposite. A plain int, because there are millions.
Literal: TypeAlias = int
TRUE: Literal = 0  # what is settled already
FALSE: Literal = ~TRUE


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether `unit` takes `duty`: the one kind of decision that a roster is made of."""

    unit: Unit
    duty: Duty
    taken: Literal


class Term(NamedTuple):
    """`times` × `literal`, a summand."""

    times: int
    literal: Literal


@dataclass(frozen=True, slots=True)
class AtMostOne:
    """Of `literals` at most one is true."""

    literals: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """When all of `when` are true, one of `literals` is; with no literals, `when` cannot be."""

    literals: tuple[Literal, ...]
    when: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class AtMost:
    """When all of `when` are true, the sum of `terms` is at most `bound`."""

    terms: tuple[Term, ...]
    bound: int
    when: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class AtLeast:
    """When all of `when` are true, the sum of `terms` is at least `bound`."""

    terms: tuple[Term, ...]
    bound: int
    when: tuple[Literal, ...] = ()


Clause = AtMostOne | AnyOf | AtMost | AtLeast


class About(NamedTuple):
    """What a clause speaks of, so that explanations can group and lift it."""

    unit: str | None = None
    clock: str | None = None
    duty: str | None = None
    moment: int | None = None


class Decisions(Protocol):
    """The variables container, which answers in domain words.

    A pair that an eligibility rule refuses has no decision: it is missing from every answer.
    """

    def at(self, duty: Duty) -> Sequence[Decision]:
        """The decisions on one duty."""

    def of(self, clock: Clock) -> Sequence[Decision]:
        """The decisions that a clock is charged with (a present member carries it), by report."""

    def alike(self, clock: Clock) -> Sequence[Decision]:
        """As `of`, but decisions that exclude each other and differ in place alone are one.

        Its duty is one of theirs, its `taken` is true when any of theirs is.
        """

    def by(self, member: Member) -> Sequence[Decision]:
        """The decisions in which a member would take part, by report."""

    def unit(self, unit: Unit) -> Sequence[Decision]:
        """The decisions of one unit, by report."""

    def any_of(self, literals: Sequence[Literal]) -> Literal:
        """True exactly when one of `literals` is; the same literals give the same answer.

        Negated literals are welcome: `~any_of((~a, ~b))` says "a and b".
        """

    def choice(self, *key: object) -> Literal:
        """A witness that something exists; the same key gives the same literal.

        It may stand in the `when` of clauses, which it has to satisfy, and in `AnyOf` as one
        way out; so it can be made true whenever its clauses allow.
        """


class Require(Protocol):
    """Takes a clause that must hold."""

    def __call__(self, clause: Clause, about: About) -> None: ...


class Cost(Protocol):
    """Prices of one preference, in its own unit; its weight is put on top."""

    def each(self, price: int, literal: Literal) -> None:
        """`price` whenever `literal` is true."""

    def shortfall(self, wanted: int, terms: Sequence[Term], price: int, step: int = 1) -> None:
        """`price` for each begun `step` by which the sum of `terms` stays below `wanted`."""

    def surplus(self, allowed: int, terms: Sequence[Term], price: int, step: int = 1) -> None:
        """`price` for each begun `step` by which the sum of `terms` exceeds `allowed`."""

    def rising(self, literals: Sequence[Literal], prices: Sequence[int]) -> None:
        """`prices[0]` for the first true literal, `prices[1]` for the second, and so on.

        `prices` never fall and are as many as `literals`. A literal that stands several times
        is counted as often.
        """

    def constant(self, price: int) -> None:
        """`price`, whatever the roster: for what cannot be helped."""
