"""No more nights in a row than the service has settled on."""

from __future__ import annotations

from scheduler.duties import Duty
from scheduler.forces import DutyKind, Worked
from scheduler.moments import Span
from scheduler.rule import Scope
from tests.builders import DAYS, a_duty, a_member, a_problem, a_unit, a_week, at, in_force, worked
from tests.scheduler.verdicts import allowed, breaches

THREE = in_force("consecutive-nights", maximum_nights=3)


def a_night(day: str, hours: str = "22:00-30:00") -> Duty:
    starts, ends = hours.split("-")
    return a_duty(day, f"{day} {starts}", f"{day} {ends}", night=True)


def past_nights(*days: str, week: int = -1) -> list[Worked]:
    return [worked(f"{day} 22:00", f"{day} 30:00", week, night=True) for day in days]


NIGHTS = [a_night(day) for day in DAYS]


def doing(*names: str, unit: str = "p1") -> list[tuple[str, str]]:
    return [(unit, name) for name in names]


def test_three_nights_in_a_row_are_the_most() -> None:
    problem = a_problem([a_unit()], NIGHTS, [THREE])
    assert allowed(problem, *doing("Tue", "Wed", "Thu"))
    (found,) = breaches(problem, *doing("Tue", "Wed", "Thu", "Fri"))
    assert (found.unit, found.duty, found.by) == ("p1", "Fri", 1)
    assert found.sentence("de") == (
        "Nachtdienste von p1 in Folge, von Di. 1. Dez. 22:00 bis Fr. 4. Dez. 22:00: 4; "
        "höchstens 3."
    )


def test_a_night_off_starts_the_count_again() -> None:
    problem = a_problem([a_unit()], NIGHTS, [THREE])
    assert allowed(problem, *doing("Mon", "Tue", "Wed", "Fri", "Sat", "Sun"))


def test_a_day_duty_between_two_nights_is_a_night_off() -> None:
    days = [*NIGHTS[:3], a_duty("Thu", "Thu 12:00", "Thu 20:00"), a_night("Fri")]
    assert allowed(a_problem([a_unit()], days, [THREE]), *doing(*DAYS[:5]))


def test_past_nights_count() -> None:
    history = {"p1": past_nights("Sat", "Sun")}
    problem = a_problem([a_unit()], NIGHTS, [THREE], worked=history)
    assert allowed(problem, *doing("Mon"))
    assert not allowed(problem, *doing("Mon", "Tue"))


def test_nights_published_after_the_horizon_count() -> None:
    history = {"p1": past_nights("Mon", "Tue", week=1)}
    problem = a_problem([a_unit()], NIGHTS, [THREE], worked=history)
    assert allowed(problem, *doing("Sun"))
    assert not allowed(problem, *doing("Sat", "Sun"))


def test_one_night_can_join_past_and_future_ones() -> None:
    only_night = a_week(days=1)
    history = {"p1": [*past_nights("Sat", "Sun"), *past_nights("Tue", week=0)]}
    problem = a_problem([a_unit()], NIGHTS[:1], [THREE], horizon=only_night, worked=history)
    assert allowed(problem)
    assert not allowed(problem, *doing("Mon"))


def test_too_many_past_nights_are_no_breach_of_this_roster() -> None:
    history = {"p1": past_nights("Wed", "Thu", "Fri", "Sat")}
    problem = a_problem([a_unit()], NIGHTS, [THREE], worked=history)
    assert allowed(problem, *doing("Mon", "Tue", "Wed"))


def test_two_nights_on_one_date_are_one() -> None:
    """A short night ends before another begins on the same local date."""
    twice = [a_night("Wed"), a_duty("before", "Wed 00:30", "Wed 04:00", night=True)]
    problem = a_problem([a_unit()], [*NIGHTS[:2], *twice], [THREE])
    assert allowed(problem, *doing("Mon", "Tue", "Wed", "before"))
    problem = a_problem(
        [a_unit()], [*twice, *NIGHTS[3:5]], [in_force("consecutive-nights", maximum_nights=2)]
    )
    (found,) = breaches(problem, *doing("Wed", "before", "Thu", "Fri"))
    assert found.values["first"] == problem.moment(at("Wed 00:30"))
    problem = a_problem([a_unit()], [*NIGHTS[:2], *twice], problem.rules)
    (found,) = breaches(problem, *doing("Mon", "Tue", "Wed", "before"))
    assert found.values["last"] == problem.moment(at("Wed 00:30"))


def test_a_night_belongs_to_the_local_date_on_which_it_starts() -> None:
    horizon = a_week("2026-10-19", days=8)
    nights = [
        a_duty(f"{day} late", f"{day} 23:30", f"{day} 30:00", horizon=horizon, night=True)
        for day in ("Fri", "Sat", "Sun")
    ]
    small = a_duty("Mon", "Mon 00:30", "Mon 04:00", week=1, horizon=horizon, night=True)
    problem = a_problem([a_unit()], [*nights, small], [THREE], horizon=horizon)
    assert not allowed(problem, *doing("Fri late", "Sat late", "Sun late", "Mon"))


def test_a_night_that_starts_at_midnight_belongs_to_the_day_that_begins() -> None:
    """Though the unit reports on the day before."""
    two = in_force("consecutive-nights", maximum_nights=2)
    late = a_duty("late", "Thu 00:00", "Thu 06:00", before=20, night=True)
    problem = a_problem([a_unit()], [*NIGHTS, late], [two])
    assert allowed(problem, *doing("Mon", "Tue", "late"))
    (found,) = breaches(problem, *doing("late", "Fri", "Sat"))
    assert found.values["first"] == problem.moment(at("Thu 00:00"))
    (found,) = breaches(problem, *doing("Tue", "Wed", "late"))
    assert found.values["last"] == problem.moment(at("Thu 00:00"))


def test_a_member_on_leave_had_the_night_off() -> None:
    leave = Span(at("Wed 12:00"), at("Thu 12:00"))
    unit = a_unit("p1", a_member("m1", absences=(leave,)))
    nights = doing("Mon", "Tue", "Wed", "Thu")
    assert allowed(a_problem([unit], NIGHTS, [THREE]), *nights)
    pair = a_unit("p1", a_member("m1", absences=(leave,)), a_member("m2"))
    assert len(breaches(a_problem([pair], NIGHTS, [THREE]), *nights)) == 1


def test_nights_of_another_framework_add_to_those_of_this_one() -> None:
    since_thursday = Scope(during=Span(at("Thu 00:00"), at("Sun 24:00")))
    rule = in_force("consecutive-nights", since_thursday, maximum_nights=3)
    problem = a_problem([a_unit()], NIGHTS, [rule])
    assert not allowed(problem, *doing("Mon", "Tue", "Wed", "Thu"))
    assert allowed(problem, *doing("Mon", "Tue", "Wed"))
    until_wednesday = Scope(during=Span(at("Mon 00:00"), at("Thu 00:00")))
    rule = in_force("consecutive-nights", until_wednesday, maximum_nights=3)
    assert not allowed(a_problem([a_unit()], NIGHTS, [rule]), *doing("Wed", "Thu", "Fri", "Sat"))
    assert allowed(a_problem([a_unit()], NIGHTS, [rule]), *doing("Thu", "Fri", "Sat", "Sun"))


def test_of_a_clock_in_two_units_the_last_night_is_blamed() -> None:
    shared = a_member("m1")
    units = a_unit("p1", shared, a_member("m2")), a_unit("p2", shared, a_member("m3"))
    problem = a_problem(units, NIGHTS, [THREE])
    (found,) = breaches(problem, *doing("Mon", "Tue"), *doing("Wed", "Thu", unit="p2"))
    assert (found.unit, found.duty) == ("p2", "Thu")


def test_nights_before_a_framework_break_nothing_where_one_of_its_own_could_join_them() -> None:
    since = Scope(during=Span(at("Thu 23:00"), at("Sun 24:00")))
    late = a_duty("late", "Thu 23:30", "Thu 30:00", night=True)
    rule = in_force("consecutive-nights", since, maximum_nights=3)
    problem = a_problem([a_unit()], [*NIGHTS, late], [rule])
    assert allowed(problem, *doing("Mon", "Tue", "Wed", "Thu"))
    assert not allowed(problem, *doing("Mon", "Tue", "Wed", "late"))


def test_a_maximum_of_none_forbids_every_night() -> None:
    none = in_force("consecutive-nights", maximum_nights=0)
    assert not allowed(a_problem([a_unit()], NIGHTS, [none]), *doing("Wed"))


def test_a_night_on_standby_out_of_scope_is_a_night_off() -> None:
    rule = in_force("consecutive-nights", Scope(kinds=(DutyKind.PATROL,)), maximum_nights=3)
    standby = a_duty("Tue", "Tue 22:00", "Tue 30:00", night=True, kind=DutyKind.STANDBY)
    problem = a_problem([a_unit()], [NIGHTS[0], standby, *NIGHTS[2:]], [rule])
    assert allowed(problem, *doing("Mon", "Tue", "Wed", "Thu"))
