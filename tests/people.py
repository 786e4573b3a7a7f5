"""The people of the demo office, as actors."""

from __future__ import annotations

from patrols.access.actor import Actor, RoleName


def an_actor(*roles: RoleName, name: str = "", **more: object) -> Actor:
    name = name or " and ".join(roles)
    return Actor(name.lower().replace(" ", "-"), name, frozenset(roles), **more)  # type: ignore[arg-type]


PLANNER = an_actor(RoleName.PLANNER)
COORDINATOR = an_actor(RoleName.COORDINATOR)
LIAISON = an_actor(RoleName.DEFENCE_LIAISON)
ADMINISTRATOR = an_actor(RoleName.ADMINISTRATOR)
COMMANDER = an_actor(RoleName.COMMANDER, areas=frozenset({"peterbos", "clemenceau"}))
MEMBER = an_actor(RoleName.MEMBER, member_id="P-5339-001", unit_id="5339-A")
