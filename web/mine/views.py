"""A member's own page: the next duty first."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext as _

from patrols.procedures import weekly_roster
from patrols.rosters import queries
from web.step import StepForm, page, step

blueprint = Blueprint("mine", __name__, template_folder="templates")

my_page = page(queries.my_duties, "mine/mine.html")


def shown(**_where: Any) -> Any:
    """The page has no duty in its address."""
    return my_page()


acknowledge = step(
    weekly_roster.acknowledge,
    StepForm,
    shown_on=shown,
    then=lambda _done, **_where: url_for("mine.mine"),
    said=lambda _done: _("Confirmed. Thank you."),
)

blueprint.add_url_rule("/mine", "mine", my_page)
blueprint.add_url_rule("/mine/duties/<duty_id>", "acknowledge", acknowledge, methods=["POST"])
