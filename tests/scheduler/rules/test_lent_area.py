"""A unit serves in the areas for which it is lent, or anywhere."""

from __future__ import annotations

from scheduler.forces import DutyKind
from scheduler.rule import Scope
from tests.builders import a_duty, a_problem, a_unit, in_force
from tests.scheduler.verdicts import allowed, breaches, near

RULE = in_force("lent-area")
LENT, FREE = a_unit("p1", areas=("matonge", "uccle")), a_unit("p2")
DUTIES = a_duty(), a_duty("there", area="matonge")


def test_a_unit_goes_where_it_is_lent_for_and_one_that_is_not_lent_goes_anywhere() -> None:
    problem = a_problem([LENT, FREE], DUTIES, [RULE])
    assert allowed(problem, ("p1", "there"))
    assert allowed(problem, ("p2", "duty"), ("p2", "there"))
    (found,) = breaches(problem, ("p1", "duty"))
    assert (found.rule, found.unit, found.duty) == ("lent-area", "p1", "duty")
    assert found.sentence("en") == "p1 is not lent for peterbos."


def test_one_of_two_units_lent_alike_can_be_out_of_scope() -> None:
    """As two duties in one area can."""
    other = a_unit("p3", areas=LENT.areas)
    problem = a_problem([LENT, other], DUTIES, [in_force("lent-area", Scope(units=("p1",)))])
    assert allowed(problem, ("p3", "duty"))
    assert not allowed(problem, ("p1", "duty"))
    duties = a_duty(), a_duty("guard", kind=DutyKind.GUARD)
    patrols = in_force("lent-area", Scope(kinds=(DutyKind.PATROL,)))
    problem = a_problem([LENT], duties, [patrols])
    assert allowed(problem, ("p1", "guard"))
    assert not allowed(problem, ("p1", "duty"))


def test_a_pair_touches_itself_only() -> None:
    problem = a_problem([LENT], [a_duty(), a_duty("other")], [RULE])
    assert near(problem, ("p1", "duty"), ("p1", "duty"), ("p1", "other")) == ["lent-area"]
