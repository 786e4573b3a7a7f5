from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from patrols.procedures.imports.history import import_history
from patrols.procedures.sick_call import report_absence
from patrols.rosters import queries
from patrols.store.office import Office
from scheduler.formats import fingerprint
from scheduler.problem import RosterProblem
from tests.databases import DrivenClock
from tests.patrols import story
from tests.people import COORDINATOR, PLANNER


def problem(office: Office, week: str = story.WEEK) -> RosterProblem:
    return queries.problem_of(office, PLANNER, city="brussels", week=week)


def test_equal_inputs_give_equal_problems_and_an_absence_another(brussels: Office) -> None:
    story.a_draft(brussels)
    before = fingerprint(problem(brussels))
    assert fingerprint(problem(brussels)) == before
    now = brussels.now()
    report_absence(
        brussels,
        PLANNER,
        member_id="P-5339-001",
        starts_at=now + timedelta(days=6),
        ends_at=now + timedelta(days=7),
    )
    changed = problem(brussels)
    assert fingerprint(changed) != before
    [unit] = [u for u in changed.units if u.id == "5339-A"]
    away = [m.id for m in unit.members if m.absences]
    assert "P-5339-001" in away


def test_what_is_published_counts_as_worked_before_and_after(brussels: Office) -> None:
    first = story.a_draft(brussels)
    unit = story.staffed(brussels, first, story.MONDAY_EARLY)
    story.a_draft(brussels, "2026-W50")
    story.brought_out(brussels, first)
    duty = story.duty(brussels, first, story.MONDAY_EARLY)
    following = problem(brussels, "2026-W50")
    [clock] = [c for c in following.clocks if c.id == unit]
    [work] = [w for w in clock.worked if w.area == "brussels-north" and w.reports_at > -11_000]
    assert following.horizon.local(work.starts_at) == duty.starts_at
    assert work.released_at < 0
    assert work.shift == "early"


def test_every_unit_sets_out_from_an_area_of_its_city(brussels: Office) -> None:
    story.a_draft(brussels)
    week = problem(brussels)
    assert {unit.home for unit in week.units} <= {area.id for area in week.areas}


def test_an_overrun_that_is_recorded_replaces_what_was_published(
    brussels: Office, clock: DrivenClock, tmp_path: Path
) -> None:
    first = story.a_draft(brussels)
    name = story.staffed(brussels, first, story.MONDAY_EARLY)
    story.a_draft(brussels, "2026-W50")
    story.brought_out(brussels, first)
    duty = story.duty(brussels, first, story.MONDAY_EARLY)
    [unit] = [unit for unit in problem(brussels, "2026-W50").units if unit.id == name]
    late, in_time = unit.members[0].id, unit.members[1].id
    free = duty.released_at + timedelta(hours=2)
    times = [duty.reports_at, duty.starts_at, free, free]
    file = tmp_path / "history.csv"
    file.write_text(
        "member,reports_at,starts_at,ends_at,released_at,overran\n"
        f"{late},{','.join(moment.isoformat() for moment in times)},yes\n"
    )
    clock.move_to(free)
    import_history(brussels, COORDINATOR, file=file)
    following = problem(brussels, "2026-W50")
    moment = following.horizon.moment
    carried = {member.id: member.clock for member in following.unit(name).members}
    for member, end, overran in ((late, free, True), (in_time, duty.released_at, False)):
        worked = following.clock(carried[member]).worked
        [work] = [w for w in worked if w.released_at > moment(duty.reports_at)]
        assert (work.released_at, work.overran) == (moment(end), overran)


def test_a_member_who_was_away_has_a_clock_of_their_own(brussels: Office) -> None:
    first = story.a_draft(brussels)
    story.a_draft(brussels, "2026-W50")
    for unit in (u for u in problem(brussels).units if len(u.members) >= 3):
        candidates = queries.candidates(
            brussels, PLANNER, roster_id=first, duty_id=story.MONDAY_EARLY
        )
        if any(c.unit_id == unit.id and c.lawful for c in candidates):
            break
    story.add(brussels, first, unit.id, story.MONDAY_EARLY)
    story.brought_out(brussels, first)
    duty = story.duty(brussels, first, story.MONDAY_EARLY)
    ill = unit.members[-1].id
    report_absence(
        brussels, PLANNER, member_id=ill, starts_at=duty.reports_at, ends_at=duty.released_at
    )
    [after] = [u for u in problem(brussels, "2026-W50").units if u.id == unit.id]
    clocks = {member.id: member.clock for member in after.members}
    assert clocks[ill] != clocks[unit.members[0].id]
    assert len(set(clocks.values())) == 2


def test_a_mandate_is_laid_out_over_the_week_by_its_hours(brussels: Office) -> None:
    story.a_draft(brussels)
    week = problem(brussels)
    [mandate] = week.mandates
    peterbos = [h.during for h in mandate.hours if h.area == "peterbos"]
    inside = [span for span in peterbos if span.overlaps(week.horizon.span)]
    assert len(inside) == 8  # an evening of each day, and the tail of the Sunday before
    assert {span.minutes for span in inside} == {12 * 60}


def test_rules_hold_for_as_long_as_their_framework(brussels: Office) -> None:
    story.a_draft(brussels)
    rules = problem(brussels).rules
    assert rules
    assert all(rule.scope.during is not None and rule.source for rule in rules)
    assert {rule.framework for rule in rules} >= {"police-working-time-rppol"}
