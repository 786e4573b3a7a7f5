"""The rules on patterns speak of the same days, and pass over clocks that a scope leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scheduler.catalogue import rules_of
from scheduler.forces import Clock, Worked
from scheduler.moments import Span
from scheduler.patterns import carried, runs
from scheduler.problem import RosterProblem
from scheduler.rule import RuleInForce, Scope
from scheduler.statement import Statement
from scheduler.terms import About, AnyOf, Literal
from tests.builders import a_duty, a_member, a_problem, a_unit, at, in_force
from tests.scheduler.rules.daily import daily, past

TWICE_A_DAY = [*daily(), *(a_duty(f"{d.id} late", d.ends_at, d.ends_at + 60) for d in daily())]


def stated(*rules: RuleInForce, worked: Mapping[str, list[Worked]] | None = None) -> Statement:
    statement = Statement(a_problem([a_unit()], TWICE_A_DAY, rules, worked=worked))
    statement.state_rules(rules_of(statement.problem))
    return statement


def test_rules_of_equal_scope_share_one_literal_for_each_day_worked() -> None:
    most = in_force("maximum-consecutive-duties", maximum_days=5)
    fewer = in_force("maximum-consecutive-duties", maximum_days=2)
    whole = in_force("complete-weekends")
    assert len(stated(most).definitions) == 7
    assert stated(most, fewer, whole).definitions == stated(most).definitions


def test_a_clause_tells_whose_clock_it_speaks_of_and_from_which_day() -> None:
    statement = stated(in_force("maximum-consecutive-duties", maximum_days=5))
    days = [About(clock="p1", moment=at(f"{day} 00:00")) for day in ("Mon", "Tue")]
    assert [said.about for said in statement.clauses] == days


def test_a_clause_asks_whom_to_blame_only_where_no_day_of_it_tells() -> None:
    one = in_force("maximum-consecutive-duties", maximum_days=1)
    assert conditions(stated(one, worked=past("Sun"))) == [()] * 7
    afternoon = Scope(during=Span(at("Mon 12:00"), at("Mon 24:00")))
    partly = stated(in_force("maximum-consecutive-duties", afternoon, maximum_days=1))
    late = partly.taken("p1", "Mon late")
    assert conditions(partly) == [(late,)]


def conditions(statement: Statement) -> list[tuple[Literal, ...]]:
    return [said.clause.when for said in statement.clauses if isinstance(said.clause, AnyOf)]


def test_runs_are_the_longest_rows_of_dates() -> None:
    days = [date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 3)]
    assert list(runs(days)) == [days[:3], days[3:]]
    assert list(runs([])) == []


def test_only_clocks_of_the_units_named_are_looked_at() -> None:
    shared = a_member("m2")
    pair, alone = a_unit("p1", a_member("m1"), shared), a_unit("p2", shared)
    problem = a_problem([pair, alone, a_unit("p3", a_member("m3"))])
    assert names(problem, Scope()) == ["m1", "m2", "m3"]
    assert names(problem, Scope(units=("p2",))) == ["m2"]
    assert names(problem, Scope(units=("p1", "p3"))) == ["m1", "m2", "m3"]
    assert names(problem, Scope(units=("stranger",))) == []


def names(problem: RosterProblem, scope: Scope) -> list[str]:
    clocks: list[Clock] = list(carried(problem, scope, problem.clocks))
    return [clock.id for clock in clocks]
