"""Two ways of posting a letter: a mail server, or a folder that a demo shows as an inbox."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from hashlib import sha256
from pathlib import Path
from smtplib import SMTP, SMTP_SSL

PATIENCE_SECONDS = 20
STARTTLS = "smtp+starttls"
TLS = "smtps"


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands letters to a mail server; raises `OSError` (`smtplib` ones too) when it cannot."""

    scheme: str
    host: str
    port: int
    user: str | None
    password: str | None = field(repr=False)
    sender: str

    def send(self, message: EmailMessage) -> None:
        with self._connection() as server:
            if self.scheme == STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if self.user is not None:
                server.login(self.user, self.password or "")
            server.send_message(_complete(message, self.sender))

    def _connection(self) -> SMTP:
        if self.scheme == TLS:
            context = ssl.create_default_context()
            return SMTP_SSL(self.host, self.port, timeout=PATIENCE_SECONDS, context=context)
        return SMTP(self.host, self.port, timeout=PATIENCE_SECONDS)


@dataclass(frozen=True, slots=True)
class FolderMailer:
    """Lays each letter down as a file; the same letter twice is one file."""

    folder: Path
    sender: str

    def send(self, message: EmailMessage) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        letter = bytes(_complete(message, self.sender))
        name = sha256(str(message["Message-ID"]).encode()).hexdigest()[:24]
        (self.folder / f"{name}.eml").write_bytes(letter)


def _complete(message: EmailMessage, sender: str) -> EmailMessage:
    if "From" not in message:
        message["From"] = sender
    if "Date" not in message:
        message["Date"] = localtime()
    if "Message-ID" not in message:
        message["Message-ID"] = make_msgid(domain="tandem.invalid")
    return message
