from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.errors import InvalidProblem
from scheduler.moments import DAY_MINUTES, Horizon, Span
from tests.builders import a_week


def test_a_night_into_summer_time_lasts_seven_hours() -> None:
    week = a_week("2026-03-23")
    saturday = date(2026, 3, 28)
    assert week.at(saturday, 30 * 60) - week.at(saturday, 22 * 60) == 7 * 60


def test_a_night_out_of_summer_time_lasts_nine_hours() -> None:
    week = a_week("2026-10-19")
    saturday = date(2026, 10, 24)
    assert week.at(saturday, 30 * 60) - week.at(saturday, 22 * 60) == 9 * 60


@pytest.mark.parametrize(
    ("monday", "hours"), [("2026-03-23", 167), ("2026-10-19", 169), ("2026-12-07", 168)]
)
def test_a_week_has_the_hours_that_pass(monday: str, hours: int) -> None:
    assert a_week(monday).minutes == hours * 60


def test_a_time_that_the_spring_change_skips_means_as_long_after_it() -> None:
    week = a_week("2026-03-23")
    assert week.local(week.at(date(2026, 3, 29), 150)).strftime("%H:%M") == "03:30"


def test_a_time_that_comes_twice_means_its_first_passing() -> None:
    week = a_week("2026-10-19")
    moment = week.at(date(2026, 10, 25), 150)
    assert week.instant(moment) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_weekends_and_weeks_are_local_calendar_days() -> None:
    week = a_week("2026-10-19")
    assert week.weekend(0).minutes == 49 * 60
    assert week.weekend(-1).minutes == 48 * 60
    assert week.week(0) == Span(0, week.minutes)
    assert list(week.weeks()) == [0]


@pytest.mark.parametrize(("day", "hours"), [((3, 28), 24), ((3, 29), 23), ((10, 25), 25)])
def test_a_day_is_local_and_has_the_hours_that_pass(day: tuple[int, int], hours: int) -> None:
    week = a_week("2026-03-23")
    span = week.day(date(2026, *day))
    assert (week.local(span.starts).hour, span.minutes) == (0, hours * 60)


def test_a_span_touches_the_days_of_its_minutes() -> None:
    week = a_week("2026-03-23")
    saturday, sunday = date(2026, 3, 28), date(2026, 3, 29)
    midnight = week.midnight(sunday)
    assert week.days_of(Span(midnight - 1, midnight)) == (saturday,)
    assert week.days_of(Span(midnight - 1, midnight + 1)) == (saturday, sunday)
    assert week.days_of(Span(midnight, midnight + 23 * 60)) == (sunday,)


@pytest.mark.parametrize(
    ("day", "length", "first", "after"),
    [
        ((2026, 11, 30), 1, (2026, 11, 1), (2026, 12, 1)),
        ((2026, 12, 1), 1, (2026, 12, 1), (2027, 1, 1)),
        ((2026, 11, 30), 2, (2026, 11, 1), (2027, 1, 1)),
        ((2026, 2, 28), 2, (2026, 1, 1), (2026, 3, 1)),
        ((2026, 6, 30), 3, (2026, 4, 1), (2026, 7, 1)),
        ((2026, 4, 30), 4, (2026, 1, 1), (2026, 5, 1)),
        ((2026, 7, 1), 6, (2026, 7, 1), (2027, 1, 1)),
        ((2026, 5, 1), 12, (2026, 1, 1), (2027, 1, 1)),
    ],
)
def test_months_are_counted_from_january(
    day: tuple[int, int, int],
    length: int,
    first: tuple[int, int, int],
    after: tuple[int, int, int],
) -> None:
    week = a_week("2026-11-30")
    span = week.months(date(*day), length)
    assert span == Span(week.midnight(date(*first)), week.midnight(date(*after)))


@given(st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)))  # noqa: DTZ001 - aware below
def test_moments_and_instants_are_each_others_inverse(naive: datetime) -> None:
    week = a_week("2026-03-23")
    instant = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    assert week.instant(week.moment(instant)) == instant


@given(
    st.dates(date(2025, 1, 1), date(2034, 1, 1)),
    st.integers(4 * 60, 2 * DAY_MINUTES).filter(lambda m: m % DAY_MINUTES >= 4 * 60),
)
def test_a_local_time_outside_the_change_is_read_back_as_it_was_said(
    day: date, minute: int
) -> None:
    week = a_week("2026-03-23")
    assert week.minute_of_day(week.at(day, minute)) == minute % DAY_MINUTES


def test_a_naive_start_or_an_endless_horizon_is_refused_with_both_faults() -> None:
    with pytest.raises(InvalidProblem) as refused:
        Horizon(datetime(2026, 1, 1), 367 * DAY_MINUTES)  # noqa: DTZ001 - naive on purpose
    assert [fault.split(":")[0] for fault in refused.value.faults] == [
        "horizon.starts_at",
        "horizon.minutes",
    ]


def test_half_open_spans_that_touch_do_not_overlap() -> None:
    assert not Span(0, 10).overlaps(Span(10, 20))
    assert Span(0, 10).overlap_minutes(Span(4, 20)) == 6
    assert Span(0, 10).contains(Span(0, 10))
