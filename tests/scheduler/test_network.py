"""The third reader: what is lawful and what it costs in flat rows is what the checkers say."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
import pytest

from scheduler.annealing.anneal import Annealing
from scheduler.catalogue import preference_classes, rule_classes
from scheduler.check import judge
from scheduler.cities import cities
from scheduler.model.aggregate import totals_of
from scheduler.model.bound import LinearRelaxation, bound_of_parts
from scheduler.model.build import roster_of
from scheduler.network import cost, network, totals
from scheduler.rule import PreferenceInForce, RuleInForce
from scheduler.statement import Statement, stated
from tests.builders import brussels, in_force
from tests.scheduler.micro_weeks import micro_week
from tests.scheduler.parameters import some_parameters

ONE_PLACE = "one-place-at-a-time"
WISHES = (PreferenceInForce("minimum-missed", 1), PreferenceInForce("target-missed", 2))


def some_week(seed: int) -> Statement:
    """A micro-week under one-place-at-a-time and a few other rules and wishes."""
    rng = Random(seed)
    others = rng.sample(sorted(set(rule_classes()) - {ONE_PLACE}), 4)
    rules = [RuleInForce(ONE_PLACE)]
    rules += [RuleInForce(code, some_parameters(rng, code)) for code in others]
    wishes = [
        PreferenceInForce(code, rng.randint(1, 3), rng.randint(1, 3), some_parameters(rng, code))
        for code in rng.sample(sorted(preference_classes()), 4)
    ]
    return stated(micro_week(rng, tuple(rules), tuple(wishes)))


@pytest.mark.slow
def test_rows_and_checkers_agree_on_law_and_costs_of_every_roster() -> None:
    verdicts: Counter[bool] = Counter()
    for seed in range(120):
        statement = some_week(seed)
        annealing = Annealing(statement, network(statement), cores=1, seed=1)
        for density in (0.0, 0.1, 0.3):
            taken = np.random.default_rng(seed).random(len(statement.decisions)) < density
            found = annealing.settled(taken)
            verdict = judge(statement.problem, roster_of(statement, taken))
            assert found.lawful == verdict.lawful, (seed, verdict.violations)
            verdicts[verdict.lawful] += 1
            if verdict.lawful:
                levels = dict(verdict.score.levels)
                assert [levels[x] for x in sorted(levels)] == found.cost[1:].tolist(), seed
    assert min(verdicts.values()) >= 60, verdicts


@pytest.mark.slow
def test_flips_and_plain_sums_give_the_same_cost() -> None:
    for seed in range(60):
        statement = some_week(seed)
        net = network(statement)
        annealing = Annealing(statement, net, cores=1, seed=1)
        for density in (0.5, 0.2, 0.7):  # from one roster to the next, not from nothing
            taken = np.random.default_rng(seed).random(len(statement.decisions)) < density
            found = annealing.settled(taken)
            values = found.values.astype(np.int64)
            values[0] = 1
            assert cost(net, values).tolist() == found.cost.tolist(), seed


@pytest.mark.slow
def test_annealing_by_moves_repeats_and_ends_lawful() -> None:
    problem = brussels(
        in_force("one-place-at-a-time"), in_force("need-maximum"), preferences=WISHES
    )
    statement = stated(problem)
    found = [
        Annealing(statement, network(statement), cores=2, seed=7).run(None, None, effort=0.2)
        for _ in range(2)
    ]
    assert found[0].lawful
    assert found[0].values.tolist() == found[1].values.tolist()


def test_cities_share_no_unit_and_no_duty() -> None:
    statement = stated(brussels(in_force("need-maximum"), preferences=WISHES))
    parts = cities(statement)
    assert sorted(k for part in parts for k in part) == list(range(len(statement.decisions)))
    for name in ("unit", "duty"):
        those = [{getattr(statement.decisions[k], name).id for k in part} for part in parts]
        assert sum(map(len, those)) == len(set().union(*those))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_bounds_of_parts_and_with_whole_crews_never_pass_the_optimum(seed: int) -> None:
    rng = Random(seed)
    rules = (RuleInForce("one-place-at-a-time"), RuleInForce("need-maximum"))
    statement = stated(micro_week(rng, rules, WISHES))
    net = network(statement)
    decided = np.array([d.taken for d in statement.decisions])
    duties = {duty.id: k for k, duty in enumerate(statement.problem.duties)}
    duty = np.array([duties[d.duty.id] for d in statement.decisions])
    annealing = Annealing(statement, net, cores=1, seed=1)
    best = annealing.run(None, None, effort=0.2)
    relaxation = LinearRelaxation(net)
    relaxation.mix_crews(decided, duty, 1)
    whole = relaxation.solve(1, 10)
    plain = LinearRelaxation(net).solve(1, 10)
    assert whole is not None
    assert plain is not None
    assert plain <= whole <= best.cost[1]
    apart = bound_of_parts(net, decided, duty, cities(statement), 1, 10)
    assert apart is None or apart <= best.cost[1]


@pytest.mark.slow
def test_the_totals_of_needs_hold_in_every_lawful_roster() -> None:
    seen = 0
    for seed in range(40):
        rng = Random(seed)
        succession = RuleInForce("forbidden-successions", {"successions": ("late>early",)})
        wishes = (PreferenceInForce("under-cover", 1), PreferenceInForce("over-cover", 1))
        statement = stated(micro_week(rng, (RuleInForce(ONE_PLACE), succession), wishes))
        net = network(statement)
        found = Annealing(statement, net, cores=1, seed=1).run(None, None, effort=0.02)
        sums, values = totals(net, found.values.astype(np.int64)), found.values
        assert found.lawful
        for total in totals_of(net):
            too_few = sum(max(0, int(sums[row] - net.bound[row])) for row in total.under)
            too_many = sum(max(0, int(sums[row] - net.bound[row])) for row in total.over)
            at_work = sum(int(values[literal]) for literal in total.at_work)
            assert at_work + too_few - too_many == total.asked, seed
            seen += 1
    assert seen
