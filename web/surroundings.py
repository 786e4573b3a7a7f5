"""What every page knows besides its view: who may what, where it stands, which day it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext as _

from patrols.access import policy
from patrols.access.actor import RoleName
from patrols.errors import NotAllowed
from scheduler.forces import Force
from web.office import HOME_CITY, actor, patrols


@dataclass(frozen=True, slots=True)
class MenuItem:
    name: str
    address: str
    here: bool


def init_app(app: Flask) -> None:
    @app.context_processor
    def surroundings() -> dict[str, Any]:
        office = patrols().office
        return {
            "demo": office.demo,
            "forces": Force,
            "here": request.full_path.rstrip("?") if request.method == "GET" else "/",
            "may": may,
            "menu": menu,
            "today": office.local(office.now()).date(),
        }


def may(step: str, **facts: Any) -> bool:
    """Whether to show a button: the step itself asks the same table again."""
    if not facts:
        return policy.may(actor(), step)
    try:
        policy.require(actor(), step, **facts)
    except NotAllowed:
        return False
    return True


def menu() -> tuple[MenuItem, ...]:
    """The screens that this person may open, the present one marked."""
    named = (
        (_("Home"), url_for("home.home"), True),
        (_("My duties"), url_for("mine.mine"), actor().is_(RoleName.MEMBER)),
        (_("Weeks"), url_for("rosters.weeks", city=HOME_CITY), may("rosters.weeks")),
        (_("Letters"), url_for("notices.inbox"), patrols().office.demo),
        (_("Journal"), url_for("journal.entries"), may("journal.entries")),
    )
    return tuple(MenuItem(name, to, here=request.path == to) for name, to, shown in named if shown)
