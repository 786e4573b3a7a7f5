"""Relaxations: who may break which rule, where, granted by whom and why.

A rule that is relaxed somewhere does not judge what happens there, to the model and to the
checkers alike; what it would have said there is still reported, excused.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from scheduler.forces import Unit
from scheduler.moments import Span
from scheduler.rule import RuleInForce, Scope, Service

if TYPE_CHECKING:
    from scheduler.duties import Duty


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A reasoned permission to break one rule in one place.

    The place is named as in a scope: an empty tuple means everybody or everything, and `during`
    the duties that start then. Without a `framework` the rule is meant wherever it stands.
    """

    rule: str
    granted_by: str
    reason: str
    framework: str = ""
    units: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    during: Span | None = None

    @property
    def at_any_time(self) -> bool:
        """Whether it is for all that its units ever do."""
        return not (self.duties or self.areas or self.during)

    def means(self, in_force: RuleInForce) -> bool:
        return self.rule == in_force.code and self.framework in ("", in_force.framework)

    def names_unit(self, unit: Unit) -> bool:
        return not self.units or unit.id in self.units

    def names_service(self, service: Service) -> bool:
        """Work outside the horizon has no id: only its place and time can be meant."""
        return (
            (not self.duties or getattr(service, "id", None) in self.duties)
            and (not self.areas or service.area in self.areas)
            and (self.during is None or self.during.holds(service.starts_at))
        )


@dataclass(frozen=True, slots=True)
class RelaxedScope(Scope):
    """A scope without what relaxations take out of it: that only adds, it is not judged."""

    relaxations: tuple[Relaxation, ...] = field(kw_only=True)

    def covers(self, unit: Unit, service: Service) -> bool:
        return Scope.covers(self, unit, service) and not any(
            r.names_unit(unit) and r.names_service(service) for r in self.relaxations
        )

    def counts(self, unit: Unit, service: Service) -> bool:
        return Scope.covers_unit(self, unit) and self._is_of_kind(service)

    def covers_unit(self, unit: Unit) -> bool:
        return Scope.covers_unit(self, unit) and not any(
            r.at_any_time and r.names_unit(unit) for r in self.relaxations
        )

    def covers_service(self, service: Service) -> bool:
        return Scope.covers_service(self, service) and not any(
            not r.units and r.names_service(service) for r in self.relaxations
        )

    def sort_of_unit(self, unit: Unit) -> Hashable:
        return tuple(r.names_unit(unit) for r in self.relaxations)

    def sort_of_service(self, service: Service) -> Hashable:
        return tuple(r.names_service(service) for r in self.relaxations)

    @property
    def by_place(self) -> bool:
        return bool(self.areas) or any(r.areas or r.duties for r in self.relaxations)


def remaining(scope: Scope, relaxations: Iterable[Relaxation]) -> Scope:
    """The scope without what the relaxations take out of it."""
    granted = tuple(relaxations)
    if not granted:
        return scope
    whole = {f.name: getattr(scope, f.name) for f in fields(Scope)}
    return RelaxedScope(**whole, relaxations=granted)


def excuse_of(unit: Unit | None, duty: Duty | None, scope: RelaxedScope) -> Relaxation:
    """Of the relaxations that let a rule be broken, the one that best names the place."""

    def names(relaxation: Relaxation) -> tuple[bool, bool]:
        return (
            relaxation.names_unit(unit) if unit else not relaxation.units,
            duty is not None and relaxation.names_service(duty),
        )

    return max(scope.relaxations, key=names)
