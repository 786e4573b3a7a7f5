"""How names, times and numbers stand on a page, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from patrols.access.actor import RoleName
from patrols.notices.lifecycle import NoticeState
from patrols.rosters.lifecycle import RosterState
from patrols.rosters.views import (
    BoardArea,
    BoardNeed,
    MyDuty,
    NeedState,
    ScoreLine,
    SignOffView,
)
from patrols.runs.lifecycle import RunState
from scheduler.coverage import Shortfall
from scheduler.duties import Count
from scheduler.forces import DutyKind, Force
from scheduler.roster import Role
from scheduler.rule import Text
from scheduler.wording import Moment, Named, Occasion, duration, show
from web.language import language
from web.office import patrols

LOCALES = {"en": "en_BE", "nl": "nl_BE", "fr": "fr_BE", "de": "de_BE"}
DAY = {"de": "EEE d. MMM"}
DATE_IN_FULL = {"de": "EEEE, d. MMMM y"}

WORDS: Mapping[type[StrEnum], Mapping[str, Any]] = {
    RosterState: {
        "requested": _l("being computed"),
        "failed": _l("no roster found"),
        "draft": _l("draft"),
        "submitted": _l("waiting for signatures"),
        "published": _l("published"),
        "superseded": _l("superseded"),
    },
    RunState: {
        "queued": _l("waiting its turn"),
        "running": _l("computing"),
        "finished": _l("finished"),
        "failed": _l("failed"),
        "cancelled": _l("cancelled"),
        "stale": _l("overtaken by changes"),
    },
    NoticeState: {
        "queued": _l("to be sent"),
        "sending": _l("being sent"),
        "sent": _l("sent"),
        "failed-for-now": _l("not delivered yet, will be tried again"),
        "failed-for-good": _l("could not be delivered"),
        "seen": _l("seen"),
    },
    NeedState: {
        "met": _l("fully staffed"),
        "below-target": _l("below target"),
        "below-minimum": _l("below minimum"),
    },
    DutyKind: {
        "patrol": _l("patrol"),
        "guard": _l("static guard"),
        "standby": _l("reserve"),
        "post": _l("post"),
    },
    Force: {"police": _l("police"), "military": _l("soldiers")},
    Role: {
        "police-lead": _l("police lead"),
        "deputy": _l("deputy lead"),
        "military-lead": _l("military lead"),
        "member": _l("member of the patrol"),
        "guard": _l("guard"),
        "standby": _l("on reserve"),
    },
    RoleName: {
        "member": _l("unit member"),
        "planner": _l("planner"),
        "commander": _l("zone commander"),
        "defence-liaison": _l("Defence liaison officer"),
        "coordinator": _l("coordinator"),
        "administrator": _l("administrator"),
        "system": _l("the system"),
    },
}


LEVELS: Mapping[int, Any] = {1: _l("Minimums"), 2: _l("Targets"), 3: _l("Fairness and habits")}

STEPS: Mapping[str, Any] = {
    "weekly_roster.request_draft": _l("asked for a draft"),
    "weekly_roster.edit": _l("edited the draft"),
    "weekly_roster.submit": _l("submitted the roster"),
    "weekly_roster.sign": _l("signed a part"),
    "weekly_roster.send_back": _l("sent the roster back"),
    "weekly_roster.publish": _l("published the roster"),
    "weekly_roster.new_version": _l("started a new version"),
    "weekly_roster.acknowledge": _l("confirmed a duty"),
    "computing.take_run": _l("began to compute"),
    "computing.record_outcome": _l("kept what was computed"),
    "computing.fail_run": _l("could not compute"),
    "computing.cancel_run": _l("cancelled the computing"),
    "computing.release_lost_runs": _l("took up a lost computing again"),
    "notices.claim_due": _l("took letters to send"),
    "notices.record_delivery": _l("sent a letter"),
    "accounts.create_account": _l("made an account"),
    "accounts.record_sign_in": _l("signed in"),
    "sick_call.report_absence": _l("reported an absence"),
    "imports.import_forces": _l("imported forces"),
    "imports.import_absences": _l("imported absences"),
    "imports.import_coverage": _l("imported coverage"),
    "imports.import_history": _l("imported duties worked"),
    "framework_change.import_frameworks": _l("imported frameworks"),
    "reference_data.load_reference": _l("loaded reference data"),
}


def init_app(app: Flask) -> None:
    for function in FILTERS:
        app.add_template_filter(function)
    app.add_template_filter(lambda told: told.sentence(language()), "sentence")


def word(value: StrEnum | None) -> str:
    """What the reader calls a state, role, force or kind."""
    return "" if value is None else str(WORDS[type(value)][value.value])


def capital(said: str) -> str:
    """With a capital first; those further on, as of German nouns, stay."""
    return said[:1].upper() + said[1:]


def level(number: int) -> str:
    """What a level of the objective is about."""
    return str(LEVELS.get(number) or _("Level %(number)s", number=number))


def step_taken(step: str) -> str:
    """A step as the journal tells it; one without words yet by its own name."""
    return str(STEPS.get(step, step))


def text(said: Text) -> str:
    return said.in_(language())


def area(named: BoardArea | SignOffView | MyDuty) -> str:
    """A patrol area, or the soldiers' part, as the reader calls it."""
    return text(named.place)


def clock(local: datetime) -> str:
    return local.strftime("%H:%M")


def day(when: date) -> str:
    """`Mon 7 Dec`"""
    return format_date(when, DAY.get(language(), "EEE d MMM"), locale=LOCALES[language()])


def weekday(when: date) -> str:
    """`Mon`"""
    return format_date(when, "EEE", locale=LOCALES[language()])


def date_in_full(when: date) -> str:
    """`Monday 7 December 2026`"""
    pattern = DATE_IN_FULL.get(language(), "EEEE d MMMM y")
    return format_date(when, pattern, locale=LOCALES[language()])


def instant(when: datetime) -> str:
    """An instant on the office's wall clock: `Mon 7 Dec 2026, 14:05`."""
    local = patrols().office.local(when)
    pattern = f"{DAY.get(language(), 'EEE d MMM')} y, HH:mm"
    return format_datetime(local, pattern, locale=LOCALES[language()])


def percent(share: float) -> str:
    return format_percent(share, "#,##0.#\N{NO-BREAK SPACE}%", locale=LOCALES[language()])


def number(value: int) -> str:
    return format_decimal(value, locale=LOCALES[language()])


def shown(value: Any) -> str:
    """One value of a refusal's sentence."""
    match value:
        case StrEnum() if type(value) in WORDS:
            return word(value)
        case datetime():
            return instant(value)
        case Moment() | Named() | Occasion():
            return show(value, language())
        case tuple() | list() | frozenset():
            return ", ".join(sorted(shown(part) for part in value))
        case _:
            return str(value)


def amount(line: ScoreLine) -> str:
    """How far a wish is from true, with the unit that it is measured in."""
    match line.code:
        case "familiar-area":
            return ngettext("%(num)s duty", "%(num)s duties", line.value)
        case "fewest-changes":
            return ngettext("%(num)s change", "%(num)s changes", line.value)
        case _:
            return ngettext("%(num)s point", "%(num)s points", line.value)


def gap_in_words(need: BoardNeed | Shortfall) -> str:
    """`police team 1 of 2`, or, worse, `police team 0 of min. 1`."""
    lacking = need.there < need.minimum
    amount = _("min. %(n)s", n=need.minimum) if lacking else str(need.target)
    what = counted(need)
    return _("%(what)s %(there)s of %(amount)s", what=what, there=need.there, amount=amount)


COUNTED: Mapping[tuple[Count, Force | None], Any] = {
    (Count.TEAMS, Force.POLICE): _l("police team"),
    (Count.TEAMS, Force.MILITARY): _l("soldier team"),
    (Count.TEAMS, None): _l("team"),
    (Count.PERSONS, Force.POLICE): _l("police officers"),
    (Count.PERSONS, Force.MILITARY): _l("soldiers"),
    (Count.PERSONS, None): _l("persons"),
}


def counted(need: BoardNeed | Shortfall) -> str:
    """What a need counts, in few words."""
    return str(COUNTED[need.counts, need.force])


FILTERS = (
    amount,
    area,
    capital,
    clock,
    counted,
    date_in_full,
    day,
    duration,
    gap_in_words,
    instant,
    level,
    number,
    percent,
    step_taken,
    text,
    weekday,
    word,
)
