"""Weeks, boards, rosters and runs: every view is a declaration."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext as _

from patrols.procedures import computing, weekly_roster
from patrols.rosters import queries
from patrols.rosters.rules_in_force import rules_in_force
from patrols.rosters.weeks import shifted
from patrols.runs.queries import run_state
from web.rosters import board, forms, rules, score, shortfalls
from web.rosters.duty import panel
from web.rosters.weeks import board_of_week, plan
from web.step import StepForm, page, step

blueprint = Blueprint("rosters", __name__, template_folder="templates")

blueprint.app_context_processor(
    lambda: {
        "crew": board.crew,
        "groups": board.groups,
        "on": board.on,
        "shortfalls_by_day": shortfalls.by_day,
        "shown_day": board.shown_day,
        "tally": board.tally,
    }
)
blueprint.add_app_template_filter(lambda week: shifted(week, -1), "week_before")
blueprint.add_app_template_filter(lambda week: shifted(week, 1), "week_after")
for function in rules.FILTERS:
    blueprint.add_app_template_filter(function)

weeks_page = page(plan, "rosters/weeks.html")
week_page = page(board_of_week, "rosters/week.html")
board_page = page(queries.board, "rosters/board.html", "rosters/table.html")
duty_page = page(panel, "rosters/duty_page.html", "rosters/duty.html")
roster_page = page(queries.roster_page, "rosters/roster.html")
rules_page = page(rules_in_force, "rosters/rules.html")
publish_page = page(queries.roster_page, "rosters/publish.html")
run_page = page(run_state, "rosters/run_page.html", "rosters/run.html")

GET = {
    "weeks": ("/<city>/weeks", weeks_page),
    "week": ("/<city>/weeks/<week>", week_page),
    "roster": ("/rosters/<int:roster_id>", roster_page),
    "board": ("/rosters/<int:roster_id>/board", board_page),
    "rules": ("/rosters/<int:roster_id>/rules", rules_page),
    "publishing": ("/rosters/<int:roster_id>/publishing", publish_page),
    "duty": ("/rosters/<int:roster_id>/duties/<duty_id>", duty_page),
    "run": ("/runs/<int:run_id>", run_page),
}
EDITS = {
    "add": forms.AddForm,
    "together": forms.TogetherForm,
    "remove": forms.RemoveForm,
    "replace": forms.ReplaceForm,
    "clear": forms.ClearForm,
    "move": forms.MoveForm,
    "pin": forms.PinForm,
    "role": forms.RoleForm,
}


def to_roster(_done: Any, *, roster_id: int) -> str:
    return url_for("rosters.roster", roster_id=roster_id)


def to_made_roster(made: int, **_where: Any) -> str:
    return url_for("rosters.roster", roster_id=made)


def to_duty(_done: Any, *, roster_id: int, duty_id: str) -> str:
    return url_for("rosters.duty", roster_id=roster_id, duty_id=duty_id)


def to_run(_done: Any, *, run_id: int) -> str:
    return url_for("rosters.run", run_id=run_id)


on_roster = partial(step, shown_on=roster_page, then=to_roster)

POST = {
    "request": (
        "/<city>/weeks",
        step(
            weekly_roster.request_draft,
            forms.RequestForm,
            shown_on=weeks_page,
            then=to_made_roster,
            said=lambda _done: _("A draft is being computed."),
        ),
    ),
    "submit": (
        "/rosters/<int:roster_id>/submit",
        on_roster(
            weekly_roster.submit,
            forms.VersionForm,
            said=lambda _done: _("Submitted. The commanders and Defence can sign now."),
        ),
    ),
    "sign": (
        "/rosters/<int:roster_id>/sign",
        on_roster(weekly_roster.sign, forms.SignForm, said=lambda _done: _("Signed.")),
    ),
    "send_back": (
        "/rosters/<int:roster_id>/send-back",
        on_roster(
            weekly_roster.send_back,
            forms.ReasonForm,
            said=lambda _done: _("Sent back to the planner; all signatures have lapsed."),
        ),
    ),
    "publish": (
        "/rosters/<int:roster_id>/publish",
        step(
            weekly_roster.publish,
            forms.VersionForm,
            shown_on=publish_page,
            then=to_roster,
            said=lambda _done: _("Published. Everybody concerned is being told."),
        ),
    ),
    "new_version": (
        "/rosters/<int:roster_id>/new-version",
        step(
            weekly_roster.new_version,
            StepForm,
            shown_on=roster_page,
            then=to_made_roster,
            said=lambda _done: _(
                "A new version is open as a draft. The published one stays valid."
            ),
        ),
    ),
    "cancel_run": (
        "/runs/<int:run_id>/cancel",
        step(
            computing.cancel_run,
            StepForm,
            shown_on=run_page,
            then=to_run,
            said=lambda _done: _("Cancelled."),
        ),
    ),
} | {
    name: (
        f"/rosters/<int:roster_id>/duties/<duty_id>/{name}",
        step(weekly_roster.edit, form, shown_on=duty_page, then=to_duty, said=score.told),
    )
    for name, form in EDITS.items()
}

for name, (rule, view) in GET.items():
    blueprint.add_url_rule(rule, name, view)
for name, (rule, view) in POST.items():
    blueprint.add_url_rule(rule, name, view, methods=["POST"])
