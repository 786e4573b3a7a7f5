from dataclasses import replace
from random import Random

import pytest

from scheduler import planner
from scheduler.check import Judgement, judge
from scheduler.errors import ModelDisagrees
from scheduler.forces import Force
from scheduler.model.bound import LinearRelaxation
from scheduler.network import network
from scheduler.outcome import Drafted, Incumbent, Infeasible, Outcome, OutOfTime
from scheduler.planner import Budget, draft
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment
from scheduler.rule import PreferenceInForce
from scheduler.statement import stated
from tests.builders import LEAD, a_duty, a_need, a_problem, a_unit, brussels, in_force
from tests.scheduler.micro_weeks import micro_week

REST = in_force(
    "minimum-rest",
    rest_minutes=660,
    consent_rest_minutes=600,
    consent_ends_from_minute=1200,
    consent_ends_until_minute=1380,
    overrun_rest_minutes=480,
)
RULES = (
    REST,
    in_force("police-lead", qualification=LEAD, reach_minutes=0),
    in_force("one-place-at-a-time"),
    in_force("need-maximum"),
)
WISHES = (
    PreferenceInForce("minimum-missed", 1),
    PreferenceInForce("target-missed", 2),
    PreferenceInForce("fair-nights", 3),
)
SOME = Budget(seconds=None, effort=0.6)
pytestmark = pytest.mark.slow  # real solves; the quick tests solve through the command line


def drafted(problem: RosterProblem, budget: Budget = SOME) -> Drafted:
    outcome = draft(problem, budget)
    assert isinstance(outcome, Drafted), outcome
    return outcome


def test_a_small_week_is_drafted_lawful_with_its_first_levels_proven() -> None:
    problem = brussels(*RULES, preferences=WISHES)
    outcome = drafted(problem)
    assert judge(problem, outcome.roster).lawful
    assert [level.level for level in outcome.levels] == [1, 2, 3]
    assert outcome.levels[0].proven
    assert all(a.role is not None for a in outcome.roster.assignments)


def test_every_level_carries_what_the_checkers_measure_and_a_bound_below_it() -> None:
    problem = brussels(*RULES, preferences=WISHES)
    outcome = drafted(problem)
    measured = judge(problem, outcome.roster).score.levels
    assert tuple((level.level, level.objective) for level in outcome.levels) == measured
    assert all(v.bound is not None and v.bound <= v.objective for v in outcome.levels)


def test_an_empty_week_is_an_empty_roster_proven_best() -> None:
    outcome = drafted(a_problem(preferences=WISHES))
    assert outcome.roster.assignments == ()
    assert all(level.proven and level.objective == 0 for level in outcome.levels)


def test_a_problem_without_preferences_still_gets_a_lawful_roster() -> None:
    problem = brussels(*RULES)
    assert judge(problem, drafted(problem).roster).lawful


def test_firm_needs_that_exclude_each_other_are_infeasible_and_no_exception() -> None:
    firm = a_need(minimum=1, target=1, firm=True)
    duties = [a_duty("one", needs=(firm,)), a_duty("two", needs=(firm,))]
    rules = [in_force("one-place-at-a-time"), in_force("firm-minimum")]
    assert isinstance(draft(a_problem([a_unit()], duties, rules), SOME), Infeasible)


def test_no_time_is_out_of_time_and_never_infeasible() -> None:
    outcome = draft(brussels(*RULES, preferences=WISHES), Budget(seconds=None, effort=1e-9))
    assert isinstance(outcome, OutOfTime)


def test_the_same_effort_seed_and_problem_give_the_same_roster() -> None:
    problem = brussels(*RULES, preferences=WISHES)
    assert drafted(problem).roster == drafted(problem).roster


def test_what_a_person_pinned_stays() -> None:
    problem = brussels(*RULES, preferences=WISHES)
    pin = Assignment("p3", "peterbos-Sun-night", pinned=True)
    outcome = drafted(replace(problem, pinned=(pin,)))
    assert [a.pinned for a in outcome.roster.assignments if a.pair == pin.pair] == [True]


def test_a_pin_that_a_rule_refuses_makes_the_week_infeasible() -> None:
    problem = brussels(in_force("need-maximum"), preferences=WISHES)
    crowd = tuple(Assignment(f"p{n}", "peterbos-Mon-early") for n in (1, 2, 3))
    assert isinstance(draft(replace(problem, pinned=crowd), SOME), Infeasible)


def test_news_on_the_way_only_gets_better_within_a_level() -> None:
    news: list[Incumbent] = []
    draft(brussels(*RULES, preferences=WISHES), SOME, news.append)
    assert news
    for level in (1, 2, 3):
        seen = [n.objective for n in news if n.level == level and n.objective is not None]
        assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("seed", range(12))
def test_a_linear_bound_is_never_above_the_optimum(seed: int) -> None:
    rules = (REST, in_force("patrol-size", minimum_persons=3, maximum_persons=6))
    problem = micro_week(Random(seed), rules, (PreferenceInForce("target-missed", 1),))
    outcome = drafted(problem)
    relaxed = LinearRelaxation(network(stated(problem))).solve(1, 10)
    assert outcome.levels[0].proven
    assert relaxed is not None
    assert relaxed <= outcome.levels[0].objective


def test_an_unlawful_roster_of_the_solver_is_told_as_our_bug_and_handed_to_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = brussels(*RULES, preferences=WISHES)
    honest = drafted(problem)
    crowd = honest.roster
    for unit in problem.units:
        if unit.force is Force.POLICE:
            crowd = crowd.with_(Assignment(unit.id, "peterbos-Mon-early"))

    def broken(*_: object) -> Outcome:
        return replace(honest, roster=crowd)

    monkeypatch.setattr(planner, "solve", broken)
    with pytest.raises(ModelDisagrees):
        draft(problem, SOME)


def test_a_verdict_says_what_is_broken_what_falls_short_and_the_score() -> None:
    problem = brussels(*RULES, preferences=WISHES)
    verdict: Judgement = judge(problem, drafted(a_problem()).roster)
    assert verdict.lawful
    assert len(verdict.shortfalls) == 2 * len(problem.duties)
    assert {part.code for part in verdict.score.parts} == {w.code for w in WISHES}
