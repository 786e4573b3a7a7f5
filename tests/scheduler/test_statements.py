"""What a rule tells the model can be told in part, in groups, and found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from scheduler.catalogue import eligibility_of, rule_classes, rules_of
from scheduler.eligibility import Eligible
from scheduler.forces import Clock
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.rule import EligibilityRule
from scheduler.sheet import Sheet
from scheduler.statement import Opening, Stated, Statement
from scheduler.terms import AtLeast, AtMost, Literal
from tests.scheduler.drawn import Drawn, cases, each_rule, ruled, tried
from tests.scheduler.micro_duties import like_duty
from tests.scheduler.micro_forces import like_unit
from tests.scheduler.posed import lawful_roster, model_allows, stated

REFUSING = [code for code, cls in rule_classes().items() if issubclass(cls, EligibilityRule)]
WHOLE = {"maximum-duties-of-a-kind", "minutes-in-horizon", "rotation-length"}  # no one moment
SPREAD = {"mandate-cap"}  # of no one unit or duty


@cases
@pytest.mark.parametrize("code", REFUSING)
def test_a_group_of_like_units_and_duties_is_refused_what_each_of_it_is(
    code: str, cases: int
) -> None:
    def case(drawn: Drawn) -> None:
        problem = _with_likes(Random(drawn.number), ruled(code, drawn)[0])
        refusing = eligibility_of(problem)
        one_by_one = {
            (unit.id, duty.id)
            for unit in problem.units
            for duty in problem.duties
            if not any(rule.forbids(problem, unit, duty) for rule in refusing)
        }
        assert {(unit.id, duty.id) for unit, duty in Eligible(problem).pairs()} == one_by_one

    tried(code, cases, case)


def _with_likes(rng: Random, problem: RosterProblem) -> RosterProblem:
    """Beside each unit and each duty another that differs in one thing."""
    units = [
        like_unit(rng, unit, replace(rng.choice(problem.units), id=f"like {unit.id}"))
        for unit in problem.units
    ]
    duties = [
        like_duty(rng, duty, replace(rng.choice(problem.duties), id=f"like {duty.id}"))
        for duty in problem.duties
    ]
    carried = {m.clock for unit in (*problem.units, *units) for m in unit.members}
    return replace(
        problem,
        units=(*problem.units, *units),
        duties=(*problem.duties, *duties),
        clocks=tuple(Clock(name) for name in sorted(carried)),
    )


@cases
@each_rule
def test_what_is_settled_counts_as_what_is_decided(code: str, cases: int) -> None:
    def case(drawn: Drawn) -> None:
        problem, _ = ruled(code, drawn)
        rng = Random(drawn.number)
        lawful, _ = lawful_roster(rng, problem)
        pairs = [(unit.id, duty.id) for unit in problem.units for duty in problem.duties]
        free = [pair for pair in pairs if rng.random() < 0.4]
        roster = lawful
        for pair in rng.sample(free, len(free) // 3):
            there = pair in roster.pairs
            roster = roster.without(*pair) if there else roster.with_(Assignment(*pair))
        if not _broken(problem, lawful):
            opening = Opening(lawful, frozenset(free))
            assert model_allows(problem, roster, opening) is not _broken(problem, roster), roster

    tried(code, cases, case)


def _broken(problem: RosterProblem, roster: Roster) -> bool:
    sheet = Sheet(problem, roster)
    return any(v for rule in rules_of(problem) for v in rule.violations(problem, sheet))


@cases
@each_rule
def test_a_clause_is_about_those_whom_it_binds(code: str, cases: int) -> None:
    def case(drawn: Drawn) -> None:
        problem, _ = ruled(code, drawn)
        statement = stated(problem)
        for said in statement.clauses:
            if problem.rules[said.rule or 0].code not in SPREAD:
                assert _about(problem, statement, said), said

    tried(code, cases, case)


def _about(problem: RosterProblem, statement: Statement, said: Stated) -> bool:
    about, bound = said.about, list(_bound(statement, said))
    if about.clock is not None:
        whole = problem.rules[said.rule or 0].code in WHOLE
        clocks = [{m.clock for m in problem.unit(unit).members} for unit, _ in bound]
        return all(about.clock in theirs for theirs in clocks) and (
            whole is (about.moment is None)
        )
    if about.unit is not None:
        return all(unit == about.unit for unit, _ in bound)
    return any(duty == about.duty for _, duty in bound) or not bound


def _bound(statement: Statement, said: Stated) -> Iterator[tuple[str, str]]:
    """The pairs on which a clause depends."""
    pairs = {d.taken: (d.unit.id, d.duty.id) for d in statement.decisions}
    clause = said.clause
    summed = clause.terms if isinstance(clause, AtMost | AtLeast) else ()
    open_: list[Literal] = [*(t.literal for t in summed), *getattr(clause, "literals", ())]
    open_ += getattr(clause, "when", ())
    while open_:
        literal = open_.pop()
        literal = literal if literal >= 0 else ~literal
        open_ += statement.definitions.get(literal, ())
        if literal in pairs:
            yield pairs[literal]
