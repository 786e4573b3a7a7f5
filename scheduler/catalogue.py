"""Finds exactly one rule per file of `rules/` and one preference per file of `preferences/`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from scheduler import preferences, rules
from scheduler.errors import InvalidParameters
from scheduler.problem import RosterProblem, kept
from scheduler.relaxation import Relaxation, remaining
from scheduler.rule import EligibilityRule, Limits, Parameterised, Preference, Rule

if TYPE_CHECKING:
    from scheduler.rule import PreferenceInForce, RuleInForce

_Kind = TypeVar("_Kind", bound=Parameterised)


@cache
def rule_classes() -> Mapping[str, type[Rule]]:
    """Code → rule, in alphabetical order of the files."""
    return {c.code: c for c in _one_per_file(rules, Rule)}


@cache
def preference_classes() -> Mapping[str, type[Preference]]:
    return {c.code: c for c in _one_per_file(preferences, Preference)}


def rule(in_force: RuleInForce, relaxations: Iterable[Relaxation] = ()) -> Rule:
    """The rule that runs, save where it is relaxed.

    Raises `InvalidParameters` with every fault.
    """
    cls = _known(in_force.code, rule_classes(), "rule")
    scope = remaining(in_force.scope, relaxations)
    return cls(scope=scope, **_parameters(cls, in_force.parameters))


def preference(in_force: PreferenceInForce) -> Preference:
    cls = _known(in_force.code, preference_classes(), "preference")
    faults = []
    if in_force.level < 1:
        faults.append(f"level is {in_force.level}; at least 1")
    if in_force.weight < 0:
        faults.append(f"weight is {in_force.weight}; at least 0")
    if faults:
        raise InvalidParameters(in_force.code, faults)
    return cls(**_parameters(cls, in_force.parameters))


@kept
def rules_of(problem: RosterProblem) -> tuple[Rule, ...]:
    """The rules in force, each without the places where it is relaxed."""
    return tuple(
        rule(in_force, (r for r in problem.relaxations if r.means(in_force)))
        for in_force in problem.rules
    )


@kept
def eligibility_of(problem: RosterProblem) -> tuple[EligibilityRule, ...]:
    return tuple(r for r in rules_of(problem) if isinstance(r, EligibilityRule))


@kept
def preferences_of(problem: RosterProblem) -> tuple[tuple[PreferenceInForce, Preference], ...]:
    return tuple((in_force, preference(in_force)) for in_force in problem.preferences)


def parameters_of(cls: type[Parameterised]) -> Mapping[str, tuple[type, Limits]]:
    """Name → (type, limits) of every parameter, for forms and messages."""
    return {
        f.name: (_type_of(f.type), f.metadata["limits"])
        for f in fields(cls)
        if "limits" in f.metadata
    }


def _type_of(annotation: object) -> type:
    return {"int": int, "str": str, "bool": bool}.get(str(annotation), tuple)


def _known(code: str, classes: Mapping[str, type[_Kind]], kind: str) -> type[_Kind]:
    if code not in classes:
        raise InvalidParameters(code, [f"unknown {kind}; there are {', '.join(sorted(classes))}"])
    return classes[code]


def _parameters(cls: type[Parameterised], given: Mapping[str, Any]) -> dict[str, Any]:
    known = parameters_of(cls)
    required = {f.name for f in fields(cls) if f.name in known and f.default is MISSING}
    faults = [
        f"unknown parameter {name}; there are {', '.join(known) or 'none'}"
        for name in given
        if name not in known
    ]
    faults += [f"parameter {name} is missing" for name in sorted(required - set(given))]
    faults += [
        f"parameter {name} is {given[name]!r}, not {known[name][0].__name__}"
        for name in given
        if name in known and not _fits(given[name], known[name][0])
    ]
    if faults:
        raise InvalidParameters(cls.code, faults)
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in given.items()
    }


def _fits(value: object, wanted: type) -> bool:
    if wanted is tuple:
        return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, wanted)


def _one_per_file(package: ModuleType, base: type[_Kind]) -> Iterator[type[_Kind]]:
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        own = [
            value
            for value in vars(module).values()
            if isinstance(value, type)
            and issubclass(value, base)
            and value.__module__ == module.__name__
        ]
        if len(own) != 1:
            raise ImportError(f"{module.__name__} defines {len(own)} of {base.__name__}, not one")
        yield own[0]
