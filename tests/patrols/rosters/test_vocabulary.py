"""No sentence about a roster shows what only programs call a thing."""

from __future__ import annotations

import re
from itertools import cycle

from patrols.areas.records import AreaRecord
from patrols.rosters import queries
from patrols.store.office import Office
from scheduler.check import violations
from scheduler.coverage import shortfalls
from scheduler.problem import RosterProblem
from scheduler.roster import Assignment, Roster
from scheduler.sheet import Sheet
from scheduler.wording import LANGUAGES, Thing
from tests.patrols import story
from tests.people import PLANNER

SHOWN = {"required-qualification", "searcher-within-reach", "authorised-hours"}


def week(office: Office) -> RosterProblem:
    story.a_draft(office)
    return queries.problem_of(office, PLANNER, city="brussels", week=story.WEEK)


def lawless(problem: RosterProblem) -> Roster:
    """Every duty to one unit, whoever is next."""
    pairs = zip(cycle(problem.units[::3]), problem.duties, strict=False)
    return Roster.of(Assignment(unit.id, duty.id) for unit, duty in pairs)


def test_every_qualification_task_place_area_and_mandate_has_a_name(brussels: Office) -> None:
    problem = week(brussels)
    named = {(name.thing, name.id) for name in problem.vocabulary}
    needs = [need for duty in problem.duties for need in duty.needs]
    assert {(Thing.TASK, task) for need in needs for task in need.tasks} <= named
    held = [q.name for unit in problem.units for m in unit.members for q in m.qualifications]
    assert {(Thing.QUALIFICATION, name) for name in held} <= named
    places = [duty.protected_place for duty in problem.duties if duty.protected_place]
    assert {(Thing.PLACE, place) for place in places} <= named
    assert {(Thing.AREA, area.id) for area in problem.areas} <= named
    assert {(Thing.MANDATE, mandate.id) for mandate in problem.mandates} <= named


def test_sentences_of_rules_and_shortfalls_show_no_id(brussels: Office) -> None:
    problem = week(brussels)
    sheet = Sheet(problem, lawless(problem))
    broken = list(violations(problem, sheet))
    assert {v.rule for v in broken} >= SHOWN
    ids = [name.id for name in problem.vocabulary if "-" in name.id]
    ids += [duty.id for duty in problem.duties]
    raw = re.compile("|".join(rf"(?<![\w-]){re.escape(i)}(?![\w-])" for i in ids))
    told = [v.sentence for v in broken] + [s.sentence for s in shortfalls(problem, sheet)]
    assert [said for say in told for lang in LANGUAGES if raw.search(said := say(lang))] == []


def test_an_area_is_called_as_the_reader_calls_it(brussels: Office) -> None:
    problem = week(brussels)
    duty = problem.duty(story.MONDAY_EARLY)
    with brussels.store.reading() as session:
        area = session.get(AreaRecord, duty.area)
        assert area is not None
        names = area.names
    [gap, *_] = [s for s in shortfalls(problem, Sheet(problem, Roster())) if s.duty == duty.id]
    for language in LANGUAGES:
        assert gap.sentence(language).startswith(f"{names[language]}, ")
