"""Exceptions that somebody may grant on a micro-week."""

from __future__ import annotations

from random import Random
from typing import Any

from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation

COORDINATOR = ("coordinator",)


def some_relaxations(rng: Random, problem: RosterProblem, code: str) -> tuple[Relaxation, ...]:
    whole = {
        "units": [u.id for u in problem.units],
        "duties": [d.id for d in problem.duties],
        "areas": [a.id for a in problem.areas],
    }
    day = rng.randrange(5) * 1440
    found = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        named: dict[str, Any] = {
            kind: tuple(rng.sample(ids, k=min(len(ids), rng.choice((1, 1, 2, 4)))))
            for kind, ids in whole.items()
        }
        named["during"] = Span(day, day + rng.choice((600, 1440, 4320)))
        chosen = rng.sample(sorted(named), k=rng.choice((1, 1, 2)))
        place = {kind: named[kind] for kind in chosen if named[kind]}
        found += [Relaxation(code, *COORDINATOR, "a flood", **place)] if place else []
    return tuple(dict.fromkeys(found))
