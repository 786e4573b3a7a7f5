"""Police and soldiers who are used to each other keep serving together."""

from __future__ import annotations

from scheduler.forces import Force, JointTeam
from scheduler.problem import RosterProblem
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_need, a_problem, a_unit, in_force, soldiers, taken
from tests.scheduler.posed import model_price
from tests.scheduler.verdicts import cost

POLICE, MILITARY = a_need(Force.POLICE, maximum=2), a_need(Force.MILITARY, maximum=2)
DUTIES = (
    a_duty("joint", needs=(POLICE, MILITARY)),
    a_duty("anybody", "Tue 06:00", "Tue 14:00", needs=(a_need(None),)),
    a_duty("guard", "Wed 06:00", "Wed 14:00", needs=(MILITARY,)),
    a_duty("room", "Fri 06:00", "Fri 14:00", needs=(MILITARY, a_need(target=0, maximum=1))),
    a_duty("no-police", "Thu 06:00", "Thu 14:00", needs=(MILITARY, a_need(target=0))),
)


def week(*teams: tuple[str, str]) -> RosterProblem:
    return a_problem(
        [a_unit("p1"), a_unit("p2", areas=("matonge",)), soldiers("s1"), soldiers("s2")],
        DUTIES,
        [in_force("lent-area")],
        joint_teams=tuple(JointTeam(*team) for team in teams),
        preferences=(PreferenceInForce("joint-teams", level=1),),
    )


def test_soldiers_without_their_police_on_a_joint_duty_cost_one() -> None:
    problem = week(("p1", "s1"))
    assert cost(problem, ("s1", "joint"), ("p1", "joint")) == 0
    assert cost(problem, ("s1", "joint")) == 1
    assert cost(problem, ("p1", "joint")) == 0
    assert cost(problem, ("s1", "joint"), ("p1", "anybody")) == 1


def test_soldiers_of_no_team_and_police_alone_lack_nobody() -> None:
    assert cost(week(("p1", "s1")), ("s2", "joint")) == 0
    assert cost(week(("p1", "s1")), ("s2", "joint"), ("s1", "joint")) == 1


def test_any_partner_will_do() -> None:
    problem = week(("p1", "s1"), ("p2", "s1"), ("p1", "s2"))
    assert cost(problem, ("p1", "joint"), ("s1", "joint"), ("s2", "joint")) == 0
    assert cost(problem, ("s1", "joint"), ("s2", "joint")) == 2


def test_a_duty_is_joint_when_its_needs_have_room_for_both_forces() -> None:
    problem = week(("p1", "s1"))
    assert cost(problem, ("s1", "guard"), ("s1", "no-police")) == 0
    assert cost(problem, ("s1", "anybody"), ("s1", "room")) == 2


def test_a_partner_whom_a_rule_refuses_is_missed_all_the_same() -> None:
    problem, pairs = week(("p2", "s1")), (("s1", "joint"), ("p1", "joint"))
    assert cost(problem, *pairs) == model_price(problem, taken(problem, *pairs)) == 1
