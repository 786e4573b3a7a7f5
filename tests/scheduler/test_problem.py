from dataclasses import replace

import pytest

from scheduler.duties import Area, Count, Mandate
from scheduler.errors import InvalidProblem, InvalidRoster
from scheduler.forces import Carried, Clock, JointTeam, Request
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.sheet import Sheet
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, brussels, soldiers, worked


def _faults(problem: RosterProblem, **changes: object) -> tuple[str, ...]:
    with pytest.raises(InvalidProblem) as refused:
        replace(problem, **changes)  # type: ignore[arg-type]
    return refused.value.faults


def test_every_contradiction_is_told_at_once() -> None:
    problem = a_problem([a_unit()], [a_duty()])
    duty = replace(a_duty(), ends_at=0, area="nowhere", priority=-1)
    faults = _faults(problem, duties=(duty, duty), areas=(Area("peterbos", "brussels"),) * 2)
    told = "\n".join(faults)
    for sentence in (
        "area peterbos stands 2 times",
        "duty duty stands 2 times",
        "needs reports_at <= starts_at < ends_at <= released_at",
        "unknown area nowhere",
        "priority -1",
    ):
        assert sentence in told


def test_a_duty_outside_the_horizon_is_refused() -> None:
    problem = a_problem([a_unit()], [a_duty()])
    late = a_duty("late", "Mon 06:00", "Mon 14:00", week=2)
    assert "starts outside the horizon" in _faults(problem, duties=(late,))[0]


@pytest.mark.parametrize(
    ("need", "fault"),
    [
        (a_need(minimum=2, target=1), "0 <= minimum <= target <= maximum"),
        (a_need(target=2000), "<= 1000"),
        (a_need(minimum=9, target=9, firm=True), "asks 9 teams where only 1 exist"),
        (
            a_need(minimum=9, target=9, firm=True, counts=Count.PERSONS),
            "asks 9 persons where only 2 exist",
        ),
        (a_need(under_weight=-1), "under_weight -1 is not between 0 and 1000000"),
        (a_need(over_weight=2_000_000), "over_weight 2000000 is not between 0 and 1000000"),
    ],
)
def test_a_need_that_cannot_be_is_refused(need: object, fault: str) -> None:
    problem = a_problem([a_unit()], [a_duty()])
    assert fault in _faults(problem, duties=(a_duty(needs=(need,)),))[0]


def test_requests_name_a_unit_a_stretch_of_time_and_a_weight() -> None:
    problem = a_problem([a_unit()], [a_duty()])
    twice, strange = Request("p1", Span(0, 60)), Request("x", Span(60, 60), weight=-1)
    assert _faults(problem, requests=(twice, twice, strange)) == (
        "request of p1 from minute 0 stands 2 times: keep one",
        "request of x from minute 60: unknown unit",
        "request of x from minute 60: ends no later than it starts",
        "request of x from minute 60: weight -1 is not between 0 and 1000000",
    )


def test_what_a_clock_owes_and_carries_lies_within_reason() -> None:
    problem = a_problem([a_unit("p1")], [a_duty()])
    assert _faults(problem, clocks=(Clock("p1", contract_minutes=-60, burden=-1),)) == (
        "clock p1: contract_minutes -60 is not between 0 and 10080",
        "clock p1: burden -1 is not between 0 and 100000",
    )
    replace(problem, clocks=(Clock("p1", contract_minutes=10080, burden=100_000),))


def test_a_joint_team_is_police_and_soldiers_of_the_problem_and_named_once() -> None:
    problem = a_problem([a_unit("p1"), soldiers("s1")], [a_duty()])
    teams = JointTeam("p1", "s1"), JointTeam("p1", "s1"), JointTeam("s1", "x")
    assert _faults(problem, joint_teams=teams) == (
        "joint team of p1 and s1 stands 2 times: keep one",
        "joint team of s1 and x: s1 is no police unit of the problem",
        "joint team of s1 and x: x is no military unit of the problem",
    )


def test_a_home_is_an_area_of_the_problem() -> None:
    problem = a_problem([a_unit("p1", home="peterbos")], [a_duty()])
    assert _faults(problem, units=(a_unit("p1", home="moon"), a_unit("p2", areas=("",)))) == (
        "unit p1: unknown area moon; list it under areas",
        "unit p2, member p2-1: unknown clock p2",
        "unit p2, member p2-2: unknown clock p2",
    )


def test_units_and_clocks_must_fit_together() -> None:
    problem = a_problem([a_unit("p1", a_member("m1"))], [a_duty()])
    stranger = a_unit("p2", a_member("m2", clock="nobody's"), areas=("moon",), smallest=3)
    told = "\n".join(
        _faults(
            problem,
            units=(*problem.units, stranger, replace(stranger, id="p3", members=())),
            clocks=(*problem.clocks, Clock("spare", (worked("Mon 06:00", "Mon 14:00", week=0),))),
        )
    )
    for sentence in (
        "unit p2, member m2: unknown clock nobody's",
        "unit p2: unknown area moon",
        "unit p2: smallest 3 is not between 1 and its 1",
        "unit p3: has no members",
        "clock spare: no member carries it",
        "lies inside the horizon; pin a duty",
    ):
        assert sentence in told


def test_carried_minutes_lie_in_the_past_and_count_once() -> None:
    problem = a_problem([a_unit("p1", a_member("m1"))], [a_duty()])
    past = (worked("Mon 06:00", "Mon 14:00"),)
    start = past[0].reports_at
    told = _faults(
        problem,
        clocks=(
            Clock("m1", past, (Carried(Span(start - 60, start), 60),)),
            Clock("m2", past, (Carried(Span(start - 60, start + 1), 0),)),
            Clock("m3", (), (Carried(Span(-60, 0), 61), Carried(Span(-61, -59), 2))),
            Clock("m4", (), (Carried(Span(-60, 1), -1), Carried(Span(-90, -90), 0))),
        ),
    )
    late, once = "start before it ends, and to end before the horizon", "count each minute once"
    assert [fault for fault in told if "no member" not in fault] == [
        f"clock m2, carried from minute {start - 60}: overlaps other work or another sum; {once}",
        "clock m3, carried from minute -60: 61 minutes are not between 0 and the 60",
        f"clock m3, carried from minute -61: overlaps other work or another sum; {once}",
        f"clock m4, carried from minute -60: has to {late}",
        "clock m4, carried from minute -60: -1 minutes are not between 0 and the 61",
        f"clock m4, carried from minute -90: has to {late}",
    ]


def test_a_training_has_a_length() -> None:
    member = a_member("m1", trainings=(Span(0, 60), Span(60, 60)))
    told = _faults(a_problem([a_unit()], [a_duty()]), units=(a_unit("p1", member),), clocks=())
    assert "unit p1, member m1: a training has to end after it starts" in told
    assert sum("training" in fault for fault in told) == 1


def test_one_person_carries_one_clock() -> None:
    problem = a_problem([a_unit("p1", a_member("m1", clock="a"))], [a_duty()])
    again = a_unit("p2", a_member("m1", clock="b"))
    told = _faults(problem, units=(*problem.units, again), clocks=(Clock("a"), Clock("b")))
    assert told == ("member m1: carries two clocks; one person has one",)


def test_two_pins_of_a_unit_at_once_are_refused() -> None:
    problem = a_problem([a_unit()], [a_duty("one"), a_duty("two", "Mon 13:00", "Mon 21:00")])
    told = _faults(problem, pinned=(Assignment("p1", "one"), Assignment("p1", "two")))
    assert told == ("pinned: p1 is pinned to one and two at once",)


def test_pins_and_mandates_name_what_is_there() -> None:
    problem = a_problem([a_unit()], [a_duty()])
    mandate = Mandate("M", "who", "why", Span(0, 10), ("moon",), (), -1)
    told = _faults(problem, pinned=(Assignment("x", "y"),), mandates=(mandate,))
    assert told == (
        "mandate M: unknown area moon; list it under areas",
        "mandate M: a cap of -1 soldiers is negative",
        "pinned: unknown unit x",
        "pinned: unknown duty y",
    )


def test_a_member_away_for_part_of_a_duty_is_not_there_and_not_charged() -> None:
    away = a_member("away", clock="b", absences=(Span(0, 600),))
    problem = a_problem([a_unit("p1", a_member("here", clock="a"), away)], [a_duty()])
    unit, duty = problem.units[0], problem.duties[0]
    assert [m.id for m in problem.present(unit, duty)] == ["here"]
    assert [c.id for c in problem.charged(unit, duty)] == ["a"]


def test_help_within_reach_comes_from_near_areas_at_the_same_time() -> None:
    problem = brussels()
    duty = problem.duty("peterbos-Mon-early")
    assert [d.id for d in problem.within_reach(duty, 12)] == [duty.id, "clemenceau-Mon-early"]
    assert problem.within_reach(duty, 11) == (duty,)
    assert problem.within_reach(duty, 0) == (duty,)


def test_a_roster_that_names_strangers_is_refused_with_all_of_them() -> None:
    problem = brussels()
    stranger, twice = Assignment("x", "y"), Assignment("p1", "peterbos-Mon-early")
    with pytest.raises(InvalidRoster) as refused:
        Sheet(problem, Roster((stranger, twice, twice)))
    assert len(refused.value.faults) == 3
