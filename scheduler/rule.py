"""What a rule and a preference are: parameters, scope, a constraint, a checker, a sentence."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from scheduler.errors import InvalidParameters
from scheduler.forces import DutyKind, Force, Unit
from scheduler.moments import Span
from scheduler.wording import LANGUAGES, Value, render

if TYPE_CHECKING:
    from scheduler.duties import Duty
    from scheduler.problem import RosterProblem
    from scheduler.relaxation import Relaxation
    from scheduler.sheet import Sheet
    from scheduler.terms import Cost, Decisions, Require

Parameter = int | str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in the four languages, with the same placeholders in each."""

    en: str
    nl: str
    fr: str
    de: str

    def in_(self, language: str) -> str:
        return str(getattr(self, language if language in LANGUAGES else "en"))


_EXCUSE = Text(
    en="Relaxation granted by {authority}: {reason}",
    nl="Vrijstelling verleend door {authority}: {reason}",
    fr="Dispense accordée par {authority} : {reason}",
    de="Ausnahmegenehmigung durch {authority}: {reason}",
)


class Service(Protocol):
    """A duty, or one worked before: what a scope looks at."""

    @property
    def kind(self) -> DutyKind: ...
    @property
    def area(self) -> str: ...
    @property
    def starts_at(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom and what a rule is for; an empty tuple means everybody or everything.

    A duty is judged by what is in force at its start: `during` is the validity.
    """

    forces: tuple[Force, ...] = ()
    contracts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    kinds: tuple[DutyKind, ...] = ()
    areas: tuple[str, ...] = ()
    during: Span | None = None

    def covers(self, unit: Unit, service: Service) -> bool:
        return self.covers_unit(unit) and self.covers_service(service)

    def counts(self, unit: Unit, service: Service) -> bool:
        """Whether it adds to what a duty covered here is judged by, whenever it takes place.

        So a window astride two frameworks has to satisfy both.
        """
        return self.covers_unit(unit) and self._is_of_kind(service)

    def covers_unit(self, unit: Unit) -> bool:
        return (
            (not self.forces or unit.force in self.forces)
            and (not self.contracts or unit.contract in self.contracts)
            and (not self.units or unit.id in self.units)
        )

    def covers_service(self, service: Service) -> bool:
        return self._is_of_kind(service) and (
            self.during is None or self.during.starts <= service.starts_at < self.during.ends
        )

    def sort_of_unit(self, _unit: Unit) -> Hashable:
        """What it tells units apart by, beyond whether it covers them."""
        return None

    def sort_of_service(self, _service: Service) -> Hashable:
        return None

    @property
    def by_place(self) -> bool:
        """Whether it can tell duties apart that differ in place alone."""
        return bool(self.areas)

    def _is_of_kind(self, service: Service) -> bool:
        return (not self.kinds or service.kind in self.kinds) and (
            not self.areas or service.area in self.areas
        )


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule by its code, with the numbers of a framework, whom it is for, and its source."""

    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    scope: Scope = Scope()
    framework: str = ""
    source: str = ""
    confidence: str = ""
    relaxable_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreferenceInForce:
    """A preference by its code, with its level (1 is satisfied first) and weight in it."""

    code: str
    level: int
    weight: int = 1
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: which, by whom, where, and the sentence that says so.

    `by` is how much too much there is, or below zero too little, where that can be said;
    `excused` the relaxation that allows it.
    """

    rule: str
    unit: str | None
    duty: str | None
    text: Text
    values: Mapping[str, Value]
    by: int = 0
    excused: Relaxation | None = None

    def sentence(self, language: str) -> str:
        return render(self.text.in_(language), self.values, language)

    def excuse(self, language: str) -> str:
        """Who allowed it and why; empty when nobody did."""
        return render(_EXCUSE.in_(language), self.values, language) if self.excused else ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a parameter may be; the unit is for people."""

    unit: str
    at_least: int | None
    at_most: int | None


def parameter(
    *, unit: str = "", at_least: int | None = None, at_most: int | None = None
) -> Any:  # a dataclass field; Any, so that the annotation beside it says the type
    return field(metadata={"limits": Limits(unit, at_least, at_most)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameterised:
    """Fields made by `parameter()` are checked on construction (`InvalidParameters`)."""

    code: ClassVar[str]
    text: ClassVar[Text]

    def __post_init__(self) -> None:
        faults = [fault for f in fields(self) for fault in _faults(f, getattr(self, f.name))]
        if faults:
            raise InvalidParameters(type(self).code, faults)


def _faults(described: Any, value: object) -> Iterator[str]:
    limits = described.metadata.get("limits")
    if limits is None or isinstance(value, tuple | str) or described.type == "bool":
        return
    if isinstance(value, bool) or not isinstance(value, int):
        yield f"{described.name} is {value!r}, not a whole number"
    elif limits.at_least is not None and value < limits.at_least:
        yield f"{described.name} is {value}; at least {limits.at_least} {limits.unit}".rstrip()
    elif limits.at_most is not None and value > limits.at_most:
        yield f"{described.name} is {value}; at most {limits.at_most} {limits.unit}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Parameterised):
    """What must hold, said twice: to the model as clauses, to the checker as a plain search.

    The two share no idea, so that an error in one is caught by the other.
    """

    scope: Scope = Scope()

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        raise NotImplementedError

    def violations(
        self, problem: RosterProblem, sheet: Sheet, near: Near | None = None
    ) -> Iterator[Violation]:
        """Every breach; with `near`, all those at least that this unit on this duty can touch.

        So what a roster breaks with that pair and not without it is found near the pair.
        """
        raise NotImplementedError

    def broken(
        self, *, unit: str | None = None, duty: str | None = None, by: int = 0, **values: Value
    ) -> Violation:
        named = {key: name for key, name in (("unit", unit), ("duty", duty)) if name is not None}
        return Violation(type(self).code, unit, duty, type(self).text, {**named, **values}, by)


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityRule(Rule):
    """A rule that refuses pairs one by one: a refused pair gets no decision at all."""

    def forbids(self, problem: RosterProblem, unit: Unit, duty: Duty) -> bool:
        raise NotImplementedError

    def like_units(self, problem: RosterProblem, unit: Unit) -> Hashable:
        """Units with equal answers are refused the same duties: one of them is asked."""
        return unit.id

    def like_duties(self, problem: RosterProblem, duty: Duty) -> Hashable:
        """Duties with equal answers are refused to the same units."""
        return duty.id

    def constrain(self, problem: RosterProblem, on: Decisions, require: Require) -> None:
        """Nothing to say: the builder asks `forbids` before it makes a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference(Parameterised):
    """What should hold: a price for the model, and the same number from the roster alone."""

    def minimise(self, problem: RosterProblem, on: Decisions, cost: Cost) -> None:
        raise NotImplementedError

    def measure(self, problem: RosterProblem, sheet: Sheet, near: Near | None = None) -> int:
        """How far the roster is from the wish; with `near`, only what that pair can touch.

        So the difference of two measures near a pair is the exact change of the whole between
        rosters that differ in that pair alone.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Near:
    """The unit and duty around which to judge."""

    unit: str
    duty: str
