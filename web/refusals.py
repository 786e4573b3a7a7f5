"""How a refusal is told: its family gives the status, its code the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from patrols.errors import (
    FaultyFile,
    Invalid,
    NotAllowed,
    NotFound,
    RuleBroken,
    Stale,
    TandemError,
    TooManyAttempts,
    WrongState,
)
from web.language import language
from web.office import by_htmx
from web.wording import shown

STATUS: Mapping[type[TandemError], int] = {
    TooManyAttempts: 429,
    NotFound: 404,
    NotAllowed: 403,
    WrongState: 409,
    Invalid: 422,
    Stale: 409,
}

SENTENCES: Mapping[str, Any] = {
    "not-found": _l("This does not exist (any more)."),
    "not-allowed": _l("Your account may not do this."),
    "wrong-state": _l("This cannot be done now. State: %(state)s."),
    "invalid": _l("%(key)s: %(fault)s."),
    "stale": _l("This has changed since you opened it. Look again."),
    "unknown-city": _l("There is no city %(city)s."),
    "unknown-week": _l("There is no week %(week)s."),
    "unknown-unit": _l("There is no unit %(unit)s."),
    "unknown-member": _l("There is no member %(member)s."),
    "unknown-duty": _l("There is no duty %(duty)s."),
    "unknown-roster": _l("There is no roster %(roster)s."),
    "unknown-run": _l("There is no run %(run)s."),
    "unknown-account": _l("There is no account %(account)s."),
    "too-many-attempts": _l("Too many sign-ins failed. Wait %(wait)s, then try again."),
    "not-your-command": _l("You do not answer for %(part)s; its own commander signs it."),
    "not-your-duty": _l("You are not on this duty, and only those who are can confirm it."),
    "needs-second-person": _l("You made this roster; a second person must sign it."),
    "demo-only": _l("This exists in the demonstration only."),
    "roster-already-published": _l(
        "Version %(version)s is published and no longer changes. Start a new version instead."
    ),
    "draft-already-open": _l(
        "Week %(week)s already has version %(version)s (%(state)s). Finish that one first."
    ),
    "week-in-the-past": _l("Week %(week)s is over or has begun. Choose a later week."),
    "duty-in-the-past": _l("This duty began at %(starts_at)s. What has begun is not changed."),
    "framework-not-in-force": _l(
        "No framework is in force for week %(week)s. Import one that is valid then."
    ),
    "mandate-expired": _l(
        "No mandate is in force for the soldiers on this duty: %(duty)s. Renew it or remove them."
    ),
    "signatures-missing": _l("These parts are not signed off yet: %(parts)s."),
    "inputs-changed-meanwhile": _l(
        "Somebody else changed this in the meantime. You see the new state now; look, "
        "then repeat your change."
    ),
    "faulty-file": _l("%(file)s was not imported. Mend this and try again: %(listed)s"),
    "database-unusable": _l("The database cannot be used: %(reason)s"),
    "no-duties": _l("Week %(week)s has no duties yet. Ask for a draft of that week first."),
    "unknown-part": _l("This roster has no part %(part)s to sign. Its parts are %(parts)s."),
    "not-on-duty": _l("%(unit)s is not on this duty (any more)."),
    "already-on-duty": _l("%(unit)s is already on this duty."),
    "already-signed": _l("%(part)s is already signed off by %(name)s."),
    "week-is-over": _l("Week %(week)s is over. Its roster stays as it is."),
    "double-booked": _l("A unit of this roster is already on a published duty at the same time."),
    "role-not-possible": _l("%(unit)s cannot be %(role)s on this duty."),
    "reason-missing": _l("Give a reason, so that the author knows what to change."),
    "framework-changed": _l(
        "Submitted under rules (%(frameworks)s) no longer in force for week %(week)s."
        " Send it back first."
    ),
    "form-refused": _l("Please check what you filled in. %(faults)s"),
}

PAGES: Mapping[int, tuple[Any, Any]] = {
    400: (_l("That did not arrive whole"), _l("Go back, load the page again and repeat it.")),
    403: (_l("Not for this account"), _l("Your account may not see or do this.")),
    404: (_l("Nothing here"), _l("What you look for does not exist, or no longer does.")),
    405: (_l("Nothing here"), _l("What you look for does not exist, or no longer does.")),
    409: (_l("Not now"), _l("This cannot be done in its present state.")),
    422: (_l("That cannot be right"), _l("Please check what you filled in.")),
    429: (_l("Too many attempts"), _l("Wait a few minutes, then try again.")),
    500: (_l("Something broke here"), _l("It was recorded. Nothing was changed; try again.")),
}
TOO_OLD = _l("This page was open for too long, or came from elsewhere. Load it again.")


def init_app(app: Flask) -> None:
    app.register_error_handler(TandemError, _told)
    app.register_error_handler(CSRFError, lambda _: _answer(400, (str(TOO_OLD),)))
    app.register_error_handler(HTTPException, _http)


def status(refusal: TandemError) -> int:
    return next((STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), 500)


def sentences(refusal: TandemError) -> tuple[str, ...]:
    """What the reader is told, in their language; a broken rule speaks for itself."""
    if isinstance(refusal, RuleBroken):
        return tuple(dict.fromkeys(v.sentence(language()) for v in refusal.violations))
    if isinstance(refusal, FaultyFile):
        return refusal.faults
    if refusal.code not in SENTENCES:
        return (str(refusal),)
    values = {name: shown(value) for name, value in refusal.values.items()}
    return (str(SENTENCES[refusal.code]) % values,)


def _told(refusal: TandemError) -> ResponseReturnValue:
    return _answer(status(refusal), sentences(refusal))


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    return _answer(code if code in PAGES else 500 if code >= 500 else 400)


def _answer(code: int, told: tuple[str, ...] = ()) -> ResponseReturnValue:
    title, way_on = PAGES[code]
    g.refusal = ()
    template = "refused_in_place.html" if by_htmx() else "refused.html"
    return render_template(template, title=title, told=told or (str(way_on),)), code
