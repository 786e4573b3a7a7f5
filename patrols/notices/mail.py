"""A notice as an e-mail."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from smtplib import SMTPRecipientsRefused
from typing import Protocol
from urllib.parse import urlsplit

FROM_HERE_ON_FOR_GOOD = 500


class Owed(Protocol):
    """What a delivery says of its notice."""

    @property
    def notice_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def body(self) -> str: ...


def message(owed: Owed, base_url: str) -> EmailMessage:
    """The same notice always bears the same Message-ID, so that sending it twice is seen."""
    mail = EmailMessage()
    mail["To"] = Address(owed.name, addr_spec=owed.address)
    mail["Subject"] = owed.subject
    mail["Message-ID"] = f"<notice-{owed.notice_id}@{urlsplit(base_url).hostname}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(owed.body)
    mail["Content-Language"] = owed.language  # after the content, which clears its own headers
    return mail


def refused_for_good(error: OSError) -> bool:
    """The server knows the address and will never take it; everything else may pass."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= FROM_HERE_ON_FOR_GOOD for code, _ in error.recipients.values()
    )
