"""Addresses that pages are mailed to, and the mails."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MailKind(StrEnum):
    """Content of a mail."""

    CODE = "code"
    EXECUTIVE = "executive"


class MailOutcome(StrEnum):
    """Outcome of an attempt to send a mail."""

    SENT = "sent"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    """The mail server did not say whether it took it: it is not sent again by itself."""
    LATER = "later"
    """It certainly was not taken, and is tried again."""


@dataclass(frozen=True, slots=True)
class MailAddressFacts:
    """An address: who added it and when, and since when it is confirmed, None until then."""

    id: int
    address: str
    added_by: str
    added_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class MailTrouble:
    """A mail that is not sent again by itself: its content, month (`2026-10`, empty for a code), why and since when.

    `is_in_doubt`: the mail server did not say whether it took it; it refused any other.
    """

    id: int
    address: str
    kind: MailKind
    month: str
    is_in_doubt: bool
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MailFacts:
    """Addresses of a workspace, oldest first, and mails of the last month in trouble, newest first."""

    addresses: tuple[MailAddressFacts, ...] = ()
    troubles: tuple[MailTrouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail; its content is text in UTF-8."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class MailContent:
    """A mail ready to be sent: raw text throughout. `key` is the same each time that it is sent."""

    to: str
    subject: str
    text: str
    key: str
    attachments: tuple[Attachment, ...] = ()
