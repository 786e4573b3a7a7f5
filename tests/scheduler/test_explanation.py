"""Impossible weeks and gaps: what clashes, what would mend it, and that every claim holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from scheduler.check import judge
from scheduler.duties import Duty, Need
from scheduler.explanation import Conflict, Explanation, Gap, Grain, Verdict
from scheduler.moments import Span
from scheduler.outcome import Infeasible
from scheduler.planner import Budget, explain
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment
from scheduler.rule import RuleInForce
from scheduler.wording import LANGUAGES
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, at
from tests.scheduler.claims import NO_ROSTER, PATIENT, mistaken
from tests.scheduler.tight_weeks import tight_week


def by_coordinator(code: str, **parameters: Any) -> RuleInForce:
    return RuleInForce(code, parameters, framework="law", relaxable_by=("coordinator",))


REST = by_coordinator(
    "minimum-rest",
    rest_minutes=660,
    consent_rest_minutes=660,
    consent_ends_from_minute=0,
    consent_ends_until_minute=0,
    overrun_rest_minutes=660,
)
FIRM = by_coordinator("firm-minimum")
LENT = by_coordinator("lent-area")
ONE_PLACE, ABSENCE = (RuleInForce(c, framework="law") for c in ("one-place-at-a-time", "absence"))
RULES = (ONE_PLACE, ABSENCE, REST, FIRM, LENT)
NIGHT, MORNING = ("Mon 22:00", "Tue 06:00"), ("Tue 06:00", "Tue 14:00")


def firm(minimum: int = 1, **more: Any) -> Need:
    return a_need(minimum=minimum, target=minimum, firm=True, **more)


def night_and_morning(*units: Any, rules: Iterable[RuleInForce] = RULES) -> RosterProblem:
    """Two posts that nobody can take one after the other."""
    duties = (
        a_duty("night", *NIGHT, needs=(firm(),), night=True),
        a_duty("morning", *MORNING, needs=(firm(),)),
    )
    return a_problem(units, duties, rules)


def asked(problem: RosterProblem, question: Infeasible | Gap = NO_ROSTER) -> Explanation:
    return explain(problem, question, PATIENT)


def families(conflict: Conflict | None) -> set[str]:
    return {cause.family.code for cause in conflict.causes} if conflict else set()


def test_a_skill_that_nobody_has_is_the_whole_conflict() -> None:
    duty = a_duty(needs=(firm(qualification="diver"),))
    found = asked(a_problem((a_unit("p1"), a_unit("p2")), (duty,), RULES))
    assert found.verdict is Verdict.IMPOSSIBLE
    assert found.conflict is not None
    assert found.conflict.minimal
    assert found.conflict.grain is Grain.SUBJECTS
    (cause,) = found.conflict.causes
    assert cause.told.sentence("en") == "Firm minimums: peterbos, Mon 30 Nov, 06:00"
    (remedy,) = found.remedies
    granting, bearing = remedy.sentences("en")
    assert granting == (
        "Relaxation of “Firm minimums” for peterbos, Mon 30 Nov, 06:00, "
        "to be granted by the coordinator."
    )
    assert bearing == (
        "peterbos, Mon 30 Nov, 06:00: no police team with “diver”; at least 1 must be there."
    )


def test_hours_that_are_due_where_there_is_no_duty_at_all_are_to_blame() -> None:
    due = by_coordinator("minutes-in-horizon", minimum_minutes=60, maximum_minutes=600)
    found = asked(a_problem((a_unit("p1"), a_unit("p2")), (), (*RULES, due)))
    assert families(found.conflict) == {"minutes-in-horizon"}
    assert found.conflict is not None
    assert found.conflict.minimal
    assert [len(remedy.steps) for remedy in found.remedies] == [2]


def test_night_then_morning_clash_over_rest_and_each_rule_that_may_give_way_is_a_remedy() -> None:
    found = asked(night_and_morning(a_unit("p1")))
    assert found.conflict is not None
    assert found.conflict.minimal
    assert families(found.conflict) == {"minimum-rest", "firm-minimum"}
    rest = next(c for c in found.conflict.causes if c.family.code == "minimum-rest")
    assert rest.told.sentence("en") == "Daily rest: p1 · Tue 1 Dec"
    assert rest.otherwise is not None
    assert rest.otherwise.sentence("en").startswith("p1 rests 0 min between the duty that ends")
    relaxed = [
        [step.relaxation.rule for step in remedy.steps if step.relaxation]
        for remedy in found.remedies
    ]
    assert sorted(relaxed) == [["firm-minimum"], ["minimum-rest"]]
    assert all(remedy.cheapest for remedy in found.remedies)


def test_what_nobody_may_relax_is_in_the_conflict_but_never_in_a_remedy() -> None:
    rules = (*(replace(rule, relaxable_by=()) for rule in (REST, FIRM)), ONE_PLACE)
    found = asked(night_and_morning(a_unit("p1"), rules=rules))
    assert families(found.conflict) == {"minimum-rest", "firm-minimum"}
    assert found.remedies == ()


def test_more_posts_at_once_than_teams_clash_with_nobody_being_in_two_places() -> None:
    duties = [a_duty(f"d{n}", area=f"a{n}", needs=(firm(),)) for n in range(4)]
    found = asked(a_problem([a_unit(f"p{n}") for n in range(3)], duties, RULES))
    assert families(found.conflict) == {"one-place-at-a-time", "firm-minimum"}
    (remedy,) = found.remedies
    assert len(remedy.steps) == 1
    assert remedy.cheapest


def test_who_is_refused_is_named_with_the_rule_that_refuses() -> None:
    away = a_unit("p1", a_member("m1", absences=(Span(0, 1440),)))
    elsewhere = a_unit("p2", areas=("bonnevie",))
    found = asked(a_problem((away, elsewhere), (a_duty(needs=(firm(),)),), RULES))
    assert found.conflict is not None
    assert found.conflict.minimal
    assert {c.family.code: [p.unit for p in c.parts] for c in found.conflict.causes} == {
        "lent-area": ["p2"],
        "firm-minimum": [None],
    }, "an absent member cannot count, whatever is relaxed"
    assert {s.relaxation.rule for r in found.remedies for s in r.steps if s.relaxation} == {
        "lent-area",
        "firm-minimum",
    }


def test_a_pin_that_breaks_a_rule_is_in_the_conflict_and_can_be_withdrawn() -> None:
    problem = a_problem((a_unit("p1", areas=("bonnevie",)),), (a_duty(),), (LENT,))
    found = asked(replace(problem, pinned=(Assignment("p1", "duty", pinned=True),)))
    assert families(found.conflict) == {"lent-area", "pins"}
    withdrawn = [s.pin.pair for r in found.remedies for s in r.steps if s.pin]
    assert withdrawn == [("p1", "duty")]


def called_while_refused(*more: Duty) -> RosterProblem:
    """What is frozen calls p1 to two places at once, where p1 may not go; p2 is called as well."""
    called = [a_duty(f"north-{n}", area="north") for n in (1, 2)]
    units = a_unit("p1", areas=("bonnevie",)), a_unit("p2")
    told = ("p1", "north-1"), ("p1", "north-2"), ("p2", "duty")
    return a_problem(
        units,
        (*called, a_duty(), *more),
        (*RULES, by_coordinator("freeze-before-duty", freeze_minutes=0)),
        frozen_until=at("Mon 07:00"),
        reference=tuple(Assignment(*pair) for pair in told),
    )


def test_nobody_is_called_where_a_rule_refuses_them() -> None:
    found = asked(called_while_refused())
    assert found.verdict is Verdict.POSSIBLE
    assert found.roster is not None
    assert found.roster.pairs == {("p2", "duty")}


def test_a_rule_without_which_others_would_call_for_more_is_not_claimed_to_be_needed() -> None:
    late = a_duty("late", "Mon 08:00", "Mon 16:00", needs=(firm(),))
    problem = called_while_refused(late)
    told: list[Explanation] = []
    finest = explain(problem, NO_ROSTER, PATIENT, told.append).conflict
    coarse = next(e.conflict for e in told if e.conflict)
    four = {"firm-minimum", "freeze-before-duty", "one-place-at-a-time", "lent-area"}
    assert families(coarse) == four
    assert not coarse.minimal, "were p1 not refused, two duties at once would call for p1"
    assert finest is not None
    assert finest.minimal, "of one unit and duty after the other it is true"


def test_a_problem_that_has_a_roster_is_told_so_with_one() -> None:
    problem = night_and_morning(a_unit("p1"), a_unit("p2"))
    found = asked(problem)
    assert found.verdict is Verdict.POSSIBLE
    assert found.roster is not None
    assert judge(problem, found.roster).lawful
    assert found.conflict is None


def test_without_time_nothing_is_claimed() -> None:
    found = explain(night_and_morning(a_unit("p1")), NO_ROSTER, Budget(seconds=0.0))
    assert (found.verdict, found.conflict, found.remedies) == (Verdict.UNKNOWN, None, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_said_in_the_language_asked_for(language: str) -> None:
    found = asked(night_and_morning(a_unit("p1")))
    assert found.conflict is not None
    said = [found.told, found.conflict.label, *(cause.told for cause in found.conflict.causes)]
    sentences = [message.sentence(language) for message in said]
    sentences += [line for remedy in found.remedies for line in remedy.sentences(language)]
    english = [message.sentence("en") for message in said]
    assert all("{" not in sentence for sentence in sentences)
    assert (sentences[: len(english)] == english) == (language == "en")


@pytest.mark.parametrize("number", range(12))
def test_on_random_weeks_every_claim_holds(number: int) -> None:
    assert [*mistaken(tight_week(number))] == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(12, 300))
def test_on_many_random_weeks_every_claim_holds(number: int) -> None:
    assert [*mistaken(tight_week(number))] == []
