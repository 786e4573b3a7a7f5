"""`tandem explain`: why there is no roster, or nobody more on a duty, and what would help."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from patrols.solving import FILE, read_lawful_roster, read_problem, refuse
from scheduler import telling
from scheduler.coverage import Shortfall, shortfalls
from scheduler.explanation import Conflict, Explanation, Gap, Remedy, Verdict
from scheduler.outcome import Infeasible
from scheduler.problem import RosterProblem
from scheduler.sheet import Sheet
from scheduler.wording import LANGUAGES

MOST_STEPS = 5


@click.command()
@click.argument("problem_file", metavar="PROBLEM.json", type=FILE)
@click.argument("roster_file", metavar="[ROSTER.json]", type=FILE, required=False)
@click.option("--duty", metavar="DUTY", help="Where somebody is missing (default: the worst gap).")
@click.option("--need", metavar="NEED", help="Which need of the duty (default: the worst).")
@click.option("--seconds", type=click.FloatRange(min=0.1), default=30.0, show_default=True)
@click.option("--cores", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def explain(
    *,
    problem_file: Path,
    roster_file: Path | None,
    duty: str | None,
    need: str | None,
    seconds: float,
    cores: int,
    language: str,
) -> None:
    """Say which rules of PROBLEM.json clash, or why a need of ROSTER.json falls short.

    Lines "conflict" name the rules, "remedy" what would have to be granted and by whom, "reason"
    what stands against the units one by one. All of it was solved again before it is said. Exit 0
    with an answer, also when a roster is possible or nothing falls short; 1 when the time was too
    short for one; 2 when a file or a name is wrong.
    """
    from scheduler import planner  # noqa: PLC0415 - the solver loads only where it runs

    problem = read_problem(problem_file)
    if faults := tuple(_unknown(problem, duty, need)):
        refuse(problem_file, faults)
    question: Infeasible | Gap | None = Infeasible(0.0)
    if roster_file is not None:
        question = _gap(problem, roster_file, duty, need)
    elif duty or need:
        raise click.UsageError("--duty and --need ask about a ROSTER.json: name it as well")
    if question is None:
        click.echo(telling.nothing_short().sentence(language))
        return
    found = planner.explain(problem, question, planner.Budget(seconds, cores=cores))
    for line in _lines(problem, found, language):
        click.echo(line)
    if found.verdict is Verdict.UNKNOWN:
        sys.exit(1)


def _unknown(problem: RosterProblem, duty: str | None, need: str | None) -> Iterator[str]:
    """What is asked about and not there."""
    meant = [d for d in problem.duties if duty in (None, d.id)]
    if not meant and duty is not None:
        yield f"unknown duty {duty}: it is not in the problem"
    elif need is not None and not any(n.id == need for d in meant for n in d.needs):
        yield f"unknown need {need}: no need of {duty or 'any duty'} is called so"


def _gap(problem: RosterProblem, path: Path, duty: str | None, need: str | None) -> Gap | None:
    """The worst of the gaps that are meant: most below the minimum, then below the target."""
    roster = read_lawful_roster(path, problem)
    gaps = shortfalls(problem, Sheet(problem, roster))
    meant = [g for g in gaps if duty in (None, g.duty) and need in (None, g.need)]
    worst = max(meant, key=lambda gap: _weight(problem, gap), default=None)
    return Gap(roster, worst.duty, worst.need) if worst else None


def _weight(problem: RosterProblem, gap: Shortfall) -> tuple[int, int]:
    priority = problem.duty(gap.duty).priority
    return priority * gap.below_minimum, priority * gap.missing


def _lines(problem: RosterProblem, found: Explanation, language: str) -> Iterator[str]:
    yield found.told.sentence(language)
    if found.conflict:
        yield from _clash(problem, found.conflict, language)
    for change in found.changes:
        yield change.sentence(language)
    for number, remedy in enumerate(found.remedies, 1):
        yield from (f"remedy {number}: {line}" for line in _steps(remedy, language))
    yield from (f"reason: {reason.sentence(language)}" for reason in found.reasons)


def _clash(problem: RosterProblem, conflict: Conflict, language: str) -> Iterator[str]:
    for cause in conflict.causes:
        yield f"conflict {cause.family.code}: {cause.told.sentence(language)}"
        if cause.otherwise:
            yield f"otherwise {cause.family.code}: {cause.otherwise.sentence(language)}"
    yield conflict.label.sentence(language)
    if conflict.within:
        yield telling.frame(problem, conflict.within).sentence(language)


def _steps(remedy: Remedy, language: str) -> Iterator[str]:
    for step in remedy.steps[:MOST_STEPS]:
        borne = f" {step.bears.sentence(language)}" if step.bears else ""
        yield f"{step.told.sentence(language)}{borne}"
    if len(remedy.steps) > MOST_STEPS:
        yield telling.more(len(remedy.steps) - MOST_STEPS).sentence(language)
    yield from (change.sentence(language) for change in remedy.changes)
