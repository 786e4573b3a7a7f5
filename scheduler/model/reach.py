"""A small statement around a disturbance: what can be done when only some pairs may change.

What lies further away holds as it is. The floor knows only who may go where and what is needed,
but of everybody: nothing at all can be better than that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scheduler.leading import leading
from scheduler.model.build import NO_LEAST, NO_MOST, RosterModel
from scheduler.network import network
from scheduler.roster import Roster
from scheduler.rule import Preference
from scheduler.soften import soften
from scheduler.statement import Opening, Statement, stated
from scheduler.terms import Literal
from scheduler.vicinity import Vicinity

Pair = tuple[str, str]
BROKEN = -100  # the level of what stays broken, before all others


@dataclass(frozen=True, slots=True)
class Mended:
    """Who is on duty, what each column costs, and a proven bound on each within its reach.

    `stepping_in` are the units that take on something, `on_main` those on the main post; the
    `whole` is when everything might change.
    """

    pairs: frozenset[Pair]
    costs: tuple[int, ...]
    bounds: tuple[int, ...]
    stepping_in: frozenset[str]
    on_main: frozenset[str]
    whole: bool


class Reach:
    """What can be done when only the pairs in `free` may change, and `most` units step in.

    With no limit there are as many as it takes; the `whole` is when everything may change. Its
    columns are what stays broken, the criteria that lead, then the score.
    """

    def __init__(
        self, vicinity: Vicinity, free: frozenset[Pair], *, most: int | None, whole: bool
    ) -> None:
        self.most, self.whole = most, whole
        self.last: Mended | None = None
        disturbance, main = vicinity.disturbance, vicinity.main
        self.statement = stated(disturbance.problem, Opening(disturbance.standing, free))
        posts = {duty for _, duty in free} | {duty.id for duty in vicinity.opened}
        criteria = vicinity.leading.with_posts_on(posts).all
        _price(self.statement, criteria)
        self.statement.levels[BROKEN] = []
        if vicinity.violations:
            soften(self.statement, disturbance.standing.pairs, BROKEN)
        told = disturbance.told.pairs
        by_unit: dict[str, list[Literal]] = defaultdict(list)
        self.on_main: dict[str, Literal] = {}
        for choice in self.statement.decisions:
            if (choice.unit.id, choice.duty.id) not in told:
                by_unit[choice.unit.id].append(choice.taken)
                if main is not None and choice.duty.id == main.id:
                    self.on_main[choice.unit.id] = choice.taken
        self.steps_in = {unit: self.statement.any_of(taken) for unit, taken in by_unit.items()}
        self.net = network(self.statement)

    @property
    def columns(self) -> range:
        return range(1, len(self.net.constant))

    def model(self, apart: Iterable[Mended] = ()) -> RosterModel:
        """All that is clearly different from what was found before."""
        built = RosterModel(self.net)
        if self.most is not None:
            _at_most(built, _variables(built, self.steps_in, self.steps_in), self.most)
        for other in apart:
            self._set_apart(built, other)
        return built

    def fixed(self, pairs: frozenset[Pair]) -> RosterModel:
        """Nothing but what these pairs leave open: what they cost, and what follows from them."""
        built = RosterModel(self.net)
        for choice in self.statement.decisions:
            there = (choice.unit.id, choice.duty.id) in pairs
            built.fix(choice.taken if there else ~choice.taken)
        return built

    def _set_apart(self, built: RosterModel, other: Mended) -> None:
        """Not the same units on the main post, or other units for more than half of the work."""
        proto = built.proto
        if other.on_main - self.on_main.keys():
            return  # who is on the main post there is out of reach here
        if other.on_main:
            ways = [~variable for variable in _variables(built, self.on_main, other.on_main)]
        else:
            ways = _variables(built, self.on_main, self.on_main)
        again = _variables(built, self.steps_in, other.stepping_in & self.steps_in.keys())
        if other.stepping_in:
            proto.variables.add().domain.extend([0, 1])
            ways.append(len(proto.variables) - 1)
            _at_most(built, again, (len(other.stepping_in) - 1) // 2, ways[-1:])
        else:
            ways += _variables(built, self.steps_in, self.steps_in)
        proto.constraints.add().bool_or.literals.extend(ways)

    def read(self, built: RosterModel, solution: Sequence[int], bounds: Sequence[int]) -> Mended:
        taken = {
            (d.unit.id, d.duty.id)
            for d in self.statement.decisions
            if solution[int(built.variable[d.taken])]
        }
        held = {(d.unit.id, d.duty.id) for d in self.statement.held}

        def true(literals: Mapping[str, Literal]) -> frozenset[str]:
            return frozenset(u for u, x in literals.items() if solution[int(built.variable[x])])

        return Mended(
            frozenset(taken | held),
            tuple(cost(built, column, solution) for column in self.columns),
            tuple(bounds),
            true(self.steps_in),
            true(self.on_main),
            self.whole,
        )


class Floor:
    """What no repair can go below, whatever it moves."""

    def __init__(self, vicinity: Vicinity) -> None:
        disturbance = vicinity.disturbance
        problem = disturbance.problem
        names = {d.id for d in vicinity.touched} | {duty for _, duty in disturbance.struck}
        duties = [duty for duty in problem.duties if duty.id in names]
        there = Roster.of(a for a in disturbance.standing.assignments if a.duty in names)
        statement = Statement(problem, Opening(there, vicinity.on(duties)))
        criteria = leading(disturbance, duties).all
        _price(statement, criteria)
        self.net, self.columns = network(statement), range(1, len(criteria) + 1)

    def model(self) -> RosterModel:
        return RosterModel(self.net)


def cost(built: RosterModel, column: int, solution: Sequence[int]) -> int:
    """What a column costs in a solution."""
    built.minimise(column)
    objective = built.proto.objective
    total = int(objective.offset)
    for variable, times in zip(objective.vars, objective.coeffs, strict=True):
        total += int(times) * solution[variable]
    return total


def trivial(built: RosterModel) -> int:
    """What the objective cannot go below, whatever the constraints say."""
    objective = built.proto.objective
    bound = int(objective.offset)
    for variable, times in zip(objective.vars, objective.coeffs, strict=True):
        ends = [*built.proto.variables[variable].domain]
        bound += int(min(times * ends[0], times * ends[-1]))
    return bound


def begin(built: RosterModel, start: Sequence[int] | None, bound: int) -> None:
    """Where the search begins, and what it need not look below."""
    hint, objective = built.proto.solution_hint, built.proto.objective
    hint.vars.clear()
    hint.values.clear()
    if start is not None:
        hint.vars.extend(range(len(start)))
        hint.values.extend(start)
    objective.domain.clear()
    if len(objective.vars):
        objective.domain.extend([bound - int(objective.offset), NO_MOST])


def _at_most(
    built: RosterModel, variables: Sequence[int], most: int, when: Sequence[int] = ()
) -> None:
    entry = built.proto.constraints.add()
    entry.enforcement_literal.extend(when)
    entry.linear.vars.extend(variables)
    entry.linear.coeffs.extend([1] * len(variables))
    entry.linear.domain.extend([NO_LEAST, most])


def _price(statement: Statement, criteria: Sequence[Preference]) -> None:
    """Before all levels of the problem."""
    for position, criterion in enumerate(criteria):
        statement.price(position - len(criteria), 1, criterion)


def _variables(
    built: RosterModel, literals: Mapping[str, Literal], units: Iterable[str]
) -> list[int]:
    return [int(built.variable[literals[unit]]) for unit in sorted(units)]
