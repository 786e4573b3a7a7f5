"""Who could take a duty: ranked by effect, lawful first, each refusal with its sentence."""

from __future__ import annotations

import sys
from itertools import combinations, count
from random import Random

import pytest

from scheduler.candidates import Candidate, candidates, pairs
from scheduler.catalogue import preference_classes
from scheduler.check import judge, score
from scheduler.duties import Count, Duty
from scheduler.forces import Force
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, PreferenceScore, Roster
from scheduler.rule import PreferenceInForce
from scheduler.sheet import Sheet
from tests.builders import (
    LEAD,
    a_duty,
    a_member,
    a_need,
    a_problem,
    a_unit,
    at,
    brussels,
    in_force,
    soldiers,
    taken,
)
from tests.scheduler.micro_weeks import micro_week, random_roster
from tests.scheduler.parameters import some_parameters
from tests.scheduler.wide_weeks import WISHES, wide_week

JOINT = (
    a_need(Force.POLICE, minimum=1, target=1, maximum=2),
    a_need(Force.MILITARY, counts=Count.PERSONS, target=3, maximum=4),
)
PATROL_OF_THREE = in_force("patrol-size", minimum_persons=3, maximum_persons=8)
LED = in_force("police-lead", qualification=LEAD, reach_minutes=0)


def found(problem: RosterProblem, *roster: tuple[str, str]) -> tuple[Candidate, ...]:
    """The candidates for the problem's first duty."""
    return candidates(problem, Sheet(problem, taken(problem, *roster)), problem.duties[0])


def names(ranked: tuple[Candidate, ...]) -> list[str]:
    return ["+".join(unit.id for unit in candidate.units) for candidate in ranked]


def sentences(candidate: Candidate) -> list[str]:
    return [violation.sentence("en") for violation in candidate.broken]


def test_every_unit_that_is_not_on_the_duty_is_offered_once() -> None:
    problem = a_problem([a_unit("p2"), a_unit("p1"), a_unit("p3")], [a_duty()])
    assert names(found(problem, ("p3", "duty"))) == ["p1", "p2"]


def test_the_lawful_come_first_then_whoever_serves_the_earlier_level_best() -> None:
    wishes = PreferenceInForce("target-missed", 1), PreferenceInForce("familiar-area", 2)
    crews = [
        a_unit("p1", persons=1, familiar=("peterbos",)),
        a_unit("p2", familiar=("matonge",)),
        a_unit("p3", familiar=("peterbos",)),
        a_unit("p4", areas=("matonge",), familiar=("peterbos",)),
        a_unit("p0", persons=1, familiar=("peterbos",)),
    ]
    duty = a_duty(needs=(a_need(counts=Count.PERSONS, target=2),))
    problem = a_problem(crews, [duty], [in_force("lent-area")], preferences=wishes)
    ranked = found(problem)
    assert names(ranked) == ["p3", "p2", "p0", "p1", "p4"]
    assert [candidate.costs for candidate in ranked] == [
        (-2, 0),
        (-2, 1),
        (-1, 0),
        (-1, 0),
        (-2, 0),
    ]
    assert [candidate.lawful for candidate in ranked] == [True] * 4 + [False]


def test_who_may_not_come_is_told_why() -> None:
    rest = in_force(
        "minimum-rest",
        rest_minutes=660,
        consent_rest_minutes=600,
        consent_ends_from_minute=0,
        consent_ends_until_minute=0,
        overrun_rest_minutes=480,
    )
    duties = a_duty(), a_duty("late", "Mon 16:00", "Mon 22:00")
    problem = a_problem([a_unit("p1"), a_unit("p2")], duties, [rest])
    ranked = found(problem, ("p1", "late"))
    assert names(ranked) == ["p2", "p1"]
    [sentence] = sentences(ranked[1])
    assert sentence.startswith("p1 rests 2 h between the duty that ends Mon 30 Nov, 14:00")


def test_whom_an_eligibility_rule_refuses_hears_that_alone() -> None:
    away = a_member("m1", absences=(Span(at("Mon 06:00"), at("Mon 08:00")),))
    rules = [in_force("absence"), in_force("lent-area"), PATROL_OF_THREE]
    problem = a_problem([a_unit("p1", away, areas=("matonge",))], [a_duty()], rules)
    [candidate] = found(problem)
    assert [violation.rule for violation in candidate.broken] == ["absence", "lent-area"]


def test_what_was_broken_before_is_not_laid_at_the_candidates_door() -> None:
    units = [a_unit("p1", persons=1), a_unit("p2", persons=1), a_unit("p3")]
    problem = a_problem(units, [a_duty()], [PATROL_OF_THREE, LED])
    ranked = found(problem, ("p1", "duty"))
    assert names(ranked) == ["p2", "p3"], "two are fewer than three, but more than one"
    assert all(candidate.lawful for candidate in ranked)


def test_a_candidate_tells_how_much_of_an_open_need_it_fills() -> None:
    teams = [soldiers("s1", persons=2), soldiers("s2", persons=4), a_unit("p1"), a_unit("p2")]
    problem = a_problem(teams, [a_duty(needs=JOINT)])
    gains = {
        candidate.units[0].id: [(g.need.id, g.missing, g.filled) for g in candidate.closes]
        for candidate in found(problem, ("p1", "duty"))
    }
    assert gains == {"s1": [("military", 3, 2)], "s2": [("military", 3, 3)], "p2": []}


@pytest.mark.parametrize("seed", range(15))
def test_the_effect_is_the_difference_of_the_whole_scores(seed: int) -> None:
    rng = Random(seed)
    wishes = tuple(
        PreferenceInForce(code, rng.randint(1, 3), rng.randint(1, 4), some_parameters(rng, code))
        for code in preference_classes()
    )
    problem = micro_week(rng, preferences=wishes)
    sheet = Sheet(problem, random_roster(rng, problem))
    before, duty = score(problem, sheet).parts, rng.choice(problem.duties)
    for candidate in candidates(problem, sheet, duty):
        roster = sheet.roster.with_(Assignment(candidate.units[0].id, duty.id))
        after = score(problem, Sheet(problem, roster)).parts
        assert candidate.effect.parts == tuple(map(_less, after, before))


def _less(after: PreferenceScore, before: PreferenceScore) -> PreferenceScore:
    value = after.value - before.value
    return PreferenceScore(after.code, after.level, after.weight, value)


def test_the_best_candidate_taken_again_and_again_leaves_a_lawful_week() -> None:
    rules = [
        PATROL_OF_THREE,
        LED,
        in_force("one-place-at-a-time"),
        in_force("need-maximum"),
        in_force("force-ratio", soldiers_per_officer=2),
        in_force("hours-in-24h", maximum_minutes=720),
        in_force("hours-in-rolling-week", maximum_minutes=3000),
    ]
    problem = brussels(*rules, days=3, preferences=WISHES)
    sheet = Sheet(problem, Roster())
    for duty in (*problem.duties, *problem.duties):
        offers = *candidates(problem, sheet, duty), *pairs(problem, sheet, duty)
        best = next((candidate for candidate in offers if candidate.lawful), None)
        for unit in best.units if best else ():
            sheet = sheet.with_(Assignment(unit.id, duty.id))
    assert len(sheet.placed) > len(problem.duties) / 2
    assert judge(problem, sheet.roster).lawful


def _whole_patrols(problem: RosterProblem, duty: Duty) -> list[tuple[tuple[int, ...], set[str]]]:
    """Every lawful pair on an empty roster of which neither is lawful alone, by its effect."""
    alone = {u.id for u in problem.units if judge(problem, _on(duty, u.id)).lawful}
    return sorted(
        (tuple(cost for _, cost in judged.score.levels), {one.id, other.id})
        for one, other in combinations(problem.units, 2)
        if alone.isdisjoint((one.id, other.id))
        and (judged := judge(problem, _on(duty, one.id, other.id))).lawful
    )


def _on(duty: Duty, *units: str) -> Roster:
    return Roster.of(Assignment(unit, duty.id) for unit in units)


@pytest.mark.parametrize("seed", range(6))
def test_the_pairs_are_the_best_of_all_that_make_a_whole_patrol(seed: int) -> None:
    rng = Random(seed)
    crews = [
        (a_unit if rng.random() < 0.5 else soldiers)(
            f"u{number}",
            persons=rng.choice((1, 2)),
            holds=rng.choice(((LEAD,), (), ())),
            languages=rng.choice((("nl",), ("fr",), ("nl", "fr"))),
            familiar=rng.choice((("peterbos",), ("matonge",))),
        )
        for number in range(14)
    ]
    rules = [LED, PATROL_OF_THREE, in_force("language-pair", languages=("nl", "fr"))]
    duty = a_duty(needs=JOINT, night=True)
    problem = a_problem(crews, [duty], rules, preferences=WISHES)
    whole = _whole_patrols(problem, duty)
    offered = pairs(problem, Sheet(problem, Roster()), duty, most=5)
    nothing = tuple(cost for _, cost in judge(problem, Roster()).score.levels)
    totals = [tuple(map(sum, zip(nothing, pair.costs, strict=True))) for pair in offered]
    assert totals == [costs for costs, _ in whole[:5]]
    assert all({unit.id for unit in pair.units} in [pair for _, pair in whole] for pair in offered)


def test_no_pair_is_offered_for_what_one_unit_may_do_alone() -> None:
    problem = a_problem([a_unit("p1"), a_unit("p2"), soldiers("s1")], [a_duty(needs=JOINT)])
    assert not pairs(problem, Sheet(problem, Roster()), problem.duties[0])


def test_police_stand_before_soldiers_in_a_pair() -> None:
    crews = [soldiers("a", persons=2), a_unit("b", holds=(LEAD,))]
    problem = a_problem(crews, [a_duty()], [LED, PATROL_OF_THREE])
    assert names(pairs(problem, Sheet(problem, Roster()), problem.duties[0])) == ["b+a"]


@pytest.mark.parametrize(
    ("units", "areas"), [(240, 32), pytest.param(1000, 100, marks=pytest.mark.slow)]
)
def test_a_unit_is_weighed_with_as_little_work_in_a_large_week_as_in_a_small_one(
    units: int, areas: int
) -> None:
    """So candidates are there while one waits; benchmarks/answers.py measures the seconds."""
    assert work_on_a_duty(units, areas) / units < work_on_a_duty(60, 8) / 60


def work_on_a_duty(units: int, areas: int) -> int:
    """Calls made to weigh every unit for an empty duty of a week whose sheet is in use already."""
    problem, roster = wide_week(units, areas)
    sheet = Sheet(problem, roster)
    empty = next(duty for duty in problem.duties if not sheet.on(duty))
    assert len(candidates(problem, sheet, empty)) == units
    assert pairs(problem, sheet, empty)
    calls = count()
    before = sys.getprofile()
    sys.setprofile(lambda _, event, __: next(calls) if event == "call" else None)
    try:
        candidates(problem, sheet, empty)
    finally:
        sys.setprofile(before)
    return next(calls)
