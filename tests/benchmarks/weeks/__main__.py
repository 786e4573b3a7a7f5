"""`python -m tests.benchmarks.weeks WEEK.json --seconds S …`: our engine on a frozen week."""

from __future__ import annotations

from tests.benchmarks.command import WEEKS, Answer, Effort, Entry, answer
from tests.benchmarks.drafting import drafted
from tests.benchmarks.weeks.as_problem import week_problem
from tests.benchmarks.weeks.week import Week


def solve(week: Week, effort: Effort) -> Answer:
    return drafted(week_problem(week), effort, lambda a: (a.unit, a.duty))


if __name__ == "__main__":
    raise SystemExit(answer(Entry(WEEKS, solve)))
