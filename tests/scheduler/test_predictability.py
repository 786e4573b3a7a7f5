from dataclasses import replace
from fractions import Fraction

import pytest

from scheduler.duties import Duty
from scheduler.forces import DutyKind, Unit, Worked
from scheduler.predictability import in_all, predictability, predictability_change
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.wording import LANGUAGES, Name, Thing
from tests.builders import a_duty, a_problem, a_unit, a_week, soldiers, taken, worked

LAST_WEEKS = (-1, -2, -3, -4)
MONDAY = "Mon 06:00", "Mon 14:00"
MORNING, EVENING = a_duty("morning", *MONDAY), a_duty("evening", "Mon 14:00", "Mon 22:00")
UNITS = tuple(a_unit(f"p{n}") for n in range(1, 5))


def there(
    *weeks: int,
    when: tuple[str, str] = MONDAY,
    area: str = "peterbos",
    kind: DutyKind = DutyKind.PATROL,
) -> list[Worked]:
    return [worked(*when, week, area=area, kind=kind) for week in weeks]


def watched(
    *units: Unit, duties: tuple[Duty, ...] = (MORNING, EVENING), **past: list[Worked]
) -> RosterProblem:
    return a_problem(units or UNITS, duties, worked=past)


def right(problem: RosterProblem, *pairs: tuple[str, str]) -> Fraction:
    (score,) = predictability(problem, taken(problem, *pairs))
    return score.right


def test_a_unit_that_is_always_there_is_guessed_and_one_in_four_would_be_chance() -> None:
    problem = watched(p1=there(*LAST_WEEKS))
    (score,) = predictability(problem, taken(problem, ("p1", "morning")))
    assert (score.on_duty, score.right, score.by_chance) == (1, Fraction(1), Fraction(1, 4))
    assert (score.share, score.chance) == (1.0, 0.25)


def test_who_expects_the_unit_that_is_no_longer_there_is_misled() -> None:
    assert right(watched(p1=there(*LAST_WEEKS)), ("p2", "morning")) == 0


def test_without_a_past_nothing_but_chance_is_left() -> None:
    problem = watched()
    pairs = ("p1", "morning"), ("p2", "morning"), ("p3", "evening")
    (score,) = predictability(problem, taken(problem, *pairs))
    assert score.right == score.by_chance == Fraction(2 * 2, 4) + Fraction(1, 4)


def test_the_unit_seen_most_often_is_named_first_and_lots_decide_among_equals() -> None:
    problem = watched(p1=there(-1, -2, -3), p2=there(-1, -4), p3=there(-2, -3))
    assert right(problem, ("p1", "morning")) == 1
    assert right(problem, ("p2", "morning")) == 0
    assert right(problem, ("p1", "morning"), ("p2", "morning")) == 1 + Fraction(1, 2)
    assert right(problem, ("p2", "morning"), ("p3", "morning")) == 1
    assert right(problem, ("p1", "morning"), ("p4", "morning")) == 1


def test_keeping_the_hour_in_another_place_is_not_guessed() -> None:
    elsewhere = a_duty("elsewhere", *MONDAY, area="clemenceau")
    problem = watched(duties=(MORNING, elsewhere), p1=there(*LAST_WEEKS))
    peterbos, clemenceau = predictability(problem, taken(problem, ("p1", "elsewhere")))
    assert (peterbos.on_duty, peterbos.right) == (0, Fraction(0))
    assert clemenceau.right == clemenceau.by_chance == Fraction(1, 4)


@pytest.mark.parametrize(
    ("past", "seen"),
    [
        (there(-4), True),
        (there(-5), False),
        (there(-1, when=("Tue 06:00", "Tue 14:00")), False),
        (there(-1, when=("Mon 08:00", "Mon 14:00")), True),
        (there(-1, when=("Mon 08:01", "Mon 14:00")), False),
        (there(-1, when=("Mon 04:00", "Mon 08:00")), True),
        (there(-1, when=("Mon 03:59", "Mon 08:00")), False),
        (there(-1, area="clemenceau"), False),
        (there(-1, kind=DutyKind.STANDBY), False),
        (there(-1, kind=DutyKind.GUARD), True),
    ],
)
def test_seen_is_the_place_the_weekday_and_the_hour_of_the_past_four_weeks(
    past: list[Worked], seen: bool
) -> None:
    assert (right(watched(p1=past), ("p1", "morning")) == 1) is seen


def test_a_week_counts_once_however_often_a_unit_came() -> None:
    twice = [*there(-1), *there(-1, when=("Mon 07:00", "Mon 08:00"))]
    assert right(watched(p1=twice, p2=there(-1)), ("p1", "morning")) == Fraction(1, 2)


def test_the_hour_is_that_of_the_local_clock_across_a_clock_change() -> None:
    week = a_week("2026-10-26")
    duty = a_duty("morning", "Mon 06:00", "Mon 14:00", horizon=week)
    past = [worked("Mon 04:00", "Mon 08:00", -1, week, area="peterbos")]
    problem = a_problem(UNITS, [duty], worked={"p1": past}, horizon=week)
    assert right(problem, ("p1", "morning")) == 1


def test_only_those_who_may_serve_there_are_in_question() -> None:
    barred = replace(UNITS[3], areas=("clemenceau",))
    problem = watched(*UNITS[:3], barred)
    assert right(problem, ("p1", "morning")) == Fraction(1, 3)


def test_who_was_seen_there_is_in_question_even_where_it_may_no_longer_serve() -> None:
    barred = replace(UNITS[3], areas=("clemenceau",))
    problem = watched(*UNITS[:3], barred, p4=there(-1))
    (score,) = predictability(problem, taken(problem, ("p1", "morning")))
    assert (score.right, score.by_chance) == (Fraction(0), Fraction(1, 4))


def test_soldiers_and_police_are_told_apart_by_their_uniforms() -> None:
    problem = watched(*UNITS, soldiers("s1"), soldiers("s2"), s1=there(*LAST_WEEKS))
    assert right(problem, ("p1", "morning"), ("s1", "morning")) == 1 + Fraction(1, 4)
    assert right(problem, ("p1", "morning"), ("s2", "morning")) == Fraction(1, 4)


def test_two_patrols_at_one_hour_cannot_be_told_apart() -> None:
    problem = watched(
        duties=(MORNING, replace(MORNING, id="second", number=2)), p1=there(-1), p2=there(-1)
    )
    assert right(problem, ("p2", "morning"), ("p1", "second")) == 2


def test_standby_is_not_seen_on_the_street() -> None:
    standby = a_duty("standby", kind=DutyKind.STANDBY)
    problem = watched(duties=(standby,))
    assert predictability(problem, taken(problem, ("p1", "standby"))) == ()


def test_an_earlier_week_of_a_longer_roster_is_past_as_well() -> None:
    longer = a_week(days=14)
    duties = [a_duty(f"w{w}", *MONDAY, week=w, horizon=longer) for w in (0, 1)]
    problem = a_problem(UNITS, duties, horizon=longer)
    same, other = (right(problem, ("p1", "w0"), (unit, "w1")) for unit in ("p1", "p2"))
    assert (same, other) == (Fraction(1, 4) + 1, Fraction(1, 4))


def test_all_areas_together_weigh_every_unit_on_duty_alike() -> None:
    elsewhere = a_duty("elsewhere", *MONDAY, area="clemenceau")
    problem = watched(duties=(MORNING, EVENING, elsewhere), p1=there(-1))
    pairs = ("p1", "morning"), ("p1", "evening"), ("p2", "elsewhere")
    total = in_all(predictability(problem, taken(problem, *pairs)))
    assert (total.on_duty, total.right) == (3, 1 + 2 * Fraction(1, 4))
    assert total.by_chance == 3 * Fraction(1, 4)


def test_an_edit_that_sends_another_unit_lowers_what_can_be_guessed() -> None:
    problem = watched(duties=(MORNING, a_duty("x", area="clemenceau")), p1=there(*LAST_WEEKS))
    before, after = (taken(problem, (unit, "morning"), ("p3", "x")) for unit in ("p1", "p2"))
    (change,) = predictability_change(problem, before, after)
    assert change.after.area == "peterbos"
    assert change.points == -100
    assert predictability_change(problem, after, before)[0].points == 100
    assert "0 %" in change.sentence("en")
    assert "instead of 100 %" in change.sentence("en")


def test_an_edit_that_changes_nothing_there_says_nothing() -> None:
    problem = watched()
    swapped = (taken(problem, (unit, "morning")) for unit in ("p1", "p2"))
    assert predictability_change(problem, *swapped) == ()


def test_every_sentence_differs_between_the_languages_and_names_area_and_shares() -> None:
    name = Name(Thing.AREA, "peterbos", "in en", "in nl", "in fr", "in de")
    problem = replace(watched(p1=there(-1)), vocabulary=(name,))
    here, nobody = taken(problem, ("p1", "morning")), Roster()
    (score,), (empty,) = predictability(problem, here), predictability(problem, nobody)
    (change,) = predictability_change(problem, here, nobody)
    for said in (score, empty, change, in_all([score]), in_all([empty])):
        assert len({said.sentence(language) for language in LANGUAGES}) == len(LANGUAGES)
    for language in LANGUAGES:
        assert f"in {language}" in score.sentence(language)
        assert "100 %" in score.sentence(language)
        assert "25 %" in score.sentence(language)
