from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from patrols.errors import UnknownWeek
from patrols.rosters.expansion import ShiftTimes, TemplateLine, duties_of, night_between
from patrols.rosters.weeks import bounds, monday_of, shifted, week_of
from scheduler.forces import DutyKind
from tests.databases import HOLIDAYS

BRUSSELS = "Europe/Brussels"
NIGHT = ShiftTimes("night", 22 * 60, 30 * 60, 20, 10)
EARLY = ShiftTimes("early", 6 * 60, 14 * 60, 20, 10)


def line(
    shift: ShiftTimes, weekday: int, kind: DutyKind = DutyKind.PATROL, number: int = 1
) -> TemplateLine:
    return TemplateLine("peterbos", shift, weekday, number, kind, (), (), 1, None)


def test_a_duty_is_named_after_week_area_day_shift_and_number() -> None:
    lines = (
        line(NIGHT, 3),
        line(NIGHT, 3, number=2),
        line(EARLY, 3, DutyKind.GUARD),
    )
    assert [duty.id for duty in duties_of(lines, "2026-W50", BRUSSELS, HOLIDAYS)] == [
        "2026-W50-peterbos-thu-night-1",
        "2026-W50-peterbos-thu-night-2",
        "2026-W50-peterbos-thu-early-guard-1",
    ]


@pytest.mark.parametrize(("week", "hours"), [("2026-W13", 7), ("2026-W43", 9), ("2026-W50", 8)])
def test_a_night_over_a_clock_change_lasts_what_it_lasts(week: str, hours: int) -> None:
    [duty] = duties_of((line(NIGHT, 5),), week, BRUSSELS, HOLIDAYS)
    assert duty.ends_at - duty.starts_at == timedelta(hours=hours)
    assert duty.starts_at - duty.reports_at == timedelta(minutes=20)
    assert duty.released_at - duty.ends_at == timedelta(minutes=10)


def test_a_night_is_at_least_three_hours_between_ten_and_six() -> None:
    def hours(starts: int, ends: int) -> timedelta:
        day = datetime(2026, 12, 9, tzinfo=UTC)
        return night_between(
            day + timedelta(hours=starts - 1), day + timedelta(hours=ends - 1), BRUSSELS
        )

    assert hours(22, 30) == timedelta(hours=8)
    assert hours(14, 22) == timedelta(0)
    assert hours(4, 12) == timedelta(hours=2)
    [night] = duties_of((line(NIGHT, 0),), "2026-W50", BRUSSELS, HOLIDAYS)
    [early] = duties_of((line(EARLY, 0),), "2026-W50", BRUSSELS, HOLIDAYS)
    assert (night.night, early.night) == (True, False)


@pytest.mark.parametrize(
    ("weekday", "shift", "weekend"),
    [(4, EARLY, False), (4, NIGHT, True), (5, EARLY, True), (6, NIGHT, True), (0, EARLY, False)],
)
def test_a_weekend_is_touched_from_saturday_midnight_to_sunday_midnight(
    weekday: int, shift: ShiftTimes, weekend: bool
) -> None:
    [duty] = duties_of((line(shift, weekday),), "2026-W50", BRUSSELS, HOLIDAYS)
    assert duty.weekend is weekend


def test_a_holiday_is_touched_even_when_the_duty_began_the_day_before() -> None:
    christmas_eve, christmas = (
        next(duties_of((line(NIGHT, day),), "2026-W52", BRUSSELS, HOLIDAYS)) for day in (3, 4)
    )
    assert christmas_eve.holiday
    assert christmas.holiday
    assert not next(duties_of((line(EARLY, 3),), "2026-W52", BRUSSELS, HOLIDAYS)).holiday


@pytest.mark.parametrize("name", ["2026-W54", "2026-50", "W50", "", "2026-W00"])
def test_what_is_no_week_is_refused(name: str) -> None:
    with pytest.raises(UnknownWeek):
        monday_of(name)


def test_weeks_follow_each_other_over_the_new_year() -> None:
    assert shifted("2026-W53", 1) == "2027-W01"
    assert week_of(date(2027, 1, 3)) == "2026-W53"
    starts_at, ends_at = bounds("2026-W13", BRUSSELS)
    assert ends_at - starts_at == timedelta(days=7) - timedelta(hours=1)
