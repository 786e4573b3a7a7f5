"""A unit's decisions in the order in which a line takes them: of each layer at most one."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.statement import Statement
from scheduler.terms import Literal


def layers(statement: Statement, positions: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Positions of decisions by report; neighbours that a clause makes exclusive share a layer."""
    decisions = statement.decisions

    def when(position: int) -> tuple[int, int, str]:
        duty = decisions[position].duty
        return duty.reports_at, duty.released_at, duty.id

    found: list[list[int]] = []
    common: set[int] = set()
    for position in sorted(positions, key=when):
        cliques = statement.cliques.get(_literal(statement, position), set())
        if found and common & cliques:
            found[-1].append(position)
            common &= cliques
        else:
            found.append([position])
            common = set(cliques)
    return tuple(map(tuple, found))


def _literal(statement: Statement, position: int) -> Literal:
    return statement.decisions[position].taken
