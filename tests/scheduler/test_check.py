"""What the judge adds to what the rules find."""

from __future__ import annotations

from dataclasses import replace

from scheduler.check import judge
from tests.builders import a_duty, a_problem, a_unit, in_force, taken


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
