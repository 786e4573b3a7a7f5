"""What is missing to every target, weighted by the area's priority."""

from __future__ import annotations

import pytest

from scheduler.duties import Count
from scheduler.forces import Qualification
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, at, soldiers
from tests.scheduler.verdicts import cost

WISH = (PreferenceInForce("target-missed", level=1),)
UNITS = a_unit("p1"), a_unit("p2"), a_unit("p3"), soldiers("s1")


@pytest.mark.parametrize(
    ("police", "missed"), [((), 4), (("p1",), 2), (("p1", "p2"), 0), (("p1", "p2", "p3"), 0)]
)
def test_teams_up_to_the_target_count_by_priority(police: tuple[str, ...], missed: int) -> None:
    duty = a_duty(needs=(a_need(minimum=1, target=2, maximum=3),), priority=2)
    problem = a_problem(UNITS, [duty], preferences=WISH)
    assert cost(problem, *((unit, "duty") for unit in police)) == missed


def test_what_one_duty_has_too_much_another_still_lacks() -> None:
    duties = (a_duty(name, needs=(a_need(),)) for name in ("duty", "other"))
    problem = a_problem(UNITS, duties, preferences=WISH)
    assert cost(problem, ("p1", "duty"), ("p2", "duty")) == 1


@pytest.mark.parametrize(("counts", "missed"), [(Count.TEAMS, 1), (Count.PERSONS, 1)])
def test_only_holders_in_date_count(counts: Count, missed: int) -> None:
    """As teams: one of two. As persons: the one who holds it, of two."""
    lapsed = Qualification("radio", at("Mon 06:00"))
    units = (
        a_unit("p1", a_member("m1", holds=("radio",)), a_member("m2", holds=(lapsed,))),
        a_unit("p2", a_member("m3", holds=(lapsed,)), a_member("m4")),
    )
    duty = a_duty(needs=(a_need(target=2, counts=counts, qualification="radio"),))
    problem = a_problem(units, [duty], preferences=WISH)
    assert cost(problem, ("p1", "duty"), ("p2", "duty")) == missed
