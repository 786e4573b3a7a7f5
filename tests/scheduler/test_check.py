"""What the judge adds to what the rules find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from scheduler.check import judge, newly_broken, score, violations
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation
from scheduler.roster import Assignment, PreferenceScore, Roster
from scheduler.rule import Near, PreferenceInForce, Rule, Text, Violation
from scheduler.sheet import Sheet
from tests.builders import HOUR, a_duty, a_problem, a_unit, at, in_force, taken


def test_sentences_call_a_unit_by_its_name_and_programs_by_its_id() -> None:
    unit = replace(a_unit("5341-K7", areas=("matonge",)), name="Peterbos K7")
    problem = a_problem([unit], [a_duty()], [in_force("lent-area")])
    [found] = judge(problem, taken(problem, ("5341-K7", "duty"))).violations
    assert found.unit == "5341-K7"
    assert found.sentence("en") == "Peterbos K7 is not lent for peterbos."


def test_a_unit_without_a_name_keeps_its_id() -> None:
    problem = a_problem([a_unit("p1", areas=("matonge",))], [a_duty()], [in_force("lent-area")])
    [found] = judge(problem, taken(problem, ("p1", "duty"))).violations
    assert found.sentence("nl") == "p1 is niet uitgeleend voor peterbos."


def newly(problem: RosterProblem, before: Roster, after: Roster, *places: Near) -> list[str]:
    sheets = Sheet(problem, before), Sheet(problem, after)
    return [v.sentence("en") for v in newly_broken(problem, *sheets, places)]


def long_days(count: int) -> RosterProblem:
    """Duties of ten hours with two between them; at most 24 of 168 may be worked."""
    starts = at("Mon 06:00")
    duties = [
        a_duty(f"d{n}", starts + n * 12 * HOUR, starts + n * 12 * HOUR + 10 * HOUR)
        for n in range(count)
    ]
    week = in_force("hours-in-rolling-week", maximum_minutes=24 * HOUR)
    return a_problem([a_unit("p1")], duties, [week])


def test_a_breach_that_grows_is_new() -> None:
    problem = long_days(4)
    before = taken(problem, ("p1", "d0"), ("p1", "d1"), ("p1", "d3"))
    [sentence] = newly(problem, before, before.with_(Assignment("p1", "d2")), Near("p1", "d2"))
    assert "40 h" in sentence


def test_a_breach_that_shrinks_is_none_even_where_another_duty_is_blamed() -> None:
    problem = long_days(4)
    before = taken(problem, *(("p1", f"d{n}") for n in range(4)))
    assert not newly(problem, before, before.without("p1", "d3"), Near("p1", "d3"))
    assert not newly(problem, before, before.without("p1", "d0"), Near("p1", "d0"))


def test_a_patrol_that_becomes_more_complete_breaks_nothing_new() -> None:
    size = in_force("patrol-size", minimum_persons=3, maximum_persons=4)
    crews = [a_unit("p1", persons=1), a_unit("p2", persons=1), a_unit("p3", persons=5)]
    problem = a_problem(crews, [a_duty()], [size])
    one = taken(problem, ("p1", "duty"))
    assert newly(problem, taken(problem), one, Near("p1", "duty"))
    assert not newly(problem, one, one.with_(Assignment("p2", "duty")), Near("p2", "duty"))
    [far_too_many] = newly(problem, one, taken(problem, ("p3", "duty")), Near("p3", "duty"))
    assert "5 persons" in far_too_many


def test_a_second_breach_of_a_rule_is_new_beside_the_first() -> None:
    night, day = a_duty("a", "Mon 22:00", "Tue 06:00"), a_duty("b", "Tue 08:00", "Tue 16:00")
    later = a_duty("c", "Wed 22:00", "Thu 06:00"), a_duty("d", "Thu 12:00", "Thu 20:00")
    rest = in_force(
        "minimum-rest",
        rest_minutes=660,
        consent_rest_minutes=600,
        consent_ends_from_minute=0,
        consent_ends_until_minute=0,
        overrun_rest_minutes=480,
    )
    problem = a_problem([a_unit("p1")], [night, day, *later], [rest])
    before = taken(problem, ("p1", "a"), ("p1", "b"), ("p1", "c"))
    [sentence] = newly(problem, before, before.with_(Assignment("p1", "d")), Near("p1", "d"))
    assert "Thu" in sentence


SAID = Text(en="So.", nl="Zo.", fr="Ainsi.", de="So.")
ELSE = Text(en="Else.", nl="Anders.", fr="Autrement.", de="Anders.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Rule):
    """Finds the one thing while nobody is rostered, and the other once somebody is."""

    code = "told"
    text = SAID
    before: tuple[Violation, ...]
    after: tuple[Violation, ...]

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        yield from self.after if sheet.roster.assignments else self.before


def breach(
    unit: str | None = "p1", duty: str | None = "duty", by: int = 0, text: Text = SAID
) -> Violation:
    return Violation("told", unit, duty, text, {}, by)


def new_of(before: tuple[Violation, ...], after: tuple[Violation, ...]) -> list[Violation]:
    problem = a_problem([a_unit("p1"), a_unit("p2")], [a_duty("duty"), a_duty("other")])
    empty = Sheet(problem, taken(problem))
    manned = Sheet(problem, taken(problem, ("p1", "duty")))
    told = Told(before=before, after=after)
    return [*newly_broken(problem, empty, manned, [Near("p1", "duty")], [told])]


@pytest.mark.parametrize(
    ("was", "by", "new"),
    [
        *((1, 1, False), (2, 1, False), (1, 2, True)),
        *((-1, -1, False), (-2, -1, False), (-1, -2, True)),
        *((0, 0, True), (1, 0, True), (-1, 0, True)),
        *((0, 1, True), (0, -1, True), (-2, 1, True), (2, -1, True)),
    ],
)
def test_a_breach_is_new_unless_it_was_at_least_as_far_on_the_same_side(
    was: int, by: int, new: bool
) -> None:
    before, after = breach(duty="other", by=was), breach(by=by)
    assert new_of((before,), (after,)) == [after] * new


def test_a_breach_that_stays_is_not_new_and_excuses_no_other() -> None:
    stays, lesser = breach(by=5), breach(duty="other", by=3)
    assert new_of((stays,), (stays, lesser)) == [lesser]


def test_one_breach_that_ends_excuses_one_that_begins() -> None:
    first, second = breach(by=2), breach(duty="other", by=3)
    assert new_of((breach(by=5),), (first, second)) == [second]


def test_a_breach_of_one_unit_excuses_no_other_unit() -> None:
    other = breach("p2", by=1)
    assert new_of((breach("p1", by=1),), (other,)) == [other]


def test_a_breach_that_is_told_in_other_words_is_another_breach() -> None:
    worded = breach(by=1, text=ELSE)
    assert new_of((breach(by=1),), (worded,)) == [worded]


def test_what_names_no_unit_is_told_apart_by_the_duty() -> None:
    here, there, somebodys = breach(None, by=1), breach(None, "other", by=1), breach("p1", by=1)
    assert new_of((replace(here, by=2),), (here,)) == []
    assert new_of((there,), (here,)) == [here]
    assert new_of((here,), (somebodys,)) == [somebodys]


def test_what_is_broken_near_two_pairs_is_told_once() -> None:
    problem = long_days(4)
    before = taken(problem, ("p1", "d0"))
    after = taken(problem, *(("p1", f"d{n}") for n in range(4)))
    places = [Near("p1", f"d{n}") for n in range(1, 4)]
    assert len(newly(problem, before, after, *places)) == len(judge(problem, after).violations)


def relaxed(*relaxations: Relaxation) -> RosterProblem:
    """Two units that are not lent for the area of their only patrol, of any size but two."""
    lent = replace(in_force("lent-area"), framework="f", relaxable_by=("mayor",))
    size = in_force("patrol-size", minimum_persons=1, maximum_persons=3)
    size = replace(size, framework="f", relaxable_by=("mayor",))
    units = [a_unit(name, areas=("matonge",)) for name in ("p1", "p2")]
    return a_problem(units, [a_duty()], [lent, size], relaxations=relaxations)


def lifted(rule: str, **place: Any) -> Relaxation:
    return Relaxation(rule, "mayor", "flood", **place)


def test_what_is_relaxed_is_told_after_the_rest_and_excused_with_the_reason() -> None:
    problem = relaxed(lifted("lent-area", units=("p1",)))
    verdict = judge(problem, taken(problem, ("p1", "duty"), ("p2", "duty")))
    lent = [v for v in verdict.violations if v.rule == "lent-area"]
    assert [(v.unit, v.excused) for v in lent] == [("p2", None), ("p1", problem.relaxations[0])]
    assert lent[1].excuse("en") == "Relaxation granted by mayor: flood"
    assert lent[1].sentence("en") == "p1 is not lent for peterbos."
    assert [v.unit for v in verdict.unexcused] == ["p2", None]
    assert not verdict.lawful


def test_a_roster_is_lawful_once_all_that_it_breaks_is_excused() -> None:
    whom = lifted("lent-area", units=("p1", "p2")), lifted("patrol-size", duties=("duty",))
    problem = relaxed(*whom)
    verdict = judge(problem, taken(problem, ("p1", "duty"), ("p2", "duty")))
    assert [v.excused for v in verdict.violations] == [whom[0], whom[0], whom[1]]
    assert verdict.unexcused == ()
    assert verdict.lawful


def test_the_excuse_is_the_relaxation_that_names_unit_or_duty() -> None:
    others = lifted("lent-area", areas=("matonge",)), lifted("patrol-size", areas=("matonge",))
    ours = lifted("lent-area", units=("p1",)), lifted("patrol-size", duties=("duty",))
    problem = relaxed(*others, *ours)
    verdict = judge(problem, taken(problem, ("p1", "duty"), ("p2", "duty")))
    assert [v.excused for v in verdict.violations] == [None, ours[0], ours[1]]


def test_what_is_excused_is_found_near_its_pair_alone() -> None:
    problem = relaxed(lifted("lent-area", units=("p1", "p2")))
    sheet = Sheet(problem, taken(problem, ("p1", "duty"), ("p2", "duty")))
    found = [v for v in violations(problem, sheet, Near("p2", "duty")) if v.unit]
    assert [(v.unit, v.excused is None) for v in found] == [("p2", False)]


def test_a_score_has_every_preference_with_its_level_and_weight() -> None:
    wishes = PreferenceInForce("fair-nights", 3, 7), PreferenceInForce("fair-weekends", 1, 2)
    nights = [a_duty(day, f"{day} 22:00", f"{day} 23:00", night=True) for day in ("Mon", "Tue")]
    problem = a_problem([a_unit("p1")], nights, preferences=wishes)
    parts = score(problem, Sheet(problem, taken(problem, ("p1", "Mon"), ("p1", "Tue")))).parts
    assert parts == (
        PreferenceScore("fair-nights", 3, 7, 4),
        PreferenceScore("fair-weekends", 1, 2, 0),
    )
