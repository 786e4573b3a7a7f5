"""Reads environment variables; remembers what is wrong with each instead of stopping at one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

SECRET_LENGTH = 32
HIDDEN = frozenset({"TANDEM_SECRET_KEY", "TANDEM_SMTP_URL", "TANDEM_DATABASE_URL"})
"""Variables whose value is never repeated, not even in a complaint about it."""

MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}

Value = TypeVar("Value")


class NotAllowed(ValueError):
    """A value that cannot be; the message says what is allowed instead."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail leaves: `smtp` in the clear, `smtp+starttls`, or `smtps` from the first byte."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)


class Environment:
    """One reading of the environment; `faults` grows by a sentence for each faulty variable."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def read(self, name: str, parse: Callable[[str], Value], default: Value) -> Value:
        """The parsed variable; the default where it is unset, empty or faulty."""
        text = self._environ.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except NotAllowed as wrong:
            given = "has a value that cannot be" if name in HIDDEN else f'is "{text}"'
            self.faults.append(f"{name} {given}; allowed: {wrong}")
            return default


def whole(at_least: int, at_most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not at_least <= int(text) <= at_most:
            raise NotAllowed(f"a whole number from {at_least} to {at_most}")
        return int(text)

    return parse


def one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in choices:
            raise NotAllowed(", ".join(choices))
        return text.lower()

    return parse


def switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise NotAllowed("0 or 1")
    return text == "1"


def host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:_-]+", text):
        raise NotAllowed("a host name or an address, such as 127.0.0.1 or 0.0.0.0")
    return text


def secret(text: str) -> str:
    if len(text) < SECRET_LENGTH:
        raise NotAllowed(f"at least {SECRET_LENGTH} characters that nobody can guess")
    return text


def address(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text):
        raise NotAllowed("a mail address, such as roster@police.example")
    return text


def folder(within: Path) -> Callable[[str], Path]:
    """A path, a relative one taken from `within`."""

    def parse(text: str) -> Path:
        try:
            return within / Path(text).expanduser()
        except RuntimeError:
            raise NotAllowed("a folder; the home of this user is not known") from None

    return parse


def base_url(text: str) -> str:
    parts = _split(text)
    if parts is None or parts.scheme not in ("http", "https") or parts.path.strip("/"):
        raise NotAllowed("http:// or https:// and a host, such as https://tandem.example")
    return text.rstrip("/")


def database(text: str) -> str:
    if re.fullmatch(r"sqlite:///.+", text) and not text.endswith(":memory:"):
        return text
    parts = _split(text)
    if parts is None or parts.scheme not in ("postgresql", "postgresql+psycopg"):
        raise NotAllowed("sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE")
    return text


def mail_server(text: str) -> MailServer:
    parts = _split(text)
    if parts is None or parts.scheme not in MAIL_PORTS or parts.path.strip("/"):
        raise NotAllowed(
            "smtp://, smtp+starttls:// or smtps://, then USER:PASSWORD@HOST:PORT,"
            " of which only HOST is needed"
        )
    return MailServer(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=parts.username and unquote(parts.username),
        password=parts.password and unquote(parts.password),
    )


def _split(text: str) -> SplitResult | None:
    """The parts of an address that has a host and, if any, a possible port."""
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None
