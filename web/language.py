"""Which of the four languages a person reads: their own choice, or what the browser asks for."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_babel import get_locale as babel_locale
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest
from wtforms import HiddenField, SelectField

from patrols.access import accounts
from web.office import actor_or_none, here, patrols

LANGUAGES = {"en": "English", "nl": "Nederlands", "fr": "Français", "de": "Deutsch"}
COOKIE = "tandem_language"
YEAR_SECONDS = 365 * 24 * 3600
TRANSLATIONS = Path(__file__).parent / "translations"

blueprint = Blueprint("language", __name__)


class LanguageForm(FlaskForm):
    language = SelectField(choices=list(LANGUAGES.items()))
    back = HiddenField()


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, default_locale="en", locale_selector=asked_for)
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"languages": LANGUAGES, "language": language()})


def language() -> str:
    """The language of this answer: `en`, `nl`, `fr` or `de`."""
    return str(babel_locale() or "en")


def asked_for() -> str:
    """The account's choice, else the cookie's, else the first that the browser asks for."""
    for chosen in (getattr(current_user, "language", None), request.cookies.get(COOKIE)):
        if chosen in LANGUAGES:
            return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


@blueprint.post("/language")
def choose() -> ResponseReturnValue:
    form = LanguageForm()
    if not form.validate_on_submit():
        raise BadRequest
    if (actor := actor_or_none()) is not None:
        accounts.set_language(patrols().office, actor, language=form.language.data)
    answer = redirect(here(form.back.data))
    answer.set_cookie(
        COOKIE,
        form.language.data,
        max_age=YEAR_SECONDS,
        secure=not patrols().office.demo,
        httponly=True,
        samesite="Lax",
    )
    return answer
