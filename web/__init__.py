"""HTTP: pages and forms, each calling one step or one query of `patrols`."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from patrols.bootstrap import Patrols
from web import headers, identity, language, refusals, surroundings, wording
from web.home import views as home
from web.journal import views as journal
from web.mine import views as mine
from web.notices import views as notices
from web.office import EXTENSION
from web.rosters import views as rosters
from web.step import csrf


def create_app(patrols: Patrols) -> Flask:
    """The site of one office. Outside demo mode cookies travel by HTTPS alone."""
    app = Flask(__name__)
    app.extensions[EXTENSION] = patrols
    https = not patrols.office.demo
    app.config.update(
        SECRET_KEY=patrols.secret_key,
        SESSION_COOKIE_NAME="__Host-tandem" if https else "tandem",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=1024 * 1024,
        # A board stays open for a whole shift: the token lives as long as the session.
        WTF_CSRF_TIME_LIMIT=None,
    )
    if hops := patrols.settings.proxies:
        # Whose attempts to sign in are counted is told by the proxies alone.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    csrf.init_app(app)
    headers.init_app(app, https=https)
    for part in (language, identity, wording, refusals, surroundings):
        part.init_app(app)
    for screens in (home, rosters, mine, notices, journal):
        app.register_blueprint(screens.blueprint)
    return app
