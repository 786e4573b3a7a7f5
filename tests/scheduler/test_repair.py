"""Ways to go on with a roster after something happened to it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from scheduler.disruption import Added, Cancelled, NeedChanged, Overran
from scheduler.disturbance import disturbed
from scheduler.duties import Count
from scheduler.errors import InvalidProblem, ModelDisagrees
from scheduler.planner import repair
from scheduler.repair import MOST, Proof, Repairs
from scheduler.roster import Assignment, Role
from scheduler.rule import PreferenceInForce
from tests.builders import HOUR, a_need, a_unit, at, in_force, taken
from tests.scheduler.offices import (
    ONE,
    RULES,
    SOME,
    WISHES,
    a_shift,
    after,
    costs,
    gone,
    new,
    office,
    sick,
)


def test_somebody_free_steps_in_for_the_absent_and_nobody_else_hears_of_it() -> None:
    problem = office(3, a_shift("a", "Mon"), a_shift("b", "Mon"))
    best, *_ = after(problem, [("p1", "a"), ("p2", "b")], sick("p1", "Mon"))
    assert (new(best), gone(best)) == ([("p3", "a")], [("p1", "a")])
    assert best.people == ("p1-1", "p1-2", "p3-1", "p3-2")
    assert (costs(best), best.opened, best.standing) == ([0, 0, 4, 0], (), ())
    assert best.proof is Proof.MINIMAL
    assert [change.sentence("en") for change in best.changes] == [
        "p1 no longer has peterbos, Mon 30 Nov, 06:00.",
        "p3 takes on peterbos, Mon 30 Nov, 06:00.",
    ]


def test_a_unit_that_can_still_go_keeps_its_duty_and_its_missing_member_is_replaced() -> None:
    need = (a_need(minimum=3, target=3, maximum=4, counts=Count.PERSONS),)
    crews = [a_unit("p1", persons=3), a_unit("p2", persons=1), a_unit("p3", persons=2)]
    problem = office(crews, a_shift("a", "Mon", needs=need))
    away = replace(sick("p1", "Mon"), unit="", member="p1-2")
    best, *_ = after(problem, [("p1", "a")], away)
    assert (new(best), gone(best)) == ([("p2", "a")], [])
    assert best.people == ("p1-2", "p2-1")


def test_who_loses_a_duty_is_sent_where_somebody_is_missing_and_nobody_else_moves() -> None:
    problem = office(3, a_shift("a", "Mon"), a_shift("b", "Mon"), a_shift("c", "Fri"))
    best, *_ = after(problem, [("p1", "a")], Cancelled("a"))
    assert (new(best), gone(best)) == ([("p1", "b")], [("p1", "a")])
    assert costs(best) == [0, 0, 2, 0]


def test_a_new_duty_gets_a_unit_and_its_lack_counts_until_then() -> None:
    problem = office(1, a_shift("a", "Mon"))
    best, *_ = after(problem, [("p1", "a")], Added(a_shift("b", "Wed")))
    assert new(best) == [("p1", "b")]
    [best, *_] = after(problem, [("p1", "a")], Added(a_shift("b", "Mon")))
    assert (new(best), costs(best)) == ([], [1, 1, 0, 0])
    assert [s.sentence("en") for s in best.opened] == [
        "peterbos, Mon 30 Nov, 06:00: no police team, at least 1 needed (1 wished for)"
    ]


def test_a_need_for_more_calls_more_and_a_need_for_fewer_lets_some_go() -> None:
    problem = office(3, a_shift("a", "Mon", needs=(a_need(minimum=1, target=1, maximum=1),)))
    more = NeedChanged("a", a_need(minimum=2, target=2))
    best, *_ = after(problem, [("p1", "a")], more)
    assert len(new(best)) == 1
    assert gone(best) == []
    fewer = replace(problem, duties=(a_shift("a", "Mon", needs=(more.need,)),))
    best, *_ = after(fewer, [("p1", "a"), ("p2", "a")], NeedChanged("a", ONE[0]))
    assert (new(best), len(gone(best))) == ([], 1)
    assert best.lawful


@pytest.mark.parametrize(("released", "moves"), [("Mon 22:00", False), ("Mon 22:01", True)])
def test_after_an_overrun_the_next_duty_is_taken_by_another_if_the_rest_is_too_short(
    released: str, moves: bool
) -> None:
    problem = office(2, a_shift("late", "Mon", (12, 18)), a_shift("early", "Tue"))
    told = [("p1", "late"), ("p1", "early")]
    best, *_ = after(problem, told, Overran("late", at(released)))
    assert (new(best) == [("p2", "early")]) is moves
    assert (gone(best) == [("p1", "early")]) is moves


def test_several_things_at_once_are_mended_together() -> None:
    duties = [a_shift("a", "Mon"), a_shift("b", "Mon"), a_shift("c", "Tue")]
    happened = sick("p1", "Mon"), Cancelled("b"), Added(a_shift("d", "Tue"))
    problem = office(3, *duties)
    best, *_ = after(problem, [("p1", "a"), ("p2", "b"), ("p2", "c")], *happened)
    assert costs(best)[:2] == [0, 0]
    assert ("p2", "c") in best.roster.pairs
    assert {duty for _, duty in new(best)} == {"a", "d"}


def test_posts_come_before_people_so_that_one_moves_up_for_another() -> None:
    crews = [a_unit("p1"), a_unit("p2", areas=("north", "south")), a_unit("p3", areas=("south",))]
    duties = a_shift("a", "Mon", area="north"), a_shift("b", "Mon", area="south")
    best, *others = after(office(crews, *duties), [("p1", "a"), ("p2", "b")], sick("p1", "Mon"))
    assert new(best) == [("p2", "a"), ("p3", "b")]
    assert costs(best) == [0, 0, 6, 0]
    assert all(costs(other) > costs(best) for other in others)


def test_a_pin_is_kept_even_so_but_not_of_who_is_absent() -> None:
    crews = [a_unit("p1"), a_unit("p2", areas=("north", "south")), a_unit("p3", areas=("south",))]
    duties = a_shift("a", "Mon", area="north"), a_shift("b", "Mon", area="south")
    pins = Assignment("p2", "b", pinned=True), Assignment("p1", "a", pinned=True)
    problem = office(crews, *duties, pinned=pins)
    [best] = after(problem, [("p1", "a"), ("p2", "b")], sick("p1", "Mon"))
    assert best.roster.pairs == {("p2", "b")}
    assert best.roster.assignments[0].pinned
    assert len(best.opened) == 1


def test_fewer_people_come_before_what_suits_better() -> None:
    known = ("peterbos",)
    crews = [a_unit("p1"), a_unit("p2", persons=3, familiar=known), a_unit("p3", persons=2)]
    problem = office([*crews, a_unit("p4", persons=2, familiar=known)], a_shift("a", "Mon"))
    found = after(problem, [("p1", "a")], sick("p1", "Mon"))
    assert [new(r) for r in found[:3]] == [[("p4", "a")], [("p3", "a")], [("p2", "a")]]
    assert [r.proof for r in found[:3]] == [Proof.MINIMAL, Proof.MINIMAL, Proof.WITHIN_REACH]


def test_of_equal_changes_the_one_that_is_told_in_good_time_comes_first() -> None:
    """Who takes the new duty has to leave another, of which there is one too many."""
    late = PreferenceInForce(
        "late-change",
        4,
        1,
        {"urgent_minutes": 0, "urgent_price": 1, "soon_minutes": 2880, "soon_price": 1},
    )
    two = (a_need(minimum=1, target=1, maximum=2),)
    duties = [a_shift("tue", "Tue", needs=two), a_shift("fri", "Fri", needs=two)]
    told = [("p1", "tue"), ("p2", "tue"), ("p3", "fri"), ("p4", "fri")]
    rules = *RULES, in_force("hours-in-rolling-week", maximum_minutes=8 * HOUR)
    problem = office(4, *duties, rules=rules, preferences=(*WISHES, late), told_at=at("Mon 12:00"))
    found = after(problem, told, Added(a_shift("sat", "Sat")))
    assert [costs(r)[2:] for r in found[:4]] == [[2, 0], [2, 0], [2, 1], [2, 1]]
    assert {pair for r in found[:2] for pair in gone(r)} == {("p3", "fri"), ("p4", "fri")}
    assert [a.pair for a in found[2].short_notice] == gone(found[2])


def test_a_post_that_was_open_before_calls_nobody_now() -> None:
    problem = office(4, a_shift("a", "Mon"), a_shift("b", "Tue"))
    best, *_ = after(problem, [("p1", "a")], sick("p1", "Mon"))
    assert [duty for _, duty in new(best)] == ["a"]
    assert costs(best)[:2] == [0, 0]


def test_what_has_begun_never_moves_and_nobody_joins_it() -> None:
    duties = a_shift("a", "Mon"), a_shift("b", "Mon"), a_shift("c", "Mon", (14, 22))
    problem = office(3, *duties, frozen_until=at("Mon 07:00"))
    told = [("p1", "a"), ("p2", "b"), ("p1", "c")]
    best, *_ = after(problem, told, sick("p1", "Mon"))
    assert {pair for pair in best.roster.pairs if pair[1] != "c"} == {("p2", "b")}
    assert new(best) == [("p3", "c")]
    assert [(s.duty, s.missing) for s in best.opened] == [("a", 1)]


def test_five_different_units_are_offered_for_one_post_the_better_first() -> None:
    crews = [a_unit(f"p{n}", persons=1 + n % 3) for n in range(1, 9)]
    problem = office(crews, a_shift("a", "Mon"))
    found = after(problem, [("p1", "a")], sick("p1", "Mon"))
    assert len(found) == MOST
    assert all(r.lawful and costs(r)[:2] == [0, 0] for r in found)
    for one, other in combinations(found, 2):
        assert one.stepping_in.isdisjoint(other.stepping_in)
    assert all(one.rank <= other.rank for one, other in pairwise(found))
    assert [costs(r)[2] for r in found] == [3, 3, 4, 4, 5]


def test_who_lost_a_duty_can_also_stay_at_home() -> None:
    problem = office(2, a_shift("a", "Mon"), a_shift("b", "Mon"))
    found = after(problem, [("p1", "a")], Cancelled("a"))
    assert [new(r) for r in found] == [[("p1", "b")], []]
    assert found[0].people == found[1].people


def test_leaving_a_post_open_is_offered_last_and_nothing_that_only_moves_more_people() -> None:
    problem = office(3, a_shift("a", "Mon"), a_shift("b", "Mon"))
    found = after(problem, [("p1", "a"), ("p2", "b")], sick("p1", "Mon"))
    assert [new(r) for r in found] == [[("p3", "a")], []]


def test_what_happened_can_break_a_rule_for_good_and_all_else_is_mended() -> None:
    duties = a_shift("long", "Mon"), a_shift("next", "Tue"), a_shift("other", "Mon")
    rules = *RULES, in_force("hours-in-24h", maximum_minutes=10 * HOUR)
    told = [("p1", "long"), ("p1", "next"), ("p2", "other")]
    happened = Overran("long", at("Mon 20:00")), sick("p2", "Mon")
    best, *_ = after(office(4, *duties, rules=rules), told, *happened)
    assert [v.rule for v in best.standing] == ["hours-in-24h"]
    assert not best.lawful
    assert ("p1", "long") in best.roster.pairs
    assert {duty for _, duty in new(best)} >= {"other"}
    assert costs(best)[:2] == [0, 0]


def test_where_nothing_lawful_is_left_as_little_as_can_be_stays_broken() -> None:
    firm = (a_need(minimum=1, firm=True),)
    duties = a_shift("a", "Mon", needs=firm), a_shift("b", "Mon", needs=firm)
    rules = *RULES, in_force("firm-minimum")
    problem = office(3, *duties, rules=rules)
    happened = sick("p1", "Mon"), sick("p2", "Mon")
    best, *_ = after(problem, [("p1", "a"), ("p2", "b")], *happened)
    assert [v.rule for v in best.standing] == ["firm-minimum"]
    assert len(new(best)) == 1


def test_where_nothing_is_to_be_done_the_roster_stays_and_that_is_proven() -> None:
    problem = office(2, a_shift("a", "Mon"))
    [only] = after(problem, [("p1", "a")], sick("p2", "Mon"))
    assert (new(only), gone(only), only.people) == ([], [], ())
    assert (only.proof, costs(only)) == (Proof.MINIMAL, [0, 0, 0, 0])


def test_contradictions_are_refused_before_anything_is_solved() -> None:
    problem = office(1, a_shift("a", "Mon"))
    with pytest.raises(InvalidProblem, match="absence of p9: is not in the problem"):
        after(problem, [("p1", "a")], sick("p9", "Mon"))


def test_what_breaks_a_rule_or_beats_a_bound_is_never_handed_out() -> None:
    problem = office(3, a_shift("a", "Mon"), a_shift("b", "Mon"))
    found = disturbed(problem, taken(problem, ("p1", "a")), [sick("p1", "Mon")])
    repairs = Repairs(found)
    assert repairs.judged([("p2", "a")], [0, 0, 4, 0], finished=False).proof is Proof.MINIMAL
    assert repairs.judged([("p2", "a")], [0, 0, 3, 0], finished=False).proof is Proof.BOUND
    with pytest.raises(ModelDisagrees, match="one-place-at-a-time"):
        repairs.judged([("p2", "a"), ("p2", "b")], [0, 0, 0, 0], finished=True)
    with pytest.raises(ModelDisagrees, match="bound=5"):
        repairs.judged([("p2", "a")], [0, 0, 5, 0], finished=True)


def test_who_did_not_move_keeps_the_role_they_were_told() -> None:
    two = (a_need(minimum=1, target=2, maximum=2),)
    problem = office(4, a_shift("a", "Mon", needs=two), a_shift("b", "Mon", needs=two))
    told = taken(problem, ("p1", "a"), ("p2", "a"), ("p3", "b"))
    told = told.with_(Assignment("p2", "a", role=Role.POLICE_LEAD)).with_(
        Assignment("p1", "a", role=Role.DEPUTY)
    )
    best, *_ = repair(problem, told, [sick("p3", "Mon")], SOME)
    assert new(best) == [("p4", "b")]
    assert best.diff.changed == ()
    assert [a.role for a in best.roster.assignments] == [
        Role.DEPUTY,
        Role.POLICE_LEAD,
        Role.POLICE_LEAD,
    ]
