from scheduler.forces import DutyKind
from scheduler.roles import may_hold, with_roles
from scheduler.roster import Assignment, Role, Roster, RosterDiff
from tests.builders import LEAD, a_duty, a_problem, a_unit, in_force, soldiers, taken

PROBLEM = a_problem(
    [a_unit("p1"), a_unit("p2", holds=(LEAD,)), a_unit("p3", holds=(LEAD,)), soldiers("s1")],
    [
        a_duty("patrol"),
        a_duty("guard", "Tue 06:00", "Tue 14:00", kind=DutyKind.GUARD),
        a_duty("standby", "Wed 06:00", "Wed 14:00", kind=DutyKind.STANDBY),
    ],
    [in_force("police-lead", qualification=LEAD, reach_minutes=0)],
)


def _roles(*pairs: tuple[str, str]) -> dict[str, Role | None]:
    return {a.unit: a.role for a in with_roles(PROBLEM, taken(PROBLEM, *pairs)).assignments}


def test_a_unit_that_may_lead_leads_and_the_next_is_its_deputy() -> None:
    units = ("p1", "p2", "p3", "s1")
    assert _roles(*((unit, "patrol") for unit in units)) == {
        "p1": Role.MEMBER,
        "p2": Role.POLICE_LEAD,
        "p3": Role.DEPUTY,
        "s1": Role.MILITARY_LEAD,
    }


def test_a_role_that_a_person_chose_stays_if_it_can() -> None:
    chosen = Roster.of((Assignment("p2", "patrol"), Assignment("p3", "patrol", Role.POLICE_LEAD)))
    roles = {a.unit: a.role for a in with_roles(PROBLEM, chosen).assignments}
    assert roles == {"p2": Role.DEPUTY, "p3": Role.POLICE_LEAD}


def test_guards_guard_and_reserves_stand_by() -> None:
    assert _roles(("s1", "guard"))["s1"] is Role.GUARD
    assert _roles(("p1", "standby"))["p1"] is Role.STANDBY


def test_nobody_may_hold_a_role_that_they_are_not_fit_for() -> None:
    patrol, guard = PROBLEM.duty("patrol"), PROBLEM.duty("guard")
    assert not may_hold(PROBLEM, "p1", patrol, Role.POLICE_LEAD)
    assert not may_hold(PROBLEM, "s1", patrol, Role.DEPUTY)
    assert not may_hold(PROBLEM, "p2", patrol, Role.MILITARY_LEAD)
    assert not may_hold(PROBLEM, "p2", patrol, Role.GUARD)
    assert not may_hold(PROBLEM, "s1", guard, Role.MEMBER)
    assert may_hold(PROBLEM, "p1", patrol, Role.MEMBER)


def test_the_difference_of_two_rosters_names_whom_it_touches() -> None:
    before = Roster.of((Assignment("p1", "patrol"), Assignment("p2", "patrol", Role.MEMBER)))
    after = Roster.of((Assignment("p3", "patrol"), Assignment("p2", "patrol", Role.DEPUTY)))
    diff = RosterDiff.between(before, after)
    assert [a.unit for a in diff.added] == ["p3"]
    assert [a.unit for a in diff.removed] == ["p1"]
    assert [a.unit for a in diff.changed] == ["p2"]
    assert diff.units == {"p1", "p2", "p3"}
