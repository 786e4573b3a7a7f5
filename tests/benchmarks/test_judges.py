"""The judges, on rosters small enough to be judged by hand."""

from __future__ import annotations

import pytest

from tests.benchmarks.judges import judge_shifts, judge_week
from tests.benchmarks.small import INSTANCE, a_duty, a_unit, a_week, week_text, when

ALONE = """\
SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
N,480,E
SECTION_STAFF
A,E=14|N=1,9999,0,3,2,2,1
SECTION_DAYS_OFF
A,13
SECTION_SHIFT_ON_REQUESTS
A,0,N,5
SECTION_SHIFT_OFF_REQUESTS
A,1,E,3
SECTION_COVER
0,E,2,100,1
1,E,0,100,7
"""


def shifts(*cells: str) -> str:
    """`"0E"` is shift E on day 0."""
    return "\n".join(("employee,day,shift", *(f"A,{cell[:-1]},{cell[-1]}" for cell in cells)))


def test_a_penalty_adds_requests_and_cover() -> None:
    assert judge_shifts(ALONE, shifts()).score == (5 + 200,)
    assert judge_shifts(ALONE, shifts("0E", "1E")).score == (5 + 3 + 100 + 7,)
    assert judge_shifts(ALONE, shifts("0N", "1N")).score == (200,)


@pytest.mark.parametrize(
    ("cells", "broken"),
    [
        (("0E",), 0),  # shorter than two, but it may have begun before
        (("12E",), 1),
        (("1E",), 1),
        (("1E", "2E"), 0),
        (("0E", "2E", "3E"), 1),  # one day off between
        (("0E", "3E", "4E"), 0),
        (("0E", "1E", "2E", "3E"), 1),
        (("2E", "3N"), 0),
        (("2N", "3E"), 1),
        (("2N", "3N"), 1),
        (("5E", "6E", "9E", "10E"), 0),  # Saturday and Sunday are one weekend
        (("5E", "6E", "11E", "12E"), 1),
        (("12E", "13E"), 1),
    ],
)
def test_a_contract_is_kept_or_broken_in_so_many_places(
    cells: tuple[str, ...], broken: int
) -> None:
    assert len(judge_shifts(ALONE, shifts(*cells)).broken) == broken


def test_two_shifts_on_a_day_and_strangers_are_refused() -> None:
    assert judge_shifts(ALONE, shifts("0E", "0N")).broken == ("A: two shifts on day 0",)
    assert len(judge_shifts(ALONE, shifts("0Q", "14E", "-1E")).broken) == 3


def test_minutes_lie_between_their_bounds() -> None:
    broken = judge_shifts(INSTANCE, "employee,day,shift\n").broken
    assert broken == tuple(f"{name}: 0 minutes" for name in "ABCD")


def week_of(*duties: dict[str, object], **unit: object) -> str:
    both = a_unit("p1", 2, "nl", "fr", qualifications=["searcher"], **unit)
    return week_text(a_week(units=[both, a_unit("m1", 3, "nl")], duties=list(duties)))


def rows(*pairs: str) -> str:
    return "\n".join(("unit,duty", *pairs))


def test_a_score_has_three_levels() -> None:
    week = week_of(a_duty(0, "night"), a_duty(5, "night"), a_duty(6, "late", "station"))
    pairs = ("p1,park-0-night", "p1,park-5-night", "p1,station-6-late")
    assert judge_week(week, rows()).score == (2 * 2 + 2 * 2 + 2, 2 * 5 + 2 * 5 + 5, 0)
    # Targets: one officer and two soldiers short on each. Two nights, two at the weekend.
    assert judge_week(week, rows(*pairs)).score == (0, 2 * 3 + 2 * 3 + 3, 4 + 4 + 3)


@pytest.mark.parametrize("rest_hours", [11, 10.9])
def test_rest_counts_from_release_to_report(rest_hours: float) -> None:
    released = -1 / 3 - rest_hours + 6
    week = week_of(a_duty(0, "early"), past=[[when(0, released - 8), when(0, released)]])
    assert bool(judge_week(week, rows("p1,park-0-early")).broken) == (rest_hours < 11)


def test_an_absence_may_touch_a_duty_and_not_overlap_it() -> None:
    until = when(0, 6 - 1 / 3)
    for ends, lawful in ((until, True), (when(0, 5.8), False)):
        week = week_of(a_duty(0, "early"), absences=[[when(-1, 0), ends]])
        assert (judge_week(week, rows("p1,park-0-early")).broken == ()) == lawful


def test_soldiers_go_with_the_police_or_not_at_all() -> None:
    week = week_of(a_duty(0, "late"), a_duty(1, "late", soldiers_allowed=False))
    assert judge_week(week, rows("p1,park-0-late", "m1,park-0-late")).broken == ()
    assert len(judge_week(week, rows("p1,park-1-late", "m1,park-1-late")).broken) == 1
    alone = judge_week(week, rows("m1,park-0-late")).broken
    assert alone[:2] == ("park-0-late: no police", "park-0-late: 3 soldiers with 0 officers")


def test_a_pair_that_stands_twice_is_refused() -> None:
    week = week_of(a_duty(0, "late"))
    broken = judge_week(week, rows("p1,park-0-late", "p1,park-0-late")).broken
    assert broken == ("p1 on park-0-late: 2 times",)
