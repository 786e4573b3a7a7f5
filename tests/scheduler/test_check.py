"""What the judge adds to what the rules find."""

from __future__ import annotations

from dataclasses import replace

from scheduler.check import judge, newly_broken
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import Near
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
