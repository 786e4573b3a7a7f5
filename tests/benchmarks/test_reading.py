"""Public files are read as their authors write them, and refused with every fault at once."""

from __future__ import annotations

import pytest

from scheduler.forces import Force
from tests.benchmarks.faulty import FaultyFile
from tests.benchmarks.nrp.as_problem import cell_of, instance_problem
from tests.benchmarks.nrp.instance import read_instance
from tests.benchmarks.small import INSTANCE, a_duty, a_unit, a_week, week_text, when
from tests.benchmarks.weeks.as_problem import week_problem
from tests.benchmarks.weeks.week import read_week


def faults_of_instance(text: str) -> tuple[str, ...]:
    with pytest.raises(FaultyFile) as refused:
        instance_problem(read_instance(text))
    return refused.value.faults


def faults_of_week(**more: object) -> tuple[str, ...]:
    with pytest.raises(FaultyFile) as refused:
        week_problem(read_week(week_text(a_week(**more))))
    return refused.value.faults


def test_comments_empty_lines_and_carriage_returns_do_not_matter() -> None:
    plain = read_instance(INSTANCE)
    assert read_instance(INSTANCE.replace("\n", "\r\n")) == plain
    assert read_instance(INSTANCE.replace("\n", "\n# a comment\n\n")) == plain
    assert (plain.days, len(plain.staff), len(plain.requests), len(plain.covers)) == (9, 4, 6, 14)


def test_sections_may_be_empty_or_missing() -> None:
    text = "SECTION_HORIZON\n3\nSECTION_SHIFTS\nD,480\nSECTION_STAFF\nSECTION_COVER\n"
    problem = instance_problem(read_instance(text))
    assert (problem.units, len(problem.duties)) == ((), 3)


def test_lists_between_bars_are_read_whole() -> None:
    instance = read_instance(INSTANCE.replace("L,600,E", "L,600,E|L"))
    assert instance.shifts[1].not_before == ("E", "L")
    assert instance.staff[2].contract.maximum_shifts == (("E", 9), ("L", 2))
    assert instance.staff[2].days_off == (5, 6)


def test_every_fault_of_an_instance_is_told_with_its_line() -> None:
    text = (
        INSTANCE.replace("\n9\n", "\n0\n", 1)
        .replace("E,480,", "E,5000,")
        .replace("A,2\n", "A,x\nZ,1\n")
        .replace("D,8,L,2", "D,8,Q,-2")
        .replace("8,L,1,100,1", "8,L,1,100,1\n8,L,1,100,1\n8,L,1")
        .replace("SECTION_COVER", "SECTION_COVERAGE\nSECTION_COVER")
    )
    told = "\n".join(faults_of_instance(text))
    for fault in (
        "line 3: days of the horizon is 0; from 1 to 366 are possible",
        "line 7: length of the shift is 5000; from 1 to 1440 are possible",
        "line 17: day off is 'x', not a whole number",
        "line 18: unknown employee 'Z'",
        "line 29: unknown shift 'Q'",
        "line 29: weight is -2; from 0 to 1000000 are possible",
        "line 31: unknown section SECTION_COVERAGE",
        "line 47: cover of L on day 8 stands twice: keep one",
        "line 48: 3 fields in SECTION_COVER; it has 5",
    ):
        assert fault in told
    assert len(told.splitlines()) == 9


def test_an_employee_is_asked_for_possible_minutes() -> None:
    (fault,) = faults_of_instance(INSTANCE.replace("4320,1920", "1000,1920"))
    assert fault == "line 11: min total minutes 1920 are more than max total minutes 1000"


def test_every_shift_can_be_had_on_every_day_whatever_cover_asks() -> None:
    problem = instance_problem(read_instance(INSTANCE))
    cells = {cell_of(duty.id) for duty in problem.duties}
    assert cells == {(str(day), shift) for day in range(9) for shift in ("E", "L")}


def test_those_of_whom_the_same_is_asked_share_a_rule() -> None:
    problem = instance_problem(read_instance(INSTANCE))
    scopes = {
        (rule.code, tuple(rule.parameters.values())): rule.scope.units for rule in problem.rules
    }
    assert scopes["maximum-consecutive-duties", (4,)] == ("A", "B")
    assert scopes["minimum-consecutive-duties", (2, True)] == ("A", "B", "D")
    assert scopes["forbidden-tasks", (("L",),)] == ("B",)
    assert scopes["maximum-duties-of-a-kind", (("L",), 2)] == ("C",)
    assert scopes["days-off", (("2001-01-03",),)] == ("A",)
    assert ("minimum-consecutive-duties", (1, True)) not in scopes


def test_a_unit_is_as_many_members_on_one_clock() -> None:
    problem = week_problem(read_week(week_text()))
    unit = problem.unit("p2")
    assert (unit.force, len(unit.members), unit.smallest) == (Force.POLICE, 3, 3)
    assert {member.clock for member in unit.members} == {"p2"}
    assert [work.span.minutes for work in problem.clock("p1").worked] == [510, 480]


def test_a_week_may_begin_on_any_day_at_its_midnight() -> None:
    later = {"starts_at": when(1, 0), "duties": [a_duty(2, "early")], "units": [a_unit("p1", 2)]}
    problem = week_problem(read_week(week_text(a_week(**later))))
    duty = problem.duties[0]
    assert (duty.starts_at, problem.horizon.week(0).starts) == (30 * 60, 0)
    assert faults_of_week(**{**later, "starts_at": when(1, 1)}) == (
        "starts_at: 01:00; only a week from midnight is supported",
    )


def test_a_unit_without_an_area_serves_nowhere() -> None:
    units = [a_unit("p1", 2, "nl", "fr"), a_unit("p9", 2, areas=[])]
    problem = week_problem(read_week(week_text(a_week(units=units))))
    assert [unit.id for unit in problem.units] == ["p1"]


def test_every_fault_of_a_week_is_told_with_its_field() -> None:
    units = [a_unit("p1", 2, areas=["moon"]), a_unit("p1", 2, past=[[when(0, 1), when(0, 2)]])]
    duties = [
        a_duty(0, "early", police_minimum=4),
        a_duty(9, "late"),
        a_duty(1, "late", ends_at=when(1, 13), area="sea"),
    ]
    told = "\n".join(faults_of_week(units=units, duties=duties, format="tandem-week/9"))
    for fault in (
        "format: 'tandem-week/9'; this reads 'tandem-week/1'",
        "units: p1 stands 2 times; keep one",
        "units p1.areas: unknown area moon",
        "units p1.past from 2026-12-07T01:00:00+01:00: begins inside the horizon",
        "duties park-0-early.police_target: 3 is below police_minimum",
        "duties park-9-late.starts_at: outside the horizon",
        "duties sea-1-late: needs reports_at <= starts_at < ends_at <= released_at",
        "duties sea-1-late.area: unknown area sea",
    ):
        assert fault in told


def test_numbers_that_are_none_and_rules_that_nobody_knows_are_refused_by_field() -> None:
    rules = {**a_week()["rules"], "rest_minutes": -1, "lunch_minutes": 30}
    told = "\n".join(faults_of_week(rules=rules, units=[a_unit("p1", 0)]))
    for field in ("rules.rest_minutes", "rules.lunch_minutes", "units.0.persons"):
        assert field in told
    with pytest.raises(FaultyFile, match="Invalid JSON"):
        read_week('{"units": [NaN')
