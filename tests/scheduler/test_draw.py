import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest

from scheduler import planner
from scheduler.check import Judgement, judge
from scheduler.errors import InvalidRoster, InvalidSeal, ModelDisagrees
from scheduler.formats import fingerprint, roster_fingerprint
from scheduler.planner import Budget, draft, draw
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import PreferenceInForce
from scheduler.seal import Drawn, Seal
from tests.builders import a_duty, a_need, a_problem, a_unit, brussels, in_force, taken
from tests.scheduler.test_planner import RULES, WISHES

ONE_EACH = (in_force("one-place-at-a-time"), in_force("need-maximum"))
FILLED = PreferenceInForce("target-missed", 1)
pytestmark = pytest.mark.slow  # real solves, from compiled code that takes a second to load


def a_seal(problem: RosterProblem, best: Roster, seed: int = 1, within: float = 2.0) -> Seal:
    """A seal of little effort."""
    ours = fingerprint(problem), roster_fingerprint(best)
    return Seal(f"{seed:064x}", *ours, within_percent=within, effort=0.2)


def drawn(problem: RosterProblem, best: Roster, seed: int = 1, within: float = 2.0) -> Drawn:
    return draw(problem, best, a_seal(problem, best, seed, within))


def matching(size: int, maximum: int = 1) -> tuple[RosterProblem, Roster]:
    """As many units as places at one hour: every way to fill them costs the same."""
    needs = (a_need(minimum=1, maximum=maximum),)
    duties = [a_duty(f"d{n}", area=f"a{n}", needs=needs) for n in range(size)]
    units = [a_unit(f"p{n}") for n in range(size)]
    problem = a_problem(units, duties, ONE_EACH, preferences=(FILLED,))
    return problem, taken(problem, *((f"p{n}", f"d{n}") for n in range(size)))


@pytest.fixture(scope="module")
def week() -> tuple[RosterProblem, Roster]:
    """Where everybody is at home in one of two areas, so that the last level has its price."""
    wishes = (*WISHES[:2], PreferenceInForce("familiar-area", 3))
    problem = brussels(*RULES, days=3, preferences=wishes)
    units = tuple(replace(unit, familiar=("peterbos",)) for unit in problem.units)
    problem = replace(problem, units=units)
    outcome = draft(problem, Budget(seconds=None, effort=1.0))
    assert isinstance(outcome, planner.Drafted)
    return problem, outcome.roster


@pytest.mark.parametrize("within", [0.0, 2.0, 60.0])
def test_what_is_drawn_is_lawful_and_no_level_costs_more_than_allowed(
    week: tuple[RosterProblem, Roster], within: float
) -> None:
    problem, best = week
    allowed = [cost for _, cost in judge(problem, best).score.levels]
    allowed[-1] += int(allowed[-1] * within / 100)
    done = drawn(problem, best, within=within)
    verdict = judge(problem, done.roster)
    assert verdict.lawful
    assert all(c <= most for (_, c), most in zip(verdict.score.levels, allowed, strict=True))
    assert [given.at_most for given in done.levels] == allowed
    assert [(given.level, given.drawn) for given in done.levels] == [*verdict.score.levels]


def test_a_wide_distance_is_used_and_more_people_move(week: tuple[RosterProblem, Roster]) -> None:
    near, far = (drawn(*week, within=within) for within in (0.0, 100.0))
    assert far.levels[-1].best < far.levels[-1].drawn
    assert 0 < near.moved < far.moved


def test_another_level_gives_way_only_where_the_seal_says_so(
    week: tuple[RosterProblem, Roster],
) -> None:
    problem, best = week
    seal = replace(a_seal(problem, best, within=10), giving=(2,))
    one, two, last = draw(problem, best, seal).levels
    assert one.at_most == one.best
    assert two.at_most == two.best + two.best // 10 > two.best
    assert last.at_most == last.best + last.best // 10


def test_the_same_problem_roster_and_seal_give_the_same_roster(
    week: tuple[RosterProblem, Roster],
) -> None:
    assert drawn(*week) == drawn(*week)


def test_another_seed_gives_another_roster_and_another_commitment(
    week: tuple[RosterProblem, Roster],
) -> None:
    many = [drawn(*week, seed=seed) for seed in range(4)]
    assert len({done.roster.pairs for done in many}) == 4
    assert len({done.commitment for done in many}) == 4


def test_what_moved_is_counted(week: tuple[RosterProblem, Roster]) -> None:
    _, best = week
    done = drawn(*week)
    assert done.moved == len(best.pairs - done.roster.pairs) > 0


def test_each_of_the_equal_rosters_comes_and_none_comes_always() -> None:
    problem, best = matching(3)
    often = Counter(drawn(problem, best, seed).roster.pairs for seed in range(60))
    assert len(often) == len([*permutations(range(3))])
    assert max(often.values()) < 20


def test_nobody_is_called_beyond_the_working_time_of_the_best_roster() -> None:
    problem, best = matching(3, maximum=3)
    spare = replace(problem, duties=(*problem.duties, a_duty("later", 1440, 1500, area="a0")))
    for seed in range(5):
        assert len(drawn(spare, best, seed).roster.assignments) == 3


def test_what_a_person_pinned_stays() -> None:
    problem, best = matching(3)
    pinned = replace(problem, pinned=(Assignment("p1", "d1", pinned=True),))
    rosters = [drawn(pinned, best, seed).roster for seed in range(8)]
    assert all(("p1", "d1") in roster.pairs for roster in rosters)
    assert len({roster.pairs for roster in rosters}) == 2
    assert [a.pinned for a in rosters[0].assignments] == [False, True, False]


def test_where_nothing_can_be_decided_the_roster_stays() -> None:
    problem = a_problem([a_unit()], preferences=(FILLED,))
    assert drawn(problem, Roster()).roster == Roster()


def test_without_any_wish_every_lawful_roster_is_among_equals() -> None:
    problem, best = matching(2)
    free = replace(problem, preferences=())
    done = drawn(free, best)
    assert done.levels == ()
    assert judge(free, done.roster).lawful


def test_a_seal_for_another_problem_or_roster_is_refused_with_both_reasons() -> None:
    problem, best = matching(2)
    other, another = replace(problem, city="ghent"), best.without("p1", "d1")
    with pytest.raises(InvalidSeal) as refused:
        draw(problem, best, a_seal(other, another))
    assert refused.value.faults == (
        "the seal was made for another problem",
        "the seal was made for another roster",
    )


def test_a_roster_that_breaks_rules_is_nothing_to_draw_from() -> None:
    problem, best = matching(2)
    with pytest.raises(InvalidSeal, match="p1: two duties at the same time"):
        drawn(problem, best.with_(Assignment("p1", "d0")))


def test_a_roster_without_what_is_pinned_is_nothing_to_draw_from() -> None:
    problem, best = matching(2)
    pinned = replace(problem, pinned=(Assignment("p1", "d0", pinned=True),))
    with pytest.raises(InvalidSeal, match="p1 is pinned to d0 and not on it"):
        drawn(pinned, best)


def test_a_roster_of_strangers_is_nothing_to_draw_from() -> None:
    problem, best = matching(2)
    with pytest.raises(InvalidRoster, match="unknown unit x"):
        drawn(problem, best.with_(Assignment("x", "d0")))


def test_every_roster_on_the_way_is_judged_by_the_checkers(
    week: tuple[RosterProblem, Roster], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[Roster] = []

    def watching(problem: RosterProblem, roster: Roster) -> Judgement:
        judged.append(roster)
        return judge(problem, roster)

    monkeypatch.setattr(planner, "judge", watching)
    done = drawn(*week)
    assert judged[-1] == done.roster
    assert len({roster.pairs for roster in judged}) > 2


def test_a_roster_that_the_checkers_refuse_is_told_as_our_bug(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem, best = matching(3)
    lawful = judge(problem, best)
    unlawful = judge(problem, best.with_(Assignment("p1", "d0")))
    verdicts: Iterator[Judgement] = iter((lawful, unlawful))
    monkeypatch.setattr(planner, "judge", lambda *_: next(verdicts))
    with pytest.raises(ModelDisagrees):
        drawn(problem, best)


def test_a_roster_beyond_the_distance_by_the_checkers_measure_is_told_as_our_bug(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem, best = matching(3)
    lawful, worse = judge(problem, best), judge(problem, Roster())
    verdicts = iter((lawful,))
    monkeypatch.setattr(planner, "judge", lambda *_: next(verdicts, worse))
    with pytest.raises(ModelDisagrees):
        drawn(problem, best)


def test_the_seed_stands_in_no_repr_no_log_and_nothing_that_is_drawn(
    caplog: pytest.LogCaptureFixture,
) -> None:
    problem, best = matching(2)
    with caplog.at_level(logging.DEBUG):
        done = drawn(problem, best, seed=0xABCDEF)
    seal = a_seal(problem, best, seed=0xABCDEF)
    assert done.commitment == seal.commitment()
    assert seal.seed not in repr(seal) + repr(done) + caplog.text
