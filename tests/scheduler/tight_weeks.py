"""Random micro-weeks of all tightnesses, with any rules and preferences in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from scheduler.catalogue import preference_classes, rule_classes
from scheduler.check import judge
from scheduler.duties import Duty
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation
from scheduler.roster import Assignment, Roster
from scheduler.rule import PreferenceInForce, RuleInForce
from tests.scheduler.micro_relaxations import COORDINATOR, some_relaxations
from tests.scheduler.micro_weeks import Seeds, fillable, week_of
from tests.scheduler.parameters import some_parameters, some_scope

LARGEST = 6, 14  # units, duties
TINY = 5, 8  # every roster of such a week can be looked at


def tight_week(number: int, largest: tuple[int, int] = LARGEST) -> RosterProblem:
    """From a handful of rules on an easy week to the whole catalogue on one that cannot be."""
    rng = Random(number)
    units, duties = (rng.randint(rng.choice((0, 1, 1, 1)), most) for most in largest)
    seeds = Seeds(
        rng.getrandbits(32),
        tuple(rng.getrandbits(32) for _ in range(units)),
        tuple(rng.getrandbits(32) for _ in range(duties)),
    )
    return _tightened(rng, week_of(seeds, _rules(rng), _preferences(rng)))


def turned(problem: RosterProblem, rng: Random) -> RosterProblem:
    """The same problem said otherwise: in another order, and by duties instead of by spans."""
    carried = [clock for unit in problem.units for clock in {m.clock for m in unit.members}]
    shared = len(carried) > len(set(carried))  # then the first unit speaks for the clock
    return replace(
        problem,
        units=problem.units if shared else _shuffled(rng, problem.units),
        duties=_shuffled(rng, problem.duties),
        clocks=_shuffled(rng, problem.clocks),
        rules=_shuffled(rng, [_dated(rule, problem) for rule in problem.rules]),
        preferences=_shuffled(rng, problem.preferences),
    )


def _dated(rule: RuleInForce, problem: RosterProblem) -> RuleInForce:
    """The same rule, in force as long as there are duties."""
    during = rule.scope.during or problem.horizon.span
    return replace(rule, scope=replace(rule.scope, during=during))


def _rules(rng: Random) -> tuple[RuleInForce, ...]:
    """Few rules or most; some of them twice, as when two contracts differ."""
    share = rng.choice((0.1, 0.2, 0.4, 0.8))
    return tuple(
        RuleInForce(code, some_parameters(rng, code), some_scope(rng), relaxable_by=COORDINATOR)
        for code in rule_classes()
        for _ in range(rng.choice((1, 1, 1, 2)))
        if rng.random() < share
    )


def _preferences(rng: Random) -> tuple[PreferenceInForce, ...]:
    share = rng.choice((0.1, 0.3, 0.6))
    return tuple(
        PreferenceInForce(code, rng.randint(1, 3), rng.randint(0, 3), some_parameters(rng, code))
        for code in preference_classes()
        if rng.random() < share
    )


def _tightened(rng: Random, problem: RosterProblem) -> RosterProblem:
    """More asked for, more of it firm, and what a person settled."""
    more, firm = rng.choice((0, 0, 0, 1)), rng.choice((0, 0, 0, 0.1, 0.3, 1))
    duties = tuple(_asking(rng, duty, more, firm) for duty in problem.duties)
    return replace(
        problem,
        duties=tuple(fillable(duty, problem.units) for duty in duties),
        relaxations=_relaxations(rng, problem),
        pinned=tuple(_pins(rng, problem, rng.choice((0, 0, 0, 1, 2, 4)))),
    )


def _relaxations(rng: Random, problem: RosterProblem) -> tuple[Relaxation, ...]:
    codes = dict.fromkeys(rule.code for rule in problem.rules)
    share = rng.choice((0, 0, 0.3))
    return tuple(
        granted
        for code in codes
        if rng.random() < share
        for granted in some_relaxations(rng, problem, code)
    )


def _asking(rng: Random, duty: Duty, more: int, firm: float) -> Duty:
    needs = (
        replace(
            need,
            minimum=need.minimum + more,
            target=need.target + more,
            maximum=need.maximum + more,
            firm=rng.random() < firm,
        )
        for need in duty.needs
    )
    return replace(duty, needs=tuple(needs))


def _pins(rng: Random, problem: RosterProblem, most: int) -> Sequence[Assignment]:
    """What a person would settle, seldom something that is unlawful by itself; never two places
    at once, which would be no problem, but a fault.
    """
    pairs = [Assignment(u.id, d.id, pinned=True) for u in problem.units for d in problem.duties]
    pins: list[Assignment] = []
    for pin in rng.sample(pairs, len(pairs)) if most else ():
        span, mine = problem.duty(pin.duty).span, (p for p in pins if p.unit == pin.unit)
        free = not any(problem.duty(other.duty).span.overlaps(span) for other in mine)
        if free and (rng.random() < 0.02 or _lawful(problem, [*pins, pin])):
            pins.append(pin)
        if len(pins) == most:
            break
    return pins


def _lawful(problem: RosterProblem, pins: Sequence[Assignment]) -> bool:
    return judge(problem, Roster.of(pins)).lawful


_T = TypeVar("_T")


def _shuffled(rng: Random, things: Sequence[_T]) -> tuple[_T, ...]:
    return tuple(rng.sample(things, len(things)))
