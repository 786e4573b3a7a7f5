"""How far repairs reach, held against every roster there is, and how little it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from scheduler.check import judge
from scheduler.disturbance import Disturbance, disturbed
from scheduler.leading import leading
from scheduler.model.mend import mend
from scheduler.planner import Budget, repair
from scheduler.problem import RosterProblem
from scheduler.repair import MOST, Proof, Repair
from scheduler.roster import Roster
from scheduler.vicinity import Vicinity
from tests.builders import a_unit, at, taken
from tests.scheduler.disturbed_weeks import disturbed_week
from tests.scheduler.enumerated import Enumeration, TooMany
from tests.scheduler.offices import SOME, Pair, a_shift, after, costs, new, office, sick
from tests.scheduler.wide_weeks import RULES, wide_week


def in_a_city(far: int) -> tuple[RosterProblem, list[Pair]]:
    """The one who could step in is busy, and who could take that is `far` such steps away."""
    areas = [f"area-{n}" for n in range(far + 1)]
    crews = [a_unit(f"p{n}", areas=(areas[n - 1], areas[n])) for n in range(1, far + 1)]
    crews += [a_unit("p0", areas=(areas[0],)), a_unit("spare", areas=(areas[far],))]
    duties = [a_shift(area, "Wed", area=area) for area in areas]
    told = [(f"p{n}", f"area-{n}") for n in range(far + 1)]
    others = [a_unit(f"o{n}", areas=("elsewhere",)) for n in range(20)]
    elsewhere = [a_shift(f"e{n}", "Wed", area="elsewhere") for n in range(20)]
    told += [(f"o{n}", f"e{n}") for n in range(20)]
    return office([*crews, *others], *duties, *elsewhere), told


@pytest.mark.parametrize("far", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_in_a_large_office_more_is_moved_only_as_far_as_it_helps(far: int) -> None:
    problem, told = in_a_city(far)
    heard: list[Repair] = []
    found = repair(problem, taken(problem, *told), [sick("p0", "Wed")], SOME, heard.append)
    best = found[0]
    assert len(new(best)) == far + 1
    assert costs(best)[:2] == [0, 0]
    assert best.proof is Proof.WITHIN_REACH
    assert [len(new(r)) for r in heard] == [0, far + 1], "first what is at hand, then better"


def test_what_nobody_near_can_do_is_left_open_and_said_to_be_so_within_reach_alone() -> None:
    problem, told = in_a_city(3)
    best, *_ = after(problem, told, sick("p0", "Wed"))
    assert new(best) == []
    assert (best.leading[0].objective, best.leading[0].bound) == (1, 0)
    assert best.proof is Proof.WITHIN_REACH


@pytest.mark.slow
def test_an_effort_gives_the_same_repairs_every_time() -> None:
    problem, told = in_a_city(1)
    happened = [sick("p0", "Wed"), sick("o3", "Wed")]
    one, other = (repair(problem, taken(problem, *told), happened, SOME) for _ in range(2))
    assert one == other


CASES = range(400)


@pytest.mark.slow
@pytest.mark.parametrize("first", CASES[::20])
def test_no_lawful_roster_of_a_tiny_week_is_better_than_what_is_called_minimal(first: int) -> None:
    """By looking at every one of them; what has begun or is pinned stays in each."""
    for number in range(first, first + 20):
        week = disturbed_week(number)
        if week is None:
            continue
        problem, roster, happened = week
        found = disturbed(problem, roster, happened)
        repairs = repair(problem, roster, happened, SOME)
        assert all(
            _settled(found, r.roster.pairs) == _settled(found, found.standing.pairs)
            for r in repairs
        )
        best = _best(found)
        if best is None:
            continue
        assert repairs[0].lawful
        assert repairs[0].proof is Proof.MINIMAL, "so small a week is searched as a whole"
        assert costs(repairs[0]) == best


def _settled(found: Disturbance, pairs: Iterable[Pair]) -> set[Pair]:
    begun = {d.id for d in found.problem.duties if not found.movable(d)}
    return {pair for pair in pairs if pair[1] in begun or pair in found.pinned}


def _best(found: Disturbance) -> list[int] | None:
    """The least that leads among all lawful rosters; None if there are none, or too many."""
    try:
        every = Enumeration(found.problem)
    except TooMany:
        return None
    there = _settled(found, found.standing.pairs)
    return min(
        (
            [criterion.measure(found.problem, sheet) for criterion in leading(found).all]
            for sheet in every.sheets()
            if _settled(found, sheet.roster.pairs) == there
        ),
        default=None,
    )


ALONE = tuple(  # what a unit can keep that serves alone, as all do in that rotation
    rule
    for rule in RULES
    if rule.code not in {"force-ratio", "language-pair", "patrol-size", "police-lead"}
    and rule.code not in {"required-qualification", "searcher-within-reach"}
)


@pytest.mark.slow
@pytest.mark.parametrize(("units", "areas", "pairs"), [(60, 8, 10_080), (1000, 100, 2_100_000)])
def test_a_large_week_is_mended_where_it_is_disturbed_and_nothing_further_is_better(
    units: int, areas: int, pairs: int
) -> None:
    """So it takes next to no effort; the benchmarks tell the seconds (`answers.py`)."""
    problem, roster = wide_week(units, areas, ALONE)
    while broken := {v.duty for v in judge(problem, roster).violations}:
        roster = Roster.of(a for a in roster.assignments if a.duty not in broken)
    problem = replace(problem, reference=())
    held = next(a for a in roster.assignments if problem.duty(a.duty).starts_at > at("Thu 00:00"))
    found = disturbed(problem, roster, [sick(held.unit, "Thu", 4)])
    near = next(Vicinity(found, leading(found)).reaches())
    assert len(near) < 200 < pairs == len(problem.units) * len(problem.duties)
    repairs = mend(found, Budget(seconds=None, effort=0.05), lambda _: None)
    assert [r.proof for r in repairs] == [Proof.MINIMAL] * MOST
    assert all(r.lawful for r in repairs)
    assert all(r.roster.pairs ^ found.standing.pairs <= near for r in repairs)
