"""Why a week is impossible, and why a need falls short: every claim is solved again here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.explanation import Explanation, Gap, Verdict
from scheduler.outcome import Drafted, Infeasible
from scheduler.planner import Budget, draft, explain
from scheduler.problem import RosterProblem
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_need, a_problem, a_unit, in_force

SOME = Budget(seconds=None, effort=0.5)
TIME = Budget(seconds=20.0)
LANGUAGES = ("en", "nl", "fr", "de")
ONCE = in_force("one-place-at-a-time")
FIRM = in_force("firm-minimum")
MISSED = PreferenceInForce("minimum-missed", 1)

pytestmark = pytest.mark.slow


def two_at_once() -> RosterProblem:
    """One unit, and two duties at the same time that must each have one."""
    firm = a_need(minimum=1, target=1, firm=True)
    duties = [a_duty("one", needs=(firm,)), a_duty("two", needs=(firm,))]
    return a_problem([a_unit()], duties, [ONCE, FIRM])


def why_infeasible(problem: RosterProblem) -> Explanation:
    outcome = draft(problem, SOME)
    assert isinstance(outcome, Infeasible)
    return explain(problem, outcome, TIME)


def test_the_clash_names_the_rules_and_lifting_any_of_them_makes_the_week_possible() -> None:
    problem = two_at_once()
    conflict = why_infeasible(problem).conflict
    assert conflict is not None
    assert {family.code for family in conflict.families} == {ONCE.code, FIRM.code}
    for family in conflict.families:
        left = tuple(rule for rule in problem.rules if rule.code != family.code)
        assert isinstance(draft(replace(problem, rules=left), SOME), Drafted)


def test_rules_that_have_no_part_in_a_clash_are_not_named() -> None:
    bystander = in_force("hours-in-rolling-week", maximum_minutes=50 * 60)
    problem = two_at_once()
    problem = replace(problem, rules=(*problem.rules, bystander))
    conflict = why_infeasible(problem).conflict
    assert conflict is not None
    assert bystander.code not in {family.code for family in conflict.families}


def test_an_impossible_week_is_told_in_four_languages() -> None:
    explanation = why_infeasible(two_at_once())
    assert explanation.verdict is Verdict.IMPOSSIBLE
    assert explanation.conflict is not None
    for cause in explanation.conflict.causes:
        assert len({cause.told.sentence(language) for language in LANGUAGES}) >= 3


def test_a_need_that_nobody_can_meet_says_why_nobody_is_there() -> None:
    asked = a_need(minimum=1, target=1, qualification="dog-handler")
    problem = a_problem(
        [a_unit()],
        [a_duty("hounds", needs=(asked,))],
        [in_force("need-maximum")],
    )
    problem = replace(problem, preferences=(MISSED,))
    outcome = draft(problem, SOME)
    assert isinstance(outcome, Drafted)
    explanation = explain(problem, Gap(outcome.roster, "hounds", asked.id), TIME)
    assert explanation.roster is None
    assert explanation.reasons or explanation.conflict
    assert len({explanation.told.sentence(language) for language in LANGUAGES}) == 4
