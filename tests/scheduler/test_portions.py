"""Large rosters, portion by portion: the parts, their rows, and what comes of a few sweeps."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from scheduler.annealing.anneal import Annealing
from scheduler.check import judge
from scheduler.found import Found
from scheduler.model import solve as search
from scheduler.model.build import dependents
from scheduler.model.portions import WEEK_MINUTES, Sweeps, portions
from scheduler.network import cost, network, restricted
from scheduler.outcome import Drafted
from scheduler.planner import Budget, draft
from scheduler.problem import RosterProblem
from scheduler.rule import PreferenceInForce
from scheduler.statement import Statement, stated
from tests.builders import a_duty, a_need, a_problem, a_unit, a_week, at, in_force
from tests.scheduler.test_network import some_week

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RULES = tuple(in_force(code) for code in ("one-place-at-a-time", "need-maximum", "lent-area"))
WISHES = (PreferenceInForce("minimum-missed", 1), PreferenceInForce("fair-nights", 2))


def two_cities(weeks: int = 2) -> RosterProblem:
    """In each city two units and one duty on each day, by night on Sundays."""
    units = [a_unit(f"{city}{n}", areas=(city,)) for city in ("north", "south") for n in (1, 2)]
    duties = [
        a_duty(
            f"{city}-{n}-{day}",
            at(f"{day} 08:00", n),
            at(f"{day} 16:00", n),
            area=city,
            needs=(a_need(minimum=1, target=1),),
            night=day == "Sun",
        )
        for city in ("north", "south")
        for n in range(weeks)
        for day in DAYS
    ]
    return a_problem(units, duties, RULES, horizon=a_week(days=7 * weeks), preferences=WISHES)


def test_every_decision_is_in_one_portion_of_one_city_and_week() -> None:
    statement = stated(two_cities())
    found = portions(statement, 0)
    assert len(found) == 4
    every = np.concatenate([portion.decisions for portion in found])
    assert sorted(every.tolist()) == [*range(len(statement.decisions))]
    for portion in found:
        duties = [statement.decisions[k].duty for k in portion.decisions]
        assert len({duty.area for duty in duties}) == 1
        assert {duty.starts_at // WEEK_MINUTES for duty in duties} == {portion.week}


def test_weeks_can_begin_in_the_middle_so_that_a_seam_lies_inside() -> None:
    statement = stated(two_cities())
    weeks = Counter(portion.city for portion in portions(statement, WEEK_MINUTES // 2))
    assert set(weeks.values()) == {3}


@pytest.mark.parametrize("seed", range(40))
def test_a_portions_rows_cost_what_the_whole_costs(seed: int) -> None:
    statement = some_week(seed)
    net = network(statement)
    rng = np.random.default_rng(seed)
    size = len(statement.decisions)
    decided = np.array([d.taken for d in statement.decisions], np.int64)
    before, mine = rng.random(size) < 0.2, rng.random(size) < 0.4
    after = np.where(mine, rng.random(size) < 0.3, before)
    there, then = (_settled(statement, taken) for taken in (before, after))
    free = np.zeros(len(net.first) - 1, bool)
    free[decided[mine]] = True
    free = dependents(net, free)
    part = restricted(net, free, there.values)
    assert cost(part, np.where(free, then.values, 0)).tolist() == then.cost.tolist()
    positions = np.flatnonzero(mine)
    chain = Annealing(
        statement.only(positions.tolist(), lambda x: bool(free[x])),
        part,
        1,
        1,
        np.where(free, 0, there.values),
    )
    found = chain.settled(after[positions])
    assert found.cost.tolist() == then.cost.tolist()
    assert found.values.tolist() == then.values.tolist()


def _settled(statement: Statement, taken: np.ndarray) -> Found:
    return Annealing(statement, network(statement), 1, 1).settled(taken)


def test_sweeps_tell_of_better_rosters_alone() -> None:
    statement = stated(two_cities())
    start = _settled(statement, np.zeros(len(statement.decisions), np.int8))
    told: list[Found] = []
    left = iter([0.6, 0.6, 0.0])
    for _ in Sweeps(statement, network(statement), 2, 1).over(
        start, lambda: next(left), told.append
    ):
        pass
    costs = [tuple(found.cost) for found in told]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == len(costs)
    assert costs[-1][:2] == (0, 0), "there is somebody for every duty"


def test_a_large_roster_is_lawful_and_measured_by_the_checkers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "LARGE", 10)
    monkeypatch.setattr(search, "SMALL", 5)
    problem = two_cities()
    outcome = draft(problem, Budget(seconds=3.0))
    assert isinstance(outcome, Drafted)
    verdict = judge(problem, outcome.roster)
    assert verdict.lawful
    assert [(x.level, x.objective) for x in outcome.levels] == [*verdict.score.levels]
    assert outcome.levels[0].proven
