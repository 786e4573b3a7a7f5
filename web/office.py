"""What a request stands in: the office it is asked of, and who asks."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from flask import current_app, request
from flask_login import current_user

from patrols.access.actor import Actor
from patrols.bootstrap import Patrols

EXTENSION = "tandem"

# The one city that has rosters so far; menus lead there.
HOME_CITY = "brussels"


def patrols() -> Patrols:
    return cast(Patrols, current_app.extensions[EXTENSION])


def signed_in() -> bool:
    return bool(cast(Any, current_user).is_authenticated)


def actor_or_none() -> Actor | None:
    return actor() if signed_in() else None


def actor() -> Actor:
    """Whoever is signed in; `identity` lets nobody else come as far as a page."""
    return cast(Actor, cast(Any, current_user).actor)


def here(address: str | None) -> str:
    """`address` if it is a path of this site, else the front page: no one is led elsewhere."""
    parts = urlsplit((address or "").replace("\\", "/"))
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def by_htmx() -> bool:
    """A part of the page asks, not the browser as a whole."""
    return request.headers.get("HX-Request") == "true"
