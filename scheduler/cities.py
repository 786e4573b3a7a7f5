"""Parts of a problem that share no unit and no duty: usually its cities."""

from __future__ import annotations

import numpy as np

from scheduler.network import Array
from scheduler.statement import Statement


def cities(statement: Statement) -> list[Array]:
    """The decisions in groups that share no unit and no duty."""
    leader: dict[tuple[str, str], tuple[str, str]] = {}

    def find(node: tuple[str, str]) -> tuple[str, str]:
        while leader.setdefault(node, node) != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for decision in statement.decisions:
        leader[find(("unit", decision.unit.id))] = find(("duty", decision.duty.id))
    groups: dict[tuple[str, str], list[int]] = {}
    for position, decision in enumerate(statement.decisions):
        groups.setdefault(find(("unit", decision.unit.id)), []).append(position)
    return [np.array(members) for members in groups.values()]
