"""Addresses that pages are mailed to, and the mails."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.types import Row, enum_text, instant


class MailState(StrEnum):
    """Stage of a mail on its way."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    """The mail server did not say whether it took it, so it is not sent again by itself."""


class MailAddress(Row, table=True):
    """An address; pages go there once whoever added it typed the code that was mailed there.

    `code` counts until `code_until` and as often as `tries_left`; it is empty once confirmed. The next page goes there
    at `next_at`.
    """

    __tablename__ = "mail_address"
    __table_args__ = (UniqueConstraint("workspace_id", "address"),)
    address: str = Field(max_length=254)
    code: str = ""
    code_until: datetime = instant()
    tries_left: int = 0
    added_by: str = Field(max_length=32)
    added_at: datetime = instant()
    confirmed_at: datetime | None = instant(nullable=True)
    next_at: datetime | None = instant(nullable=True, index=True)


class Mail(Row, table=True):
    """A mail to an address, sent once: `key` tells it from every other.

    `kind` says what it holds, `month` which month its page is of, `2026-10`.
    While one process sends it, `leased_until` says until when; a mail that is still being sent after that is in doubt.
    """

    __tablename__ = "mail"
    # whoever comes late with how a mail ended must not find another one under the same number
    __table_args__ = (UniqueConstraint("workspace_id", "key"), {"sqlite_autoincrement": True})
    key: str = Field(max_length=320)
    address: str = Field(max_length=254)
    kind: str = Field(max_length=16)
    month: str = Field(default="", max_length=7)
    state: MailState = enum_text(MailState, default=MailState.WAITING, length=16)
    created_at: datetime = instant()
    due_at: datetime = instant(index=True)
    leased_until: datetime | None = instant(nullable=True)
    attempts: int = 0
    changed_at: datetime = instant()
    last_error: str = ""
