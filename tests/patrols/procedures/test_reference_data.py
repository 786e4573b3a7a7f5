from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from patrols.areas.records import AreaRecord, CoverageRecord, ShiftRecord, TravelRecord
from patrols.availability.records import AbsenceRecord
from patrols.bootstrap import load
from patrols.engagement.records import FrameworkRecord, MandateRecord
from patrols.errors import NotAllowed
from patrols.forces.records import MemberRecord, QualificationRecord, UnitRecord
from patrols.journal.queries import entries
from patrols.procedures.reference_data import load_reference
from patrols.store.base import Base
from patrols.store.office import Office
from scheduler.forces import Force
from tests.databases import MONDAY
from tests.people import PLANNER


def number_of(office: Office, record: type[Base]) -> int:
    with office.store.reading() as session:
        return session.scalar(select(func.count()).select_from(record)) or 0


def test_brussels_has_its_areas_with_the_ways_between_them(brussels: Office) -> None:
    assert number_of(brussels, AreaRecord) == 6
    assert number_of(brussels, TravelRecord) == 6 * 5 / 2
    with brussels.store.reading() as session:
        area = session.get_one(AreaRecord, "peterbos")
        assert area.polygon[0] == area.polygon[-1]
        assert area.approximate


def test_the_demo_has_forty_five_fictional_soldiers(brussels: Office) -> None:
    with brussels.store.reading() as session:
        soldiers = session.scalars(
            select(MemberRecord).join(UnitRecord).where(UnitRecord.force == Force.MILITARY)
        ).all()
        units = session.scalars(select(UnitRecord)).all()
    assert len(soldiers) == 45
    assert all(unit.fictional for unit in units)


def test_a_night_shift_ends_on_the_next_day(brussels: Office) -> None:
    with brussels.store.reading() as session:
        night = session.get_one(ShiftRecord, "night")
    assert (night.starts_minute, night.ends_minute) == (22 * 60, 30 * 60)


def test_demo_days_count_from_the_week_in_review(office: Office) -> None:
    later = MONDAY + timedelta(days=7 * 104)
    load(office, later)
    with office.store.reading() as session:
        absence = session.scalars(
            select(AbsenceRecord).where(AbsenceRecord.unit_id == "DEF-09")
        ).one()
        assert absence.starts_at == datetime(2028, 11, 26, 23, tzinfo=UTC)
        expiry = session.get_one(QualificationRecord, ("M-0001", "first-aid")).expires_on
        assert expiry == date(2028, 11, 27) + timedelta(days=4)


def test_loading_again_changes_nothing_that_people_entered(brussels: Office) -> None:
    with brussels.store.transaction() as work:
        work.session.get_one(AreaRecord, "peterbos").priority = 1
        work.session.get_one(UnitRecord, "5339-A").smallest = 1
        work.session.delete(
            work.session.scalars(
                select(AbsenceRecord).where(AbsenceRecord.unit_id == "DEF-09")
            ).one()
        )
    before = number_of(brussels, CoverageRecord), number_of(brussels, AbsenceRecord)
    load(brussels, MONDAY + timedelta(days=70))
    with brussels.store.reading() as session:
        assert session.get_one(AreaRecord, "peterbos").priority == 1
        assert session.get_one(UnitRecord, "5339-A").smallest == 1
    assert (number_of(brussels, CoverageRecord), number_of(brussels, AbsenceRecord)) == before
    assert len(entries(brussels, PLANNER, kind="reference")) == 1


def test_outside_a_demo_nobody_is_invented(office: Office) -> None:
    load(replace(office, demo=False), MONDAY)
    assert number_of(office, AreaRecord) == 6
    assert number_of(office, FrameworkRecord) > 3
    for invented in (UnitRecord, CoverageRecord, MandateRecord):
        assert number_of(office, invented) == 0


def test_a_planner_loads_no_reference_data(office: Office) -> None:
    with pytest.raises(NotAllowed):
        load_reference(office, PLANNER, groups=())
