"""`python -m tests.benchmarks.nrp INSTANCE.txt --seconds S …`: our engine on an instance."""

from __future__ import annotations

from tests.benchmarks.command import SHIFTS, Answer, Effort, Entry, answer
from tests.benchmarks.drafting import drafted
from tests.benchmarks.nrp.as_problem import cell_of, instance_problem
from tests.benchmarks.nrp.instance import Instance


def solve(instance: Instance, effort: Effort) -> Answer:
    return drafted(instance_problem(instance), effort, lambda a: (a.unit, *cell_of(a.duty)))


if __name__ == "__main__":
    raise SystemExit(answer(Entry(SHIFTS, solve)))
