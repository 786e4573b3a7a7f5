from __future__ import annotations

import ast

import pytest

from patrols.access.actor import DEFENCE, SYSTEM, Actor, RoleName
from patrols.access.policy import TABLE, may, require
from patrols.errors import NeedsSecondPerson, NotAllowed, NotYourCommand, NotYourDuty
from tests.architecture.sources import files, tree
from tests.people import (
    ADMINISTRATOR,
    COMMANDER,
    COORDINATOR,
    LIAISON,
    MEMBER,
    PLANNER,
    an_actor,
)

EVERYBODY = (PLANNER, COORDINATOR, LIAISON, ADMINISTRATOR, COMMANDER, MEMBER, SYSTEM)
SIGN = "weekly_roster.sign"


def steps() -> set[str]:
    """Public functions that an office and an actor are handed first, by room and name."""
    found = set()
    for path in files("patrols", pattern="*.py"):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                first = [argument.arg for argument in node.args.args[:2]]
                if first == ["office", "actor"]:
                    alone = path.parent.name == "procedures" or path.stem == "accounts"
                    found.add(f"{path.stem if alone else path.parent.name}.{node.name}")
    return found


def test_every_step_and_query_stands_in_the_table_and_nothing_else_does() -> None:
    assert set(TABLE) == steps()


def test_every_step_asks_under_its_own_name() -> None:
    asked = set()
    for path in files("patrols", pattern="*.py"):
        constants = {
            node.targets[0].id: node.value.value
            for node in tree(path).body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and node.value in TABLE:
                asked.add(node.value)
            if isinstance(node, ast.Name) and constants.get(node.id) in TABLE:
                asked.add(constants[node.id])
    assert set(TABLE) - asked == set()


def test_every_step_is_granted_to_somebody() -> None:
    assert [step for step, grants in TABLE.items() if not grants] == []


@pytest.mark.parametrize("step", ["edit", "submit", "publish", "request_draft", "new_version"])
def test_rosters_are_made_by_planners_and_coordinators(step: str) -> None:
    people = [actor for actor in EVERYBODY if actor is not SYSTEM]
    makers = [actor for actor in people if passes(actor, f"weekly_roster.{step}")]
    assert makers == [PLANNER, COORDINATOR]


def passes(actor: Actor, step: str) -> bool:
    try:
        require(actor, step)
    except NotAllowed:
        return False
    return True


def test_a_commander_signs_for_an_area_of_their_own() -> None:
    require(COMMANDER, SIGN, part="peterbos", authors=["planner"])


def test_a_commander_does_not_sign_for_the_area_of_another() -> None:
    with pytest.raises(NotYourCommand):
        require(COMMANDER, SIGN, part="matonge", authors=["planner"])


def test_a_commander_does_not_sign_for_the_soldiers() -> None:
    with pytest.raises(NotYourCommand):
        require(COMMANDER, SIGN, part=DEFENCE, authors=["planner"])


def test_the_liaison_signs_for_the_soldiers_and_for_no_area() -> None:
    require(LIAISON, SIGN, part=DEFENCE, authors=["planner"])
    with pytest.raises(NotYourCommand):
        require(LIAISON, SIGN, part="peterbos", authors=["planner"])


def test_nobody_signs_what_they_made_even_with_two_roles() -> None:
    both = an_actor(
        RoleName.PLANNER, RoleName.COMMANDER, name="Both", areas=frozenset({"peterbos"})
    )
    with pytest.raises(NeedsSecondPerson):
        require(both, SIGN, part="peterbos", authors=["someone", "both"])


def test_a_planner_does_not_sign_at_all() -> None:
    with pytest.raises(NotAllowed, match="commander, defence-liaison"):
        require(PLANNER, SIGN, part="peterbos", authors=[])


def test_a_member_acknowledges_their_own_duty_only() -> None:
    require(MEMBER, "weekly_roster.acknowledge", members=["P-5339-001", "P-5339-002"])
    with pytest.raises(NotYourDuty):
        require(MEMBER, "weekly_roster.acknowledge", members=["P-5339-003"])


def test_a_member_sees_a_board_once_it_is_published() -> None:
    require(MEMBER, "rosters.board", published=True)
    with pytest.raises(NotAllowed):
        require(MEMBER, "rosters.board")


def test_nobody_but_the_office_itself_takes_runs_and_letters() -> None:
    for step in ("computing.take_run", "computing.record_outcome", "notices.claim_due"):
        assert [a for a in EVERYBODY if passes(a, step)] == [SYSTEM]


def test_a_menu_shows_what_some_role_may_do() -> None:
    assert may(COMMANDER, SIGN)
    assert not may(PLANNER, SIGN)
