"""What sentences about a roster call things, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from patrols.areas.records import AreaRecord, ProtectedPlaceRecord, TaskKindRecord
from patrols.engagement.records import FrameworkRecord, MandateRecord
from patrols.forces.records import QualificationKindRecord
from patrols.rosters.naming import text
from scheduler.wording import Name, Thing


def vocabulary(session: Session, city: str) -> tuple[Name, ...]:
    """Everything that has names and that a rule or a shortfall of this city may speak of."""
    return tuple(
        name
        for thing, wanted in _wanted(city)
        for name in _names(thing, session.execute(wanted.order_by("id")))
    )


def _wanted(city: str) -> Iterator[tuple[Thing, Select[str, Any]]]:
    area, place, mandate = AreaRecord, ProtectedPlaceRecord, MandateRecord
    task, held, framework = TaskKindRecord, QualificationKindRecord, FrameworkRecord
    within = select(area.id).where(area.city_id == city)
    yield Thing.AREA, select(area.id, area.names).where(area.city_id == city)
    yield Thing.PLACE, select(place.id, place.names).where(place.area_id.in_(within))
    yield Thing.QUALIFICATION, select(held.id, held.names)
    yield Thing.TASK, select(task.id, task.names)
    yield Thing.MANDATE, select(mandate.id, mandate.titles).where(mandate.city_id == city)
    yield Thing.FRAMEWORK, select(framework.id, framework.titles)


def _names(thing: Thing, rows: Iterable[Row[str, Any]]) -> Iterator[Name]:
    for key, names in rows:
        said = text(names)
        yield Name(thing, key, said.en, said.nl, said.fr, said.de)
