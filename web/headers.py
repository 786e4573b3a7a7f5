"""What every answer tells the browser: load nothing from elsewhere, keep and frame nothing."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

STATIC = Path(__file__).parent / "static"
YEAR_SECONDS = 365 * 24 * 3600

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
ONLY_HTTPS = "max-age=31536000; includeSubDomains"


def init_app(app: Flask, *, https: bool) -> None:
    """`https`: the browser may be told never to come back without it."""
    app.before_request(_make_nonce)
    app.url_defaults(_name_the_version)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR_SECONDS

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(FIXED)
        response.headers["Content-Security-Policy"] = POLICY.format(nonce=g.get("nonce", ""))
        if https:
            response.headers["Strict-Transport-Security"] = ONLY_HTTPS
        if request.endpoint != "static":
            # Shared duty-room computers: the back button shows nothing after signing out.
            response.headers["Cache-Control"] = "no-store"
            response.headers["Vary"] = "Cookie, HX-Request, Accept-Language"
        return response


def _make_nonce() -> None:
    g.nonce = secrets.token_urlsafe(16)


def _name_the_version(endpoint: str, values: dict[str, Any]) -> None:
    """A static file's address changes with its content, so that browsers may keep it a year."""
    if endpoint == "static" and "filename" in values:
        values["v"] = _fingerprint(values["filename"])


@cache
def _fingerprint(filename: str) -> str:
    path = STATIC / filename
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "none"
