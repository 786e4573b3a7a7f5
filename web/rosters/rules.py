"""How rules in force stand on a page: a name, a sentence with its numbers, how sure we are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from babel.dates import format_date, get_day_names
from babel.lists import format_list
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from patrols.rosters.rules_in_force import RuleLine, Told, Window
from scheduler.wording import Named, Spoken, duration, shift_name, show
from web.language import language
from web.wording import LOCALES, number, word

WEEK = 7

# Code → what it is called, and what it asks; the gaps are the rule's parameters.
RULES: Mapping[str, tuple[Any, Any]] = {
    "absence": (
        _l("Absence"),
        _l("A unit goes out only with enough members who are not absent."),
    ),
    "authorised-area": (
        _l("Authorised areas"),
        _l("Soldiers serve only where a mandate allows it, from reporting to release."),
    ),
    "authorised-hours": (
        _l("Authorised hours"),
        _l("Soldiers are in a patrol area only within the hours that their mandate gives for it."),
    ),
    "complete-weekends": (
        _l("Complete weekends"),
        _l("A weekend is worked on both of its days or on neither."),
    ),
    "consecutive-nights": (
        _l("Nights in a row"),
        _l("Nights in a row: at most %(maximum_nights)s."),
    ),
    "days-off": (
        _l("Days off"),
        _l("On these dates no duty starts: %(dates)s."),
    ),
    "firm-minimum": (
        _l("Firm minimums"),
        _l("What is asked for as a firm minimum is there, whatever else must give way."),
    ),
    "forbidden-successions": (
        _l("Order of shifts"),
        _l("From one day to the next this order of shifts is not allowed: %(successions)s."),
    ),
    "forbidden-tasks": (
        _l("Forbidden tasks"),
        _l("Nobody is put where one of these tasks would fall to them: %(tasks)s."),
    ),
    "force-ratio": (
        _l("Soldiers per police officer"),
        _l("Soldiers on a duty: at most %(soldiers_per_officer)s for each police officer."),
    ),
    "freeze-before-duty": (
        _l("Freeze"),
        _l(
            "What has begun no longer changes, nor what begins less than %(freeze_minutes)s later,"
            " except where a rule no longer lets somebody go there."
        ),
    ),
    "hours-in-24h": (
        _l("Hours in 24 hours"),
        _l("In any 24 hours at most %(maximum_minutes)s of work, from reporting to release."),
    ),
    "hours-in-rolling-week": (
        _l("Hours in seven days"),
        _l("In any seven days at most %(maximum_minutes)s of work, from reporting to release."),
    ),
    "hours-in-reference-period": (
        _l("Hours in the reference period"),
        _l(
            "In each reference period (calendar months: %(months)s) at most %(weekly_minutes)s a"
            " week on average, days of leave left out; limit on the whole period:"
            " %(total_minutes)s."
        ),
    ),
    "language-pair": (
        _l("Languages"),
        _l("On every duty somebody speaks each of these languages: %(languages)s."),
    ),
    "lent-area": (
        _l("Lent units"),
        _l("A unit serves only in the patrol areas for which its service lends it."),
    ),
    "mandate-cap": (
        _l("Cap of the mandate"),
        _l("No more different soldiers are deployed under a mandate than it allows."),
    ),
    "maximum-consecutive-days-off": (
        _l("Most days off in a row"),
        _l("Days off in a row, before or after a day of work: at most %(maximum_days)s."),
    ),
    "maximum-consecutive-duties": (
        _l("Most days worked in a row"),
        _l("Days worked in a row: at most %(maximum_days)s."),
    ),
    "maximum-duties-of-a-kind": (
        _l("Most duties of one kind"),
        _l("In one roster at most %(maximum_duties)s duties of these shifts: %(shifts)s."),
    ),
    "maximum-weekends": (
        _l("Most weekends worked"),
        _l(
            "Weekends worked in one roster: at most %(maximum_weekends)s; one is worked when a"
            " duty starts on its Saturday or Sunday."
        ),
    ),
    "minimum-consecutive-days-off": (
        _l("Fewest days off in a row"),
        _l(
            "Days off in a row: at least %(minimum_days)s; waived at the edges of a roster:"
            " %(waived_at_edges)s."
        ),
    ),
    "minimum-consecutive-duties": (
        _l("Fewest days worked in a row"),
        _l(
            "Days worked in a row: at least %(minimum_days)s; waived at the edges of a roster:"
            " %(waived_at_edges)s."
        ),
    ),
    "minimum-rest": (
        _l("Daily rest"),
        _l(
            "Between two duties at least %(rest_minutes)s of rest; with consent, after a duty that"
            " ends between %(consent_ends_from_minute)s and %(consent_ends_until_minute)s, at"
            " least %(consent_rest_minutes)s; after an unexpected prolongation at least"
            " %(overrun_rest_minutes)s."
        ),
    ),
    "minutes-in-horizon": (
        _l("Hours of the contract"),
        _l(
            "In one roster at least %(minimum_minutes)s and at most %(maximum_minutes)s of work,"
            " from reporting to release."
        ),
    ),
    "need-maximum": (
        _l("No more than asked for"),
        _l("Nobody is sent where nobody asked for them, and never more than were asked for."),
    ),
    "one-place-at-a-time": (
        _l("One place at a time"),
        _l("Nobody is in two duties at the same time, not even as a member of two units."),
    ),
    "patrol-size": (
        _l("Size"),
        _l("Persons on a duty: at least %(minimum_persons)s, at most %(maximum_persons)s."),
    ),
    "police-lead": (
        _l("Police lead"),
        _l("From start to end somebody “%(qualification)s” is there: %(reach_minutes)s."),
    ),
    "protected-place": (
        _l("Protected places"),
        _l("Soldiers enter a school, a hospital or a place of worship only to guard it."),
    ),
    "protected-training": (
        _l("Protected training"),
        _l(
            "A training keeps its place: during it no duty for the unit of those who train; free"
            " time before and after it: %(margin_minutes)s."
        ),
    ),
    "required-qualification": (
        _l("Qualifications"),
        _l("What a duty requires, somebody present on it holds, in date when the duty starts."),
    ),
    "roe-briefing": (
        _l("Briefing before going out"),
        _l("Everybody who goes out holds “%(qualification)s”, in date when the duty starts."),
    ),
    "rotation-length": (
        _l("Rotation"),
        _l(
            "Days from the first duty of a rotation to its last: at most %(maximum_days)s; then"
            " days in a row without any duty: at least %(away_days)s."
        ),
    ),
    "searcher-within-reach": (
        _l("Search by an officer of the same sex"),
        _l("An officer “%(qualification)s” is there all the time: %(reach_minutes)s."),
    ),
    "weekends-in-a-row": (
        _l("Weekends in a row"),
        _l(
            "Worked weekends in a row: at most %(maximum_weekends)s; the next lies whole within at"
            " least %(rest_after_minutes)s of rest."
        ),
    ),
    "weekly-rest": (
        _l("Weekly rest"),
        _l("In every week with work at least %(rest_minutes)s of rest without interruption."),
    ),
}

CONFIDENCE: Mapping[str, Any] = {
    "V": _l("read in the source"),
    "V-": _l("read in part"),
    "M": _l("from memory: default, to be confirmed"),
    "A": _l("our proposal: default, to be confirmed"),
}


def rule_name(rule: RuleLine) -> str:
    return str(RULES[rule.code][0])


def rule_sentence(rule: RuleLine) -> str:
    told = {name: _in_words(name, value) for name, value in rule.parameters.items()}
    return str(RULES[rule.code][1]) % told


def confidence(mark: str) -> str:
    return str(CONFIDENCE[mark])


def for_whom(rule: RuleLine) -> str:
    """`soldiers · patrol, static guard`; what is not named means everybody, on every duty."""
    whom = (*map(word, rule.forces), *rule.contracts, *rule.units)
    kinds = tuple(map(word, rule.kinds))
    areas = tuple(area.in_(language()) for area in rule.areas)
    said = (whom or (_("everybody"),), kinds or (_("every duty"),), areas)
    return " · ".join(", ".join(part) for part in said if part)


def granted_by(rule: RuleLine) -> str:
    return ", ".join(word(role) for role in rule.relaxable_by) or _("nobody")


def hours(window: Window) -> str:
    """`Mon–Thu, Sun 06:00–22:00`"""
    days = _("every day") if len(window.weekdays) == WEEK else ", ".join(_runs(window.weekdays))
    until = window.until
    if until <= window.starts:
        until = _("%(until)s the next day", until=until)
    return f"{days} {window.starts}–{until}"


def _runs(weekdays: tuple[int, ...]) -> Iterator[str]:
    names = get_day_names("abbreviated", locale=LOCALES[language()])
    for _gap, run in groupby(enumerate(weekdays), key=lambda day: day[1] - day[0]):
        days = [names[day] for _nth, day in run]
        yield days[0] if len(days) == 1 else f"{days[0]}–{days[-1]}"


def _in_words(name: str, value: Told) -> str:
    match value:
        case tuple():
            return _listed(name, value)
        case int():
            return _counted(name, value)
        case _:
            return show(value, language())


def _counted(name: str, value: int) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "reach_minutes":
        near = _("on the spot or within %(time)s", time=duration(value))
        return near if value else _("on the spot")
    if name.endswith("_minutes"):
        return duration(value) if value or name != "total_minutes" else _("none besides")
    if name.endswith("_minute"):
        return f"{value // 60:02}:{value % 60:02}"
    return number(value)


def _listed(name: str, values: tuple[Named | Spoken | str, ...]) -> str:
    if name == "shifts" and not values:
        return _("every shift")
    return format_list([_part(name, value) for value in values], locale=language())


def _part(name: str, value: Named | Spoken | str) -> str:
    match name, value:
        case "dates", str():
            return format_date(date.fromisoformat(value), locale=LOCALES[language()])
        case "shifts" | "successions", str():
            return " → ".join(shift_name(shift, language()) for shift in value.split(">"))
        case _:
            return show(value, language())


FILTERS = (confidence, for_whom, granted_by, hours, rule_name, rule_sentence)
