"""The frameworks and mandates that bear on a week, as the scheduler understands them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from patrols.engagement.records import FrameworkRecord, MandateRecord, RuleRecord
from patrols.errors import FrameworkNotInForce
from patrols.rosters.working_time import REMEMBERED
from patrols.store.types import thawed
from scheduler.duties import AreaHours, Mandate
from scheduler.forces import DutyKind, Force
from scheduler.moments import DAY_MINUTES, LONGEST_HORIZON_MINUTES, Horizon, Span
from scheduler.rule import PreferenceInForce, RuleInForce, Scope

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)


def rules(session: Session, horizon: Horizon, week: str) -> tuple[RuleInForce, ...]:
    """Each rule for as long as its framework is valid; the days behind the week keep theirs.

    Raises `FrameworkNotInForce` when some moment of the week has no rules at all.
    """
    known = [f for f in _frameworks(session, horizon) if f.rules]
    reached = 0
    for validity in sorted(_validity(f, horizon) for f in known):
        if validity.starts <= reached:
            reached = max(reached, validity.ends)
    if reached < horizon.minutes:
        raise FrameworkNotInForce(week=week)
    return tuple(_rule(row, framework, horizon) for framework in known for row in framework.rules)


def in_force_during(rules: tuple[RuleInForce, ...], span: Span) -> tuple[str, ...]:
    """The frameworks that have a say in some part of the span."""
    return tuple(
        sorted(
            {r.framework for r in rules if r.scope.during is None or r.scope.during.overlaps(span)}
        )
    )


def preferences(session: Session, horizon: Horizon) -> tuple[PreferenceInForce, ...]:
    """The wishes of the frameworks in force when the week begins."""
    return tuple(
        PreferenceInForce(row.code, row.level, row.weight, thawed(row.parameters))
        for framework in _frameworks(session, horizon)
        if _validity(framework, horizon).overlaps(Span(0, 1))
        for row in framework.preferences
    )


def mandates(session: Session, horizon: Horizon, city: str) -> tuple[Mandate, ...]:
    found = (
        select(MandateRecord)
        .where(
            MandateRecord.city_id == city,
            MandateRecord.valid_to > horizon.instant(0),
            MandateRecord.valid_from < horizon.instant(horizon.minutes),
        )
        .order_by(MandateRecord.id)
    )
    return tuple(_mandate(row, horizon) for row in session.scalars(found))


def _frameworks(session: Session, horizon: Horizon) -> tuple[FrameworkRecord, ...]:
    found = (
        select(FrameworkRecord)
        .where(
            FrameworkRecord.valid_from < horizon.instant(horizon.minutes),
            or_(
                FrameworkRecord.valid_to.is_(None),
                FrameworkRecord.valid_to > horizon.instant(0) - REMEMBERED,
            ),
        )
        .order_by(FrameworkRecord.id)
        .options(selectinload(FrameworkRecord.rules), selectinload(FrameworkRecord.preferences))
    )
    return tuple(session.scalars(found))


def _validity(framework: FrameworkRecord, horizon: Horizon) -> Span:
    until = framework.valid_to
    return Span(
        horizon.moment(framework.valid_from),
        horizon.moment(until) if until else LONGEST_HORIZON_MINUTES,
    )


def _rule(row: RuleRecord, framework: FrameworkRecord, horizon: Horizon) -> RuleInForce:
    scope: dict[str, Any] = thawed(row.scope)
    return RuleInForce(
        code=row.code,
        parameters={
            name: tuple(value) if isinstance(value, list) else value
            for name, value in thawed(row.parameters).items()
        },
        scope=Scope(
            forces=tuple(Force(word) for word in scope.get("forces", ())),
            contracts=tuple(scope.get("contracts", ())),
            units=tuple(scope.get("units", ())),
            kinds=tuple(DutyKind(word) for word in scope.get("kinds", ())),
            areas=tuple(scope.get("areas", ())),
            during=_validity(framework, horizon),
        ),
        framework=framework.id,
        source=row.source,
        confidence=row.confidence,
        relaxable_by=tuple(row.relaxable_by),
    )


def _mandate(row: MandateRecord, horizon: Horizon) -> Mandate:
    valid = Span(horizon.moment(row.valid_from), horizon.moment(row.valid_to))
    return Mandate(
        id=row.id,
        authority=row.authority["en"],
        legal_basis=row.legal_basis["en"],
        valid=valid,
        areas=tuple(row.areas),
        hours=tuple(_hours(row.hours, horizon)),
        cap=row.cap,
        fictional=row.fictional,
    )


def _hours(windows: Any, horizon: Horizon) -> list[AreaHours]:
    """The weekly windows laid out over the horizon, with the days at its edges."""
    monday = horizon.monday()
    last = horizon.date(horizon.minutes - 1)
    stretches = []
    for offset in range(-1, (last - monday).days + 2):
        day = monday + offset * _DAY
        for window in windows:
            if WEEKDAYS[day.weekday()] in window["weekdays"]:
                begins, ends = _minute(window["from"]), _minute(window["until"])
                ends += DAY_MINUTES if ends <= begins else 0
                during = Span(horizon.at(day, begins), horizon.at(day, ends))
                stretches.append(AreaHours(window["area"], during))
    return sorted(stretches, key=lambda s: (s.area, s.during))


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
