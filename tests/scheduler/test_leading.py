"""What repairs are ranked by first: said to the model and measured alike, counted from before."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from ortools.sat.python import cp_model

from scheduler.disruption import Absent, Added, Cancelled, Disruption, NeedChanged
from scheduler.disturbance import Disturbance, disturbed
from scheduler.duties import Count, Duty
from scheduler.leading import leading
from scheduler.model.build import RosterModel
from scheduler.moments import Span
from scheduler.network import network
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.rule import Near, Preference, PreferenceInForce
from scheduler.sheet import Sheet
from scheduler.statement import Statement
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, at, taken
from tests.scheduler.disturbed_weeks import some_disruptions
from tests.scheduler.micro_weeks import micro_week, random_roster
from tests.scheduler.parameters import some_parameters

NEED = a_need(minimum=1, target=2, maximum=3, counts=Count.TEAMS)
LATE = PreferenceInForce(
    "late-change",
    3,
    1,
    {"urgent_minutes": 1440, "urgent_price": 4, "soon_minutes": 4320, "soon_price": 2},
)


def week(*wishes: PreferenceInForce, told_at: int | None = None) -> RosterProblem:
    duties = [
        a_duty(day, f"{day} 06:00", f"{day} 14:00", needs=(NEED,), priority=priority)
        for day, priority in (("Mon", 1), ("Tue", 3), ("Fri", 1))
    ]
    units = [a_unit(name, persons=2) for name in ("p1", "p2", "p3")]
    return a_problem(units, duties, preferences=wishes, told_at=told_at)


def costs(found: Disturbance, *pairs: tuple[str, str]) -> list[int]:
    sheet = Sheet(found.problem, taken(found.problem, *pairs))
    return [criterion.measure(found.problem, sheet) for criterion in leading(found).all]


def after(problem: RosterProblem, *disruptions: Disruption, told: str) -> Disturbance:
    """`told` as "p1 Mon, p2 Tue"."""
    pairs = [(unit, duty) for unit, duty in (part.split() for part in told.split(", "))]
    return disturbed(problem, taken(problem, *pairs), disruptions)


def test_an_open_post_costs_its_priority_minimums_apart_from_targets() -> None:
    found = after(week(), told="p1 Mon, p2 Mon, p1 Tue, p2 Tue")
    assert costs(found, ("p1", "Mon"), ("p2", "Mon"), ("p1", "Tue")) == [0, 3, 2, 0]
    assert costs(found, ("p1", "Tue"), ("p2", "Tue")) == [1, 2, 4, 0]


def test_what_was_open_before_is_not_counted_again() -> None:
    found = after(week(), told="p1 Mon")
    assert costs(found, ("p1", "Mon"))[:2] == [0, 0]
    assert costs(found)[:2] == [1, 1]


def test_a_new_duty_owes_all_and_a_changed_need_what_is_more() -> None:
    new = Added(a_duty("Wed", "Wed 06:00", "Wed 14:00", needs=(NEED,)))
    assert costs(after(week(), new, told="p1 Mon"), ("p1", "Mon"))[:2] == [1, 2]
    more = NeedChanged("Mon", a_need(minimum=2, target=3, counts=Count.TEAMS))
    assert costs(after(week(), more, told="p1 Mon"), ("p1", "Mon"))[:2] == [1, 1]
    fewer = NeedChanged("Mon", a_need(minimum=0, target=1, counts=Count.TEAMS))
    assert costs(after(week(), fewer, told="p1 Mon"))[:2] == [0, 0]


def test_the_first_levels_say_what_an_open_post_is_as_long_as_they_speak_of_nothing_else() -> None:
    both = PreferenceInForce("minimum-missed", 1, 5), PreferenceInForce("target-missed", 1)
    found = after(week(*both, PreferenceInForce("fair-nights", 2)), told="p1 Mon, p2 Mon")
    assert costs(found, ("p1", "Mon"))[:-2] == [1]
    assert costs(found)[:-2] == [7]
    people = PreferenceInForce("fair-nights", 1), PreferenceInForce("target-missed", 2)
    assert len(costs(after(week(*people), told="p1 Mon"))) == 4


def test_people_are_counted_once_however_much_changes_for_them() -> None:
    found = after(week(), told="p1 Mon, p1 Tue")
    assert costs(found, ("p1", "Mon"), ("p1", "Tue"), ("p1", "Fri"))[2] == 2
    assert costs(found, ("p2", "Mon"), ("p2", "Tue"))[2] == 4


def test_somebody_on_the_same_duty_with_another_unit_hears_of_no_change() -> None:
    units = [a_unit("p1", a_member("m1"), a_member("m2")), a_unit("p2", a_member("m1"))]
    problem = a_problem(units, [a_duty("Mon")])
    found = disturbed(problem, taken(problem, ("p1", "Mon")), ())
    changed = leading(found).people
    sheet = Sheet(problem, taken(problem, ("p2", "Mon")))
    assert [*changed.among(units[0].members, problem, sheet)] == ["m2"]


def test_who_is_absent_or_had_a_duty_that_is_gone_has_changed_in_any_case() -> None:
    monday = Span(at("Mon 00:00"), at("Tue 00:00"))
    problem = week()
    one = disturbed(problem, taken(problem, ("p1", "Mon")), [Absent(monday, member="p1-1")])
    assert costs(one, ("p1", "Mon"))[2] == 1
    assert costs(after(week(), Cancelled("Mon"), told="p1 Mon, p2 Tue"), ("p2", "Tue"))[2] == 2


def test_short_notice_counts_assignments_that_come_or_go_within_the_time_in_force() -> None:
    problem = week(LATE, told_at=at("Mon 00:00"))
    found = disturbed(problem, taken(problem, ("p1", "Mon"), ("p1", "Fri")), ())
    assert costs(found, ("p2", "Mon"), ("p2", "Fri"))[-1] == 2
    gone = disturbed(problem, taken(problem, ("p1", "Tue")), [Cancelled("Tue")])
    assert costs(gone)[-1] == 1
    untold = week(LATE)
    assert costs(disturbed(untold, taken(untold, ("p1", "Mon")), ()))[-1] == 0
    unnamed = week(told_at=at("Mon 00:00"))
    assert costs(disturbed(unnamed, taken(unnamed, ("p1", "Mon")), ()))[-1] == 0


@pytest.mark.parametrize("seed", range(60))
def test_the_model_asks_what_is_measured_and_no_part_exceeds_the_whole(seed: int) -> None:
    rng = Random(seed)
    late = PreferenceInForce("late-change", 2, 1, some_parameters(rng, "late-change"))
    problem = micro_week(rng, preferences=(late,))
    found = disturbed(problem, random_roster(rng, problem), tuple(some_disruptions(rng, problem)))
    roster = random_roster(rng, found.problem)
    sheet = Sheet(found.problem, roster)
    some = rng.sample(found.problem.duties, len(found.problem.duties) // 2)
    part = leading(found, some).all
    for criterion, of_some in zip(leading(found).all, part, strict=True):
        measured = criterion.measure(found.problem, sheet)
        assert _asked(found, roster, criterion) == measured
        assert of_some.measure(found.problem, _on(found, roster, some)) <= measured


@pytest.mark.parametrize("seed", range(20))
def test_near_a_pair_lies_all_that_it_changes(seed: int) -> None:
    rng = Random(seed)
    problem = micro_week(rng)
    found = disturbed(problem, random_roster(rng, problem), tuple(some_disruptions(rng, problem)))
    before = Sheet(found.problem, random_roster(rng, found.problem))
    unit, duty = rng.choice(found.problem.units), rng.choice(found.problem.duties)
    after = before.without(unit.id, duty.id)
    if (unit.id, duty.id) in before.roster.pairs:
        near = Near(unit.id, duty.id)
        for criterion in leading(found).all:
            whole, here = (
                [criterion.measure(found.problem, sheet, at) for sheet in (before, after)]
                for at in (None, near)
            )
            assert whole[1] - whole[0] == here[1] - here[0]


def _on(found: Disturbance, roster: Roster, duties: Sequence[Duty]) -> Sheet:
    names = {duty.id for duty in duties}
    return Sheet(found.problem, Roster.of(a for a in roster.assignments if a.duty in names))


def _asked(found: Disturbance, roster: Roster, criterion: Preference) -> int:
    """What the model asks for exactly this roster."""
    statement = Statement(found.problem)
    statement.price(1, 1, criterion)
    built = RosterModel(network(statement))
    for choice in statement.decisions:
        there = (choice.unit.id, choice.duty.id) in roster.pairs
        built.fix(choice.taken if there else ~choice.taken)
    built.minimise(1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(built.model) == cp_model.OPTIMAL
    return round(solver.objective_value)
