"""Belgian holidays of any year, against a table made by other means."""

from datetime import date

import pytest

from config.reference import Reference
from config.reference.holidays import easter_sunday

FIXED = {"01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25"}
MOVABLE = {
    2026: {"04-06", "05-14", "05-25"},
    2027: {"03-29", "05-06", "05-17"},
    2028: {"04-17", "05-25", "06-05"},
}


def butcher_easter(year: int) -> date:
    """Another rule for the same day (Nature, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), (i, k) = divmod(b, 4), divmod(c, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    n = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + n - 7 * ((a + 11 * h + 22 * n) // 451) + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", MOVABLE)
def test_the_ten_legal_holidays_are_those_of_the_table(reference: Reference, year: int) -> None:
    found = reference.holidays.in_year(year)

    assert [holiday.day.strftime("%m-%d") for holiday in found] == sorted(FIXED | MOVABLE[year])


def test_public_services_have_three_more(reference: Reference) -> None:
    legal = reference.holidays.in_year(2026)
    more = set(reference.holidays.in_year(2026, public_service=True)) - set(legal)

    assert sorted(holiday.day for holiday in more) == [
        date(2026, 11, 2),
        date(2026, 11, 15),
        date(2026, 12, 26),
    ]
    assert all(holiday.public_service for holiday in more)


def test_easter_agrees_with_another_rule_for_three_centuries() -> None:
    for year in range(1900, 2200):
        assert easter_sunday(year) == butcher_easter(year)


def test_no_year_is_missing(reference: Reference) -> None:
    for year in range(2026, 2100):
        assert len({holiday.day for holiday in reference.holidays.in_year(year)}) >= 9


def test_a_day_tells_whether_it_is_a_holiday(reference: Reference) -> None:
    christmas = reference.holidays.on(date(2031, 12, 25))

    assert christmas is not None
    assert (christmas.names.nl, christmas.names.fr) == ("Kerstmis", "Noël")
    assert reference.holidays.on(date(2031, 12, 24)) is None
