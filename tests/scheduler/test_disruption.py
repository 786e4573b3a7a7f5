"""What happens to a problem and its roster, before anybody thinks about mending it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.changes import changes
from scheduler.disruption import (
    Absent,
    Added,
    Cancelled,
    Disruption,
    NeedChanged,
    Overran,
)
from scheduler.disturbance import Disturbance, disturbed
from scheduler.errors import InvalidProblem
from scheduler.moments import Span
from scheduler.problem import RosterProblem
from scheduler.relaxation import Relaxation
from scheduler.roster import Assignment, RosterDiff
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, at, in_force, taken

MONDAY = Span(at("Mon 00:00"), at("Tue 00:00"))
DUTIES = (
    a_duty("mon", "Mon 06:00", "Mon 14:00", needs=(a_need(minimum=1),), shift="early"),
    a_duty("tue", "Tue 06:00", "Tue 14:00", needs=(a_need(minimum=1),), shift="early"),
)


def week(**more: Any) -> RosterProblem:
    units = [a_unit("p1", a_member("m1"), a_member("m2"), smallest=2), a_unit("p2")]
    return a_problem(units, DUTIES, [in_force("absence")], **more)


def after(
    problem: RosterProblem, *disruptions: Disruption, pairs: tuple[tuple[str, str], ...]
) -> Disturbance:
    return disturbed(problem, taken(problem, *pairs), disruptions)


def test_who_is_absent_is_off_the_duties_of_that_time_alone() -> None:
    found = after(week(), Absent(MONDAY, unit="p1"), pairs=(("p1", "mon"), ("p1", "tue")))
    assert found.standing.pairs == {("p1", "tue")}
    assert found.struck == {("p1", "mon")}
    assert all(member.away(MONDAY) for member in found.problem.unit("p1").members)


def test_one_member_takes_the_unit_along_where_too_few_are_left() -> None:
    absence = Absent(MONDAY, member="m1")
    found = after(week(), absence, pairs=(("p1", "mon"), ("p2", "mon")))
    assert found.standing.pairs == {("p2", "mon")}
    assert [m.away(MONDAY) for m in found.problem.unit("p1").members] == [True, False]
    smaller = replace(week(), units=tuple(replace(u, smallest=1) for u in week().units))
    assert after(smaller, absence, pairs=(("p1", "mon"),)).standing.pairs == {("p1", "mon")}


def test_a_cancelled_duty_is_gone_with_all_that_was_granted_for_it() -> None:
    rule = replace(in_force("absence"), relaxable_by=("chief",))
    granted = [
        Relaxation("absence", "chief", "agreed", duties=("mon",)),
        Relaxation("absence", "chief", "agreed", duties=("mon", "tue")),
    ]
    problem = replace(week(), rules=(rule,), relaxations=tuple(granted))
    found = after(problem, Cancelled("mon"), pairs=(("p1", "mon"), ("p2", "tue")))
    assert [duty.id for duty in found.problem.duties] == ["tue"]
    assert [relaxation.duties for relaxation in found.problem.relaxations] == [("tue",)]
    assert found.standing.pairs == {("p2", "tue")}


def test_a_need_is_replaced_by_its_id_or_stands_beside_the_others() -> None:
    changed = a_need(minimum=2, target=2)
    other = a_need(None, target=3, id="all")
    found = after(week(), NeedChanged("mon", changed), NeedChanged("mon", other), pairs=())
    assert found.problem.duty("mon").needs == (changed, other)
    assert found.problem.duty("tue").needs == DUTIES[1].needs
    assert found.asked == {"mon"}


def test_a_new_duty_is_there_and_nobody_on_it() -> None:
    found = after(week(), Added(a_duty("wed", "Wed 06:00", "Wed 14:00")), pairs=(("p1", "mon"),))
    assert found.problem.has_duty("wed")
    assert not found.before.has_duty("wed")
    assert found.standing.pairs == {("p1", "mon")}


def test_an_overrun_is_history_that_nobody_moves() -> None:
    found = after(week(), Overran("mon", at("Mon 18:00")), pairs=(("p1", "mon"),))
    duty = found.problem.duty("mon")
    assert (duty.ends_at, duty.released_at, duty.overran) == (
        at("Mon 14:00"),
        at("Mon 18:00"),
        True,
    )
    assert not found.movable(duty)
    assert found.movable(found.problem.duty("tue"))


@pytest.mark.parametrize(
    ("leave", "then"),
    [
        (("Mon 15:00", "Wed 00:00"), ("Mon 18:00", "Wed 00:00")),
        (("Mon 15:00", "Mon 16:00"), None),
        (("Mon 18:00", "Mon 20:00"), ("Mon 18:00", "Mon 20:00")),
    ],
)
def test_leave_that_was_to_begin_during_an_overrun_begins_after_it(
    leave: tuple[str, str], then: tuple[str, str] | None
) -> None:
    away = (Span(*map(at, leave)),)
    crews = [
        a_unit("p1", a_member("m1", absences=away)),
        a_unit("p2", a_member("m2", absences=away)),
    ]
    problem = a_problem(crews, DUTIES, [in_force("absence")])
    found = after(problem, Overran("mon", at("Mon 18:00")), pairs=(("p1", "mon"),))
    assert found.standing.pairs == {("p1", "mon")}
    there, home = (found.problem.unit(name).members[0].absences for name in ("p1", "p2"))
    assert there == ((Span(*map(at, then)),) if then else ())
    assert home == away


def test_who_is_away_with_one_unit_is_away_with_all() -> None:
    shared = a_member("m1")
    problem = a_problem(
        [a_unit("p1", shared), a_unit("p2", shared)], DUTIES, [in_force("absence")]
    )
    found = after(problem, Absent(MONDAY, unit="p1"), pairs=(("p2", "mon"),))
    assert found.standing.pairs == set()


def test_what_began_before_the_freeze_stays_and_pins_stand_with_the_roster() -> None:
    pin = Assignment("p2", "tue", pinned=True)
    problem = week(frozen_until=at("Mon 12:00"), pinned=(pin,))
    found = after(problem, pairs=(("p1", "mon"), ("p1", "tue")))
    assert [found.movable(duty) for duty in found.problem.duties] == [False, True]
    assert found.pinned == {("p2", "tue")}
    assert found.problem.pinned == ()
    assert [(unit.id, duty.id) for unit, duty in found.free] == [("p1", "tue")]


def test_changes_count_from_the_reference_where_there_is_one() -> None:
    known = (Assignment("p2", "mon"), Assignment("p1", "gone"))
    assert after(week(reference=known), pairs=(("p1", "mon"),)).told.pairs == {("p2", "mon")}
    assert after(week(), pairs=(("p1", "mon"),)).told.pairs == {("p1", "mon")}


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(InvalidProblem) as error:
        after(
            week(),
            Absent(MONDAY),
            Absent(MONDAY, unit="p1", member="m1"),
            Absent(Span(5, 5), unit="p9"),
            Added(a_duty("tue")),
            Cancelled("mon"),
            Cancelled("mon"),
            Overran("mon", at("Mon 13:00")),
            NeedChanged("sun", a_need()),
            NeedChanged("tue", a_need()),
            NeedChanged("tue", a_need()),
            pairs=(),
        )
    assert error.value.faults == (
        "absence: name a unit or a member, one of the two",
        "absence: name a unit or a member, one of the two",
        "absence of p9: is not in the problem",
        "absence of p9: has to end after it starts",
        "new duty tue: is in the problem already",
        "overrun of duty mon: is not released later than planned",
        "changed need of duty sun: is not in the problem",
        "cancelled duty mon: stands 2 times",
        "overrun of duty mon: is cancelled as well",
        "changed need of duty tue, need police: stands 2 times",
    )


def test_a_new_duty_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(InvalidProblem, match="duty wed: unknown area nowhere"):
        after(week(), Added(a_duty("wed", "Wed 06:00", "Wed 14:00", area="nowhere")), pairs=())


SENTENCES = {
    "en": [
        "p1 takes on peterbos, Mon 30 Nov late instead of peterbos, Mon 30 Nov early.",
        "p2 no longer has peterbos, Tue 1 Dec early.",
        "p3 takes on peterbos, Wed 2 Dec early.",
    ],
    "nl": [
        (
            "p1 neemt peterbos, ma 30 nov late dienst op zich in plaats van peterbos, "
            "ma 30 nov vroege dienst."
        ),
        "peterbos, di 1 dec vroege dienst vervalt voor p2.",
        "p3 neemt peterbos, wo 2 dec vroege dienst op zich.",
    ],
    "fr": [
        "p1 assure peterbos, lun. 30 nov. après-midi au lieu de peterbos, lun. 30 nov. matin.",
        "p2 n'assure plus peterbos, mar. 1 déc. matin.",
        "p3 assure peterbos, mer. 2 déc. matin.",
    ],
    "de": [
        "p1 übernimmt peterbos, Mo. 30. Nov. Spätdienst statt peterbos, Mo. 30. Nov. Frühdienst.",
        "peterbos, Di. 1. Dez. Frühdienst entfällt für p2.",
        "p3 übernimmt peterbos, Mi. 2. Dez. Frühdienst.",
    ],
}


@pytest.mark.parametrize("language", SENTENCES)
def test_changes_are_told_unit_by_unit_even_of_a_duty_that_is_gone(language: str) -> None:
    duties = [
        *DUTIES,
        a_duty("late", "Mon 14:00", "Mon 22:00", shift="late"),
        a_duty("wed", "Wed 06:00", "Wed 14:00", shift="early"),
    ]
    problem = a_problem([a_unit("p1"), a_unit("p2"), a_unit("p3")], duties)
    found = after(problem, Cancelled("tue"), pairs=(("p1", "mon"), ("p2", "tue")))
    repaired = taken(found.problem, ("p1", "late"), ("p3", "wed"))
    told = changes(found, RosterDiff.between(found.told, repaired))
    assert [change.sentence(language) for change in told] == SENTENCES[language]
    assert [(c.unit, c.duty, c.instead_of) for c in told] == [
        ("p1", "late", "mon"),
        ("p2", None, "tue"),
        ("p3", "wed", None),
    ]


def test_a_duty_of_another_day_is_told_apart_from_the_one_that_goes() -> None:
    problem = week()
    found = after(problem, pairs=(("p1", "mon"),))
    told = changes(found, RosterDiff.between(found.told, taken(problem, ("p1", "tue"))))
    assert [(c.duty, c.instead_of) for c in told] == [(None, "mon"), ("tue", None)]
