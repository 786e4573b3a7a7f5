"""A notice as an e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused
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


class UnusableAddress(ValueError):
    """No letter can be written to it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a letter did not go; `of_the_post` means that no other letter would go either."""

    error: str
    of_the_post: bool
    for_good: bool


def message(owed: Owed, base_url: str) -> EmailMessage:
    """The same notice always bears the same Message-ID, so that sending it twice is seen.

    Raises `UnusableAddress`.
    """
    mail = EmailMessage()
    mail["To"] = _recipient(owed.name, owed.address)
    mail["Subject"] = owed.subject
    mail["Message-ID"] = f"<notice-{owed.notice_id}@{urlsplit(base_url).hostname}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(owed.body)
    mail["Content-Language"] = owed.language  # after the content, which clears its own headers
    return mail


def failure(error: OSError | ValueError) -> Failure:
    """What a refusal means: for this letter alone, or for all; until it passes, or for good."""
    match error:
        case SMTPRecipientsRefused():
            for_good = all(code >= FROM_HERE_ON_FOR_GOOD for code, _ in error.recipients.values())
        case SMTPDataError():
            for_good = error.smtp_code >= FROM_HERE_ON_FOR_GOOD
        case SMTPSenderRefused():
            for_good = False  # the sender is a setting, and can be mended
        case _:
            for_good = isinstance(error, UnusableAddress)
    of_the_post = not isinstance(error, (*_OF_ONE_LETTER, ValueError))
    return Failure(f"{type(error).__name__}: {error}", of_the_post, for_good)


_OF_ONE_LETTER = (SMTPRecipientsRefused, SMTPDataError, SMTPSenderRefused)


def _recipient(name: str, address: str) -> Address:
    """Some addresses make the parser itself stumble, over an index or an attribute."""
    try:
        address.encode("ascii")
        return Address(name, addr_spec=address)
    except (ValueError, MessageError, LookupError, AttributeError) as error:
        raise UnusableAddress(f"{address!r} is no e-mail address ({error})") from error
