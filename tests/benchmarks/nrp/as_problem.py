"""An instance of Curtois and Qu as one of our own problems: our rules, our preferences.

A person is a unit of one, a shift on a day is a duty. All shifts of a day begin at its midnight,
so that nobody can have two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from scheduler.duties import Area, Duty, Need
from scheduler.errors import InvalidProblem
from scheduler.forces import Clock, DutyKind, Force, Member, Request, Unit
from scheduler.formats import parameter_faults
from scheduler.moments import DAY_MINUTES, LONGEST_HORIZON_MINUTES, Horizon, Span
from scheduler.problem import RosterProblem
from scheduler.rule import Parameter, PreferenceInForce, RuleInForce, Scope
from tests.benchmarks.faulty import FaultyFile
from tests.benchmarks.nrp.instance import Contract, Employee, Instance

MONDAY = datetime(2001, 1, 1, tzinfo=UTC)  # any will do: no clock changes in UTC
PLACE = "place"
MOST = 1000  # that one need may be given
Parameters = Mapping[str, Parameter]
Asked = Callable[[Employee, Instance], Parameters | None]


def instance_problem(instance: Instance) -> RosterProblem:
    """Raises `FaultyFile` with all that our problem refuses."""
    try:
        problem = RosterProblem(
            city=PLACE,
            horizon=Horizon(MONDAY, instance.days * DAY_MINUTES, timezone="UTC"),
            areas=(Area(PLACE, PLACE),),
            units=tuple(
                Unit(person.id, Force.POLICE, (Member(person.id, person.id),))
                for person in instance.staff
            ),
            clocks=tuple(Clock(person.id) for person in instance.staff),
            duties=tuple(_duties(instance)),
            rules=tuple(_rules(instance)),
            preferences=PREFERENCES,
            requests=tuple(_requests(instance)),
        )
    except InvalidProblem as error:
        raise FaultyFile(error.faults) from None
    if faults := tuple(parameter_faults(problem)):
        raise FaultyFile(faults)
    return problem


def duty_id(day: int, shift: str) -> str:
    """The duty of a shift on a day; in the order of their names days follow each other."""
    return f"{day:03}-{shift}"


def cell_of(duty: str) -> tuple[str, str]:
    """Day and shift of a duty."""
    day, _, shift = duty.partition("-")
    return str(int(day)), shift


def _duties(instance: Instance) -> Iterator[Duty]:
    """Every shift on every day, in order of days, whatever cover asks of it."""
    covers = {(cover.day, cover.shift): cover for cover in instance.covers}
    for day in range(instance.days):
        for shift in instance.shifts:
            starts, ends = day * DAY_MINUTES, day * DAY_MINUTES + shift.minutes
            cover = covers.get((day, shift.id))
            need = Need(
                id="cover",
                minimum=0,
                target=cover.needed if cover else 0,
                maximum=MOST,
                force=Force.POLICE,
                tasks=(shift.id,),
                under_weight=cover.under if cover else 0,
                over_weight=cover.over if cover else 0,
            )
            yield Duty(
                duty_id(day, shift.id),
                DutyKind.PATROL,
                PLACE,
                *(starts, starts, ends, ends),
                needs=(need,),
                shift=shift.id,
            )


def _requests(instance: Instance) -> Iterator[Request]:
    """Equal requests as one with their weights added."""
    weights: Counter[tuple[str, int, str, bool]] = Counter()
    for asked in instance.requests:
        weights[asked.employee, asked.day, asked.shift, asked.wanted] += asked.weight
    for (employee, day, shift, wanted), weight in weights.items():
        during = Span(day * DAY_MINUTES, (day + 1) * DAY_MINUTES)
        yield Request(employee, during, shift, on=wanted, weight=weight)


def _rules(instance: Instance) -> Iterator[RuleInForce]:
    """What limits somebody in this horizon; persons of whom the same is asked share a rule."""
    yield RuleInForce("one-place-at-a-time")
    successions = tuple(f"{s.id}>{later}" for s in instance.shifts for later in s.not_before)
    if successions:
        yield RuleInForce("forbidden-successions", {"successions": successions})
    for code, asked in _LIMITS.items():
        yield from _shared(instance, code, asked)
    for shift in instance.shifts:
        yield from _shared(instance, "maximum-duties-of-a-kind", _at_most_of(shift.id))


def _shared(instance: Instance, code: str, asked: Asked) -> Iterator[RuleInForce]:
    """One rule for all of whom it asks the same; no scope where that is everybody."""
    groups: dict[tuple[tuple[str, Parameter], ...], list[str]] = {}
    for person in instance.staff:
        parameters = asked(person, instance)
        if parameters is not None:
            groups.setdefault(tuple(parameters.items()), []).append(person.id)
    for items, persons in groups.items():
        everybody = len(persons) == len(instance.staff)
        yield RuleInForce(code, dict(items), Scope(units=() if everybody else tuple(persons)))


def _minutes(person: Employee, _: Instance) -> Parameters:
    return {
        "minimum_minutes": min(person.contract.minimum_minutes, LONGEST_HORIZON_MINUTES),
        "maximum_minutes": min(person.contract.maximum_minutes, LONGEST_HORIZON_MINUTES),
    }


def _in_a_row(person: Employee, instance: Instance) -> Parameters | None:
    most = person.contract.maximum_consecutive_shifts
    return {"maximum_days": most} if most < instance.days else None


def _at_least(minimum: Callable[[Contract], int]) -> Asked:
    def asked(person: Employee, _: Instance) -> Parameters | None:
        days = minimum(person.contract)
        return {"minimum_days": days, "waived_at_edges": True} if days > 1 else None

    return asked


def _weekends(person: Employee, instance: Instance) -> Parameters | None:
    most = person.contract.maximum_weekends
    return {"maximum_weekends": most} if most < len(instance.weekends) else None


def _off(person: Employee, _: Instance) -> Parameters | None:
    first = MONDAY.date()
    dates = tuple((first + timedelta(days=day)).isoformat() for day in person.days_off)
    return {"dates": dates} if dates else None


def _never(person: Employee, _: Instance) -> Parameters | None:
    """A maximum of none at all: so no decision is made about it."""
    shifts = tuple(shift for shift, most in person.contract.maximum_shifts if not most)
    return {"tasks": shifts} if shifts else None


def _at_most_of(shift: str) -> Asked:
    def asked(person: Employee, instance: Instance) -> Parameters | None:
        most = dict(person.contract.maximum_shifts).get(shift, instance.days)
        limits = 0 < most < instance.days
        return {"shifts": (shift,), "maximum_duties": most} if limits else None

    return asked


_LIMITS: Mapping[str, Asked] = {
    "days-off": _off,
    "forbidden-tasks": _never,
    "minutes-in-horizon": _minutes,
    "maximum-consecutive-duties": _in_a_row,
    "minimum-consecutive-duties": _at_least(lambda c: c.minimum_consecutive_shifts),
    "minimum-consecutive-days-off": _at_least(lambda c: c.minimum_consecutive_days_off),
    "maximum-weekends": _weekends,
}

PREFERENCES = (
    PreferenceInForce("under-cover", level=1),
    PreferenceInForce("over-cover", level=1),
    PreferenceInForce("requests", level=1),
)
