"""What the business asks of the world outside: the time, the calendar, the post."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Protocol


class Clock(Protocol):
    """Tells the time; the only source of now."""

    def now(self) -> datetime:
        """The present instant, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Holiday(Protocol):
    """A legal holiday."""

    @property
    def id(self) -> str: ...
    @property
    def day(self) -> date: ...


class Holidays(Protocol):
    """The calendar of legal holidays, of any year."""

    def on(self, day: date) -> Holiday | None: ...


class Mailer(Protocol):
    """Hands one message to the post; raises `OSError` or `ValueError` when it is not taken."""

    def send(self, message: EmailMessage) -> None: ...
