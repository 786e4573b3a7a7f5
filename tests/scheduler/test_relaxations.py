"""A relaxation lifts a rule in one place, for the model and for the checkers, and nowhere else."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from scheduler.candidates import candidates
from scheduler.catalogue import rule
from scheduler.check import judge
from scheduler.errors import InvalidProblem
from scheduler.forces import Force
from scheduler.formats import parse_problem, problem_json
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation
from scheduler.roster import Roster
from scheduler.rule import RuleInForce
from scheduler.sheet import Sheet
from tests.builders import a_duty, a_member, a_problem, a_unit, soldiers, taken
from tests.scheduler.drawn import (
    MANY,
    ONE_PLACE,
    Drawn,
    cases,
    each_rule,
    one_move_from_lawful,
    tried,
)
from tests.scheduler.micro_relaxations import COORDINATOR, some_relaxations
from tests.scheduler.micro_weeks import random_roster, week_of
from tests.scheduler.parameters import some_parameters, some_scope
from tests.scheduler.posed import model_allows

REST = RuleInForce(
    "minimum-rest",
    {
        "rest_minutes": 660,
        "consent_rest_minutes": 600,
        "consent_ends_from_minute": 1200,
        "consent_ends_until_minute": 1380,
        "overrun_rest_minutes": 480,
    },
    framework="rppol",
    relaxable_by=COORDINATOR,
)
LEAVE = RuleInForce("absence", framework="basics", relaxable_by=COORDINATOR)


def granted(code: str = "minimum-rest", by: str = "coordinator", **place: Any) -> Relaxation:
    return Relaxation(code, by, "flood in the valley", **place)


def _two_shifts(*relaxations: Relaxation) -> RosterProblem:
    """Two units that might go out again eight hours after they came home."""
    duties = (a_duty("late", "Mon 14:00", "Mon 22:00"), a_duty("early", "Tue 06:00", "Tue 14:00"))
    return a_problem((a_unit("p1"), a_unit("p2")), duties, (REST, LEAVE), relaxations=relaxations)


def _both(problem: RosterProblem) -> Roster:
    return taken(problem, ("p1", "late"), ("p1", "early"), ("p2", "late"), ("p2", "early"))


def test_what_is_relaxed_is_still_reported_and_excused_by_whom() -> None:
    problem = _two_shifts(granted(units=("p1",), during=Span(0, 1440)))
    verdict = judge(problem, _both(problem))
    assert [(v.unit, v.excused is None) for v in verdict.violations] == [
        ("p2", True),
        ("p1", False),
    ]
    assert [v.unit for v in verdict.unexcused] == ["p2"]
    assert not verdict.lawful
    excused = verdict.violations[1]
    assert excused.sentence("en").startswith("p1 rests 8 h between")
    assert excused.excuse("en") == "Relaxation granted by coordinator: flood in the valley"
    assert excused.excuse("fr") == "Dispense accordée par coordinateur : flood in the valley"
    assert verdict.unexcused[0].excuse("en") == ""


def test_with_every_breach_excused_a_roster_is_lawful_and_the_model_has_it() -> None:
    for place in ({"units": ("p1", "p2")}, {"duties": ("late",)}, {"during": Span(0, 1440)}):
        problem = _two_shifts(granted(**place))
        assert judge(problem, _both(problem)).lawful
        assert model_allows(problem, _both(problem))


def test_the_relaxation_that_names_the_place_best_is_the_excuse() -> None:
    anybody = granted(during=Span(0, 1440))
    somebody = granted(units=("p2",), duties=("late", "early"))
    problem = _two_shifts(anybody, somebody)
    excuses = {v.unit: v.excused for v in judge(problem, _both(problem)).violations}
    assert excuses == {"p1": anybody, "p2": somebody}


def test_who_is_relaxed_from_leave_is_a_candidate_again() -> None:
    away = a_unit("p1", a_member("m1", absences=(Span(0, 1440),)))
    duty = a_duty()
    refused = a_problem((away, a_unit("p2")), (duty,), (LEAVE,))
    recalled = replace(refused, relaxations=(granted("absence", units=("p1",), duties=("duty",)),))
    lawful = [
        {c.units[0].id: c.lawful for c in candidates(p, Sheet(p, Roster()), duty)}
        for p in (refused, recalled)
    ]
    assert lawful == [{"p1": False, "p2": True}, {"p1": True, "p2": True}]


def test_a_relaxation_of_one_framework_leaves_the_others_in_force() -> None:
    other = replace(REST, framework="army", relaxable_by=COORDINATOR)
    problem = _two_shifts(granted(framework="rppol", units=("p1", "p2")))
    both = replace(problem, rules=(REST, other))
    verdict = judge(both, _both(both))
    assert [v.excused is None for v in verdict.violations] == [False, False, True, True]


def test_a_relaxation_is_read_back_as_it_was_written() -> None:
    problem = _two_shifts(granted(units=("p1",), areas=("peterbos",), during=Span(0, 1440)))
    assert parse_problem(problem_json(problem)) == problem


@pytest.mark.parametrize(
    ("relaxation", "fault"),
    [
        (granted("minimum-sleep", units=("p1",)), "no such rule is in force"),
        (granted(framework="army", units=("p1",)), "no such rule is in force"),
        (granted(units=("p9",)), "unknown unit p9"),
        (granted(duties=("d9",)), "unknown duty d9"),
        (granted(areas=("a9",)), "unknown area a9"),
        (granted(), "name a unit, a duty, an area or a time"),
        (granted(during=Span(60, 60)), "ends no later than it starts"),
        (
            granted(by="mayor", units=("p1",)),
            "the rule of rppol may be relaxed by coordinator alone",
        ),
        (Relaxation("minimum-rest", "coordinator", " ", units=("p1",)), "has no reason"),
    ],
)
def test_a_relaxation_that_cannot_be_meant_is_refused(relaxation: Relaxation, fault: str) -> None:
    with pytest.raises(InvalidProblem) as refused:
        _two_shifts(relaxation)
    where = f"relaxation of {relaxation.rule} by {relaxation.granted_by}"
    assert refused.value.faults == (f"{where}: {fault}",)


def test_the_same_relaxation_twice_is_refused() -> None:
    twice = (granted(units=("p1",)),) * 2
    with pytest.raises(InvalidProblem, match="stands 2 times: keep one"):
        _two_shifts(*twice)


def test_who_may_relax_counts_only_for_rules_on_those_named() -> None:
    army = replace(REST, framework="army", relaxable_by=("defence-liaison",))
    rules = tuple(
        replace(r, scope=replace(r.scope, forces=(force,)))
        for r, force in ((REST, Force.POLICE), (army, Force.MILITARY))
    )
    units = (a_unit("p1"), soldiers("s1"))
    a_problem(units, (a_duty(),), rules, relaxations=(granted(units=("p1",)),))
    with pytest.raises(InvalidProblem, match="the rule of army may be relaxed by defence-liaison"):
        a_problem(units, (a_duty(),), rules, relaxations=(granted(during=Span(0, 60)),))


@cases
@each_rule
def test_model_and_checker_agree_on_what_is_relaxed(code: str, cases: int) -> None:
    seen: Counter[str] = Counter()

    def case(drawn: Drawn) -> None:
        rng = Random(drawn.number)
        one = RuleInForce(
            code, some_parameters(rng, code), some_scope(rng), relaxable_by=COORDINATOR
        )
        others = (ONE_PLACE,) * (drawn.one_place and code != ONE_PLACE.code)
        strict = week_of(drawn.seeds, (one, *others))
        problem = replace(strict, relaxations=some_relaxations(rng, strict, code))
        roster = random_roster(rng, problem)
        if drawn.near_lawful:
            roster = one_move_from_lawful(rng, problem, strict)
        verdict = judge(problem, roster)
        assert model_allows(problem, roster) == verdict.lawful, roster
        whole = [v for v in judge(strict, roster).violations if v.rule == code]
        assert bool(whole) >= bool([v for v in verdict.unexcused if v.rule == code])
        seen["excused"] += any(v.excused for v in verdict.violations)
        seen["freed"] += bool(whole) and verdict.lawful

    tried(code, cases, case)
    if cases == MANY:
        assert seen["freed"] > MANY / 50, seen


def test_a_rule_without_relaxations_is_the_same_rule() -> None:
    assert rule(REST).scope is REST.scope
