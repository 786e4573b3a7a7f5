"""Timefold as its package comes: construction and local search over who works what on which day.

For instances of Curtois and Qu, where its package and a Java are present. It proves nothing, so
its bound is 0.
"""

from dataclasses import dataclass, field
from typing import Annotated, Any

from timefold.solver import SolverFactory
from timefold.solver.config import (
    Duration,
    EnvironmentMode,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    SolverConfigOverride,
    TerminationConfig,
)
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)

from tests.benchmarks.command import SHIFTS, Answer, Effort, Entry, answer
from tests.benchmarks.nrp.instance import Instance


@dataclass
class Kind:
    """A kind of shift."""

    id: str
    minutes: int
    not_before: list[str]


@dataclass
class Person:
    """Somebody, with all that limits them."""

    id: str
    days: int
    most_minutes: int
    least_minutes: int
    most_in_a_row: int
    least_in_a_row: int
    least_off: int
    most_weekends: int
    most_of: dict[str, int]


@dataclass
class Asked:
    """How many of a kind of shift a day asks."""

    id: str
    day: int
    kind: str
    needed: int
    under: int
    over: int


@dataclass
class Wish:
    """A shift that somebody wants, or not."""

    id: str
    person: str
    day: int
    kind: str
    weight: int
    wanted: bool


@planning_entity
@dataclass
class Cell:
    """What a person does on a day."""

    id: Annotated[str, PlanningId]
    person: Person
    day: int
    possible: Annotated[list[Kind], ValueRangeProvider]
    kind: Annotated[Kind | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@planning_solution
@dataclass
class Plan:
    """All cells, and what is asked of them."""

    asked: Annotated[list[Asked], ProblemFactCollectionProperty]
    wishes: Annotated[list[Wish], ProblemFactCollectionProperty]
    cells: Annotated[list[Cell], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore, PlanningScore] = field(default=None)


def breaches(person: Person, cells: list[Cell]) -> int:
    """How far one person's contract is from being kept."""
    kinds: list[Kind | None] = [None] * person.days
    for cell in cells:
        kinds[cell.day] = cell.kind
    minutes = 0
    counts: dict[str, int] = {}
    found = 0
    weekends = 0
    for day in range(person.days):
        kind = kinds[day]
        if kind is not None:
            minutes += kind.minutes
            counts[kind.id] = counts.get(kind.id, 0) + 1
            if day + 1 < person.days:
                later = kinds[day + 1]
                if later is not None and later.id in kind.not_before:
                    found += 1
        if day % 7 == 5:
            sunday = kinds[day + 1] if day + 1 < person.days else None
            if kind is not None or sunday is not None:
                weekends += 1
    for name in person.most_of:
        if name in counts:
            found += max(0, counts[name] - person.most_of[name])
    found += max(0, weekends - person.most_weekends)
    found += (max(0, minutes - person.most_minutes) + 59) // 60
    found += (max(0, person.least_minutes - minutes) + 59) // 60
    return found + in_a_row(person, kinds)


def in_a_row(person: Person, kinds: list[Kind | None]) -> int:
    """How far stretches of work and of time off are from their lengths."""
    found = 0
    first = 0
    for day in range(1, person.days + 1):
        if day == person.days or (kinds[day] is None) != (kinds[first] is None):
            length = day - first
            inside = first > 0 and day < person.days
            if kinds[first] is not None:
                found += max(0, length - person.most_in_a_row)
                if inside:
                    found += max(0, person.least_in_a_row - length)
            elif inside:
                found += max(0, person.least_off - length)
            first = day
    return found


def price(asked: Asked, there: int) -> int:
    """What is saved against nobody being there."""
    missing = max(0, asked.needed - there)
    surplus = max(0, there - asked.needed)
    return asked.under * (asked.needed - missing) - asked.over * surplus


def rules(factory: ConstraintFactory) -> list[Any]:
    """Contracts are hard; cover and wishes are soft, counted from a plan without any work."""
    worked = factory.for_each(Cell)
    return [
        factory.for_each_including_unassigned(Cell)
        .group_by(lambda cell: cell.person, ConstraintCollectors.to_list())
        .penalize(HardSoftScore.ONE_HARD, breaches)
        .as_constraint("contract"),
        factory.for_each(Asked)
        .join(
            Cell,
            Joiners.equal(lambda asked: asked.day, lambda cell: cell.day),
            Joiners.filtering(
                lambda asked, cell: cell.kind is not None and cell.kind.id == asked.kind
            ),
        )
        .group_by(lambda asked, cell: asked, ConstraintCollectors.count_bi())
        .impact(HardSoftScore.ONE_SOFT, price)
        .as_constraint("cover"),
        worked.join(
            Wish,
            Joiners.equal(lambda cell: cell.person.id, lambda wish: wish.person),
            Joiners.equal(lambda cell: cell.day, lambda wish: wish.day),
            Joiners.filtering(lambda cell, wish: cell.kind.id == wish.kind),
        )
        .impact(
            HardSoftScore.ONE_SOFT,
            lambda cell, wish: wish.weight if wish.wanted else -wish.weight,
        )
        .as_constraint("wish"),
    ]


def solve(instance: Instance, effort: Effort) -> Answer:
    """The plan that local search ends with; no answer where it breaks a contract."""
    plan = _plan(instance)
    config = SolverConfig(
        solution_class=Plan,
        entity_class_list=[Cell],
        environment_mode=EnvironmentMode.NO_ASSERT,  # the fastest
        random_seed=effort.seed,
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=constraint_provider(rules)
        ),
    )
    factory = SolverFactory.create(config)  # translates all of the above to Java, which takes time
    left = Duration(milliseconds=max(int(effort.left() * 1000), 100))
    rest = SolverConfigOverride(termination_config=TerminationConfig(spent_limit=left))
    best = factory.build_solver(rest).solve(plan)
    if best.score.hard_score < 0:
        return Answer(None)
    rows = tuple((c.person.id, str(c.day), c.kind.id) for c in best.cells if c.kind is not None)
    idle = sum(cover.under * cover.needed for cover in instance.covers)
    idle += sum(request.weight for request in instance.requests if request.wanted)
    return Answer(rows, (idle - best.score.soft_score,), (0,))


def _plan(instance: Instance) -> Plan:
    kinds = [Kind(s.id, s.minutes, list(s.not_before)) for s in instance.shifts]
    cells = []
    for employee in instance.staff:
        contract = employee.contract
        person = Person(
            employee.id,
            instance.days,
            contract.maximum_minutes,
            contract.minimum_minutes,
            contract.maximum_consecutive_shifts,
            contract.minimum_consecutive_shifts,
            contract.minimum_consecutive_days_off,
            contract.maximum_weekends,
            dict(contract.maximum_shifts),
        )
        possible = [kind for kind in kinds if person.most_of.get(kind.id) != 0]
        for day in range(instance.days):
            free = [] if day in employee.days_off else possible
            cells.append(Cell(f"{employee.id} {day}", person, day, free))
    covers = [
        Asked(f"{c.day} {c.shift}", c.day, c.shift, c.needed, c.under, c.over)
        for c in instance.covers
    ]
    wishes = [
        Wish(str(n), r.employee, r.day, r.shift, r.weight, r.wanted)
        for n, r in enumerate(instance.requests)
    ]
    return Plan(covers, wishes, cells)


if __name__ == "__main__":
    raise SystemExit(answer(Entry(SHIFTS, solve)))
