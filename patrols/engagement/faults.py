"""What is wrong with a framework that has the right shape: one sentence for each fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date

from patrols.engagement.file import FrameworkFile, MandateEntry, RuleEntry
from scheduler import catalogue
from scheduler.errors import InvalidParameters
from scheduler.rule import PreferenceInForce, RuleInForce


@dataclass(frozen=True, slots=True)
class Known:
    """What a framework may name: areas by city, units, and frameworks with their first day."""

    areas: dict[str, frozenset[str]]
    units: frozenset[str]
    frameworks: dict[str, date]


def faults_of(file: FrameworkFile, known: Known) -> Iterator[str]:
    parts = (file.rule, file.preference, file.mandate)
    if not any(parts):
        yield "must hold at least one rule, preference or mandate"
    if file.mandate and (file.rule or file.preference):
        yield "mandate: stands in a file of its own, without rules and preferences"
    if file.valid_to is not None and file.valid_to <= file.valid_from:
        yield f"valid_to: must be after {file.valid_from} (given: {file.valid_to})"
    if file.replaces is not None:
        earlier = [n for n, first in known.frameworks.items() if first < file.valid_from]
        yield from _unknown("replaces", [file.replaces], earlier)
    yield from _rules(file.rule, known)
    yield from _preferences(file)
    if file.mandate:
        yield from _mandate(file.mandate, known)


def _rules(rules: Iterable[RuleEntry], known: Known) -> Iterator[str]:
    areas = frozenset().union(*known.areas.values())
    for rule in rules:
        where = f'rule "{rule.code}"'
        try:
            catalogue.rule(RuleInForce(rule.code, rule.parameters))
        except InvalidParameters as invalid:
            yield from (f"{where}: {fault}" for fault in invalid.faults)
        yield from _unknown(f"{where}, scope, areas", rule.scope.areas, areas)
        yield from _unknown(f"{where}, scope, units", rule.scope.units, known.units)
    for (code, scope), times in Counter((rule.code, rule.scope) for rule in rules).items():
        if times > 1:
            named = {key: value for key, value in asdict(scope).items() if value}
            yield f'rule "{code}": stands {times} times for the same scope {named}; keep one'


def _preferences(file: FrameworkFile) -> Iterator[str]:
    for wish in file.preference:
        try:
            catalogue.preference(
                PreferenceInForce(wish.code, wish.level, wish.weight, wish.parameters or {})
            )
        except InvalidParameters as invalid:
            yield from (f'preference "{wish.code}": {fault}' for fault in invalid.faults)
    for code, times in Counter(wish.code for wish in file.preference).items():
        if times > 1:
            yield f'preference "{code}": stands {times} times; keep one'


def _mandate(mandate: MandateEntry, known: Known) -> Iterator[str]:
    where = f'mandate "{mandate.id}"'
    dated = mandate.valid_from, mandate.valid_to
    counted = mandate.valid_from_day, mandate.valid_to_day
    if None not in dated and counted == (None, None):
        ordered = str(dated[0]) < str(dated[1])
    elif None not in counted and dated == (None, None):
        ordered = mandate.fictional and int(counted[0] or 0) < int(counted[1] or 0)
    else:
        ordered = True
        yield f"{where}: give valid_from and valid_to (a fictional one: the same with _day)"
    if not ordered:
        yield f"{where}, valid_to: must be after valid_from; only a fictional one counts days"
    yield from _unknown(f"{where}, city", [mandate.city], known.areas)
    yield from _unknown(f"{where}, areas", mandate.areas, known.areas.get(mandate.city, ()))
    yield from _unknown(f"{where}, hours", [h.area for h in mandate.hours], mandate.areas)


def _unknown(where: str, used: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for name in used:
        if name not in known:
            yield f'{where}: "{name}" is not known; allowed: {", ".join(sorted(known)) or "none"}'
