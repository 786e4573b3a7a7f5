"""A mixed-integer program in plain arrays: the direct formulation that every peer is given.

No solver is imported here, for two of them cannot live in one process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.command import SHIFTS, WEEKS, Answer, Effort, Entry, Row
from tests.benchmarks.nrp.instance import Instance
from tests.benchmarks.weeks.week import Week

Variable = int
Terms = Sequence[tuple[Variable, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """`least <= sum of terms <= most`; None: no limit on that side."""

    terms: Terms
    least: int | None = None
    most: int | None = None


@dataclass
class Program:
    """Whole numbers from 0 to `highest`, lines, and levels to be minimised in order."""

    highest: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    levels: list[list[tuple[Variable, int]]] = field(default_factory=list)
    constants: list[int] = field(default_factory=list)
    meaning: dict[Variable, Row] = field(default_factory=dict)

    def new(self, highest: int = 1, meaning: Row | None = None) -> Variable:
        """A new variable; one with a meaning is a row of the roster when it is 1."""
        variable = len(self.highest)
        self.highest.append(highest)
        if meaning is not None:
            self.meaning[variable] = meaning
        return variable

    def line(
        self,
        terms: Iterable[tuple[Variable, int]],
        *,
        least: int | None = None,
        most: int | None = None,
    ) -> None:
        self.lines.append(Line(tuple(terms), least, most))

    def level(self) -> None:
        """What is priced from here on is minimised after all that was priced before."""
        self.levels.append([])
        self.constants.append(0)

    def price(self, price: int, variable: Variable) -> None:
        self.levels[-1].append((variable, price))

    def constant(self, price: int) -> None:
        self.constants[-1] += price

    def short(self, wanted: int, terms: Terms, price: int) -> None:
        """`price` for each unit by which the sum stays below `wanted`."""
        if wanted > 0 and price:
            slack = self.new(wanted)
            self.line((*terms, (slack, 1)), least=wanted)
            self.price(price, slack)

    def squared(self, terms: Terms) -> None:
        """The square of a sum of yes-or-no variables, as prices that rise."""
        steps = [self.new() for _ in terms]
        self.line((*terms, *((step, -1) for step in steps)), most=0)
        for nth, step in enumerate(steps, start=1):
            self.price(2 * nth - 1, step)

    def cost(self, level: int, values: Sequence[int]) -> int:
        return self.constants[level] + sum(p * values[v] for v, p in self.levels[level])


def ones(variables: Iterable[Variable], times: int = 1) -> list[tuple[Variable, int]]:
    return [(variable, times) for variable in variables]


@dataclass(frozen=True, slots=True)
class Solved:
    """One level's end: `values` of the best solution so far (None: there is none)."""

    values: Sequence[int] | None
    bound: int
    infeasible: bool = False


class Peer:
    """A solver that is asked for one level after the other."""

    def __init__(self, program: Program, effort: Effort) -> None:
        raise NotImplementedError

    def solve(self, level: int, seconds: float, best: Sequence[int] | None) -> Solved:
        raise NotImplementedError

    def hold(self, level: int, cost: int) -> None:
        """From now on the level costs no more than that."""
        raise NotImplementedError

    @property
    def first_seconds(self) -> float | None:
        raise NotImplementedError


def compete(
    peer: Callable[[Program, Effort], Peer],
    shifts: Callable[[Instance], Program],
    week: Callable[[Week], Program],
) -> tuple[Entry[Instance], Entry[Week]]:
    """The peer as an entry for either kind of problem."""

    def on_shifts(instance: Instance, effort: Effort) -> Answer:
        return _in_order(peer, shifts(instance), effort)

    def on_week(given: Week, effort: Effort) -> Answer:
        return _in_order(peer, week(given), effort)

    return Entry(SHIFTS, on_shifts), Entry(WEEKS, on_week)


def _in_order(make: Callable[[Program, Effort], Peer], program: Program, effort: Effort) -> Answer:
    """Level by level, each with an equal share of what is left; without a roster, with all."""
    peer = make(program, effort)
    best: Sequence[int] | None = None
    bounds: list[int] = []
    for level in range(len(program.levels)):
        share = max(effort.left(), 0.1) / (len(program.levels) - level)
        found = peer.solve(level, share, best)
        if found.values is None and best is None and not found.infeasible:
            found = peer.solve(level, max(effort.left(), 0.1), None)
        best = found.values if found.values is not None else best
        bounds.append(max(found.bound, 0))
        if best is None:
            return Answer(None, infeasible=found.infeasible)
        peer.hold(level, program.cost(level, best))
    values = best or ()
    return Answer(
        rows=tuple(_rows(program, values)),
        levels=tuple(program.cost(level, values) for level in range(len(program.levels))),
        bounds=tuple(bounds),
        first_seconds=peer.first_seconds,
    )


def _rows(program: Program, values: Sequence[int]) -> Iterator[Row]:
    return (row for variable, row in program.meaning.items() if values[variable])
