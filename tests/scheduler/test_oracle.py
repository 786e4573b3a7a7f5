"""What the engine says of a week stands up to everybody who can be asked."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from scheduler.outcome import Drafted, Infeasible, Level, Outcome, OutOfTime
from scheduler.planner import Budget, draft
from scheduler.problem import RosterProblem
from scheduler.roster import Roster
from scheduler.rule import PreferenceInForce
from tests.builders import a_duty, a_member, a_need, a_problem, a_unit, in_force
from tests.scheduler import oracle
from tests.scheduler.enumerated import Enumeration, TooMany
from tests.scheduler.oracle import TINY_EVERY, answer, refutes, week
from tests.scheduler.tight_weeks import turned

WISHES = (PreferenceInForce("minimum-missed", 1), PreferenceInForce("fewest-changes", 2))
ONE_PLACE = in_force("one-place-at-a-time")


def drafted(*levels: tuple[int, int | None]) -> Drafted:
    told = (Level(n, objective, bound) for n, (objective, bound) in enumerate(levels, 1))
    return Drafted(Roster(), tuple(told), 0.0)


def two_duties_at_once() -> RosterProblem:
    needed = a_need(minimum=1, target=1)
    duties = [a_duty("one", needs=(needed,)), a_duty("two", needs=(needed,))]
    return a_problem([a_unit()], duties, [ONE_PLACE], preferences=WISHES)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(60))
def test_nobody_contradicts_the_engine(number: int) -> None:
    assert answer(number).contradictions == ()


@pytest.mark.slow
def test_the_weeks_are_of_all_tightnesses() -> None:
    budget = Budget(seconds=None, effort=4.0, cores=1)
    ended = [type(draft(week(number), budget)) for number in range(60)]
    assert min(ended.count(Drafted), ended.count(Infeasible)) >= 12


@pytest.mark.slow
def test_what_is_said_otherwise_has_the_same_lawful_rosters() -> None:
    for number in range(0, 20 * TINY_EVERY, TINY_EVERY):
        problem = week(number)
        try:
            every = Enumeration(problem).costs()
        except TooMany:
            continue
        assert Enumeration(turned(problem, Random(number))).costs() == every


def test_enumeration_finds_every_lawful_roster() -> None:
    assert Enumeration(two_duties_at_once()).costs() == {(2, 0), (1, 0)}


def test_who_shares_a_member_is_judged_together() -> None:
    both = a_member("m1")
    duties = [a_duty("one"), a_duty("two")]
    units = [a_unit("p1", both), a_unit("p2", both)]
    problem = a_problem(units, duties, [ONE_PLACE], preferences=WISHES)
    every = Enumeration(problem)
    assert len(every.lawful) == 1
    assert sorted(len(pairs) for pairs in every.lawful[0]) == [0, 1, 1, 1, 1]


def test_a_week_with_too_many_rosters_is_left_alone() -> None:
    duties = [a_duty(f"d{n}") for n in range(13)]
    with pytest.raises(TooMany):
        Enumeration(a_problem([a_unit()], duties))


@pytest.mark.parametrize(
    ("outcome", "costs", "wrong"),
    [
        (drafted((3, 3), (5, 5)), (3, 5), False),
        (drafted((3, 3), (5, 5)), (2, 9), True),
        (drafted((3, 3), (5, 5)), (3, 4), True),
        (drafted((3, 3), (5, 5)), (4, 0), False),
        (drafted((3, 2), (5, 5)), (2, 4), True),
        (drafted((3, None), (5, None)), (0, 0), False),
        (Infeasible(0.0), (9,), True),
        (OutOfTime(None, (), 0.0), (0,), False),
    ],
)
def test_a_lawful_roster_below_a_bound_or_where_there_is_none_refutes(
    outcome: Outcome, costs: tuple[int, ...], wrong: bool
) -> None:
    assert refutes(outcome, costs) is wrong


@pytest.mark.slow
def test_an_engine_that_gives_up_or_promises_too_much_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = next(n for n in range(0, 999, TINY_EVERY) if answer(n).ended == "Drafted")

    def gives_up(problem: RosterProblem, budget: Budget) -> Outcome:
        return Infeasible(0.0)

    def boasts(problem: RosterProblem, budget: Budget) -> Outcome:
        honest = draft(problem, budget)
        assert isinstance(honest, Drafted)
        return replace(
            honest, levels=tuple(replace(v, bound=v.objective + 1) for v in honest.levels)
        )

    for liar in (gives_up, boasts):
        monkeypatch.setattr(oracle, "draft", liar)
        assert answer(number).contradictions != ()
