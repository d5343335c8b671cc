"""Requests already taken (inbox), answers under way, and messages to send (outbox)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.models.types import JsonValue, Row, enum_text, instant


class Received(Row, table=True):
    """An event, click or form that was taken; the unique key makes a repeat do nothing."""

    __tablename__ = "received"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)
    key: str = Field(max_length=255)
    at: datetime = instant(index=True)


class AnswerUnderWay(Row, table=True):
    """An answer to `user_id` who recorded these `events` and `signals`, by their ids; gone once it went out.

    After `until` the process that would answer counts as ended. An id is never reused, so that a late answer settles no
    other one.
    """

    __tablename__ = "answer_under_way"
    __table_args__ = {"sqlite_autoincrement": True}
    user_id: str = Field(max_length=32)
    events: JsonValue = Field(default_factory=list, sa_type=JSON)
    signals: JsonValue = Field(default_factory=list, sa_type=JSON)
    until: datetime = instant(index=True)


class LetterKind(StrEnum):
    POST = "post"
    """A new message."""
    EDIT = "edit"
    """An edit of the message that the letter `target` sent."""
    EPHEMERAL = "whisper"
    """A message in a channel that only `user_id` sees."""
    DIRECT = "direct"
    """A direct message to `user_id`."""


class LetterState(StrEnum):
    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    REFUSED = "refused"
    """Slack said no, for good."""
    UNSURE = "unsure"
    """It may have been sent, and Slack cannot be asked: a person decides."""
    DROPPED = "dropped"
    """It was overtaken, or what it hangs on will never be there."""
    COLLECTED = "collected"
    """Its `parent`, a message to the same person, shows it."""


TO_A_PERSON = text("user_id <> ''")


class Letter(Row, table=True):
    """Something to post. `page` and `subject` say what to compose at the moment of sending.

    `parent` is the letter whose message starts the thread; for an edit, the letter that is sent before it. `key` is
    unique and travels as message metadata. From `first_tried_at` (by Slack's clock) to `tried_until` (by ours) earlier
    attempts were under way that may have sent it; `tried_until` is None when there were none. `attempts` are claims;
    `failures` those that Slack failed. Since `failing_since` it fails by an error of its own. A search for its message
    that Slack interrupted began at `look_began_at` and goes on at `look_cursor`. It is dropped if it was not sent by
    `not_after`, if that is given.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_letter_due", "state", "due_at", "id"),
        Index("ix_letter_review", "review_id"),
        Index("ix_letter_place", "workspace_id", "channel_id", "user_id", "state"),
        Index("ix_letter_target", "target"),
        Index("ix_letter_sent", "workspace_id", "sent_channel", "sent_ts"),
        Index(
            "ix_letter_person",
            "workspace_id",
            "user_id",
            "due_at",
            sqlite_where=TO_A_PERSON,
            postgresql_where=TO_A_PERSON,
        ),
    )
    key: str = Field(max_length=128)
    kind: LetterKind = enum_text(LetterKind, length=16)
    page: str = Field(max_length=64)
    subject: JsonValue = Field(default_factory=dict, sa_type=JSON)
    channel_id: str = Field(default="", max_length=32)
    user_id: str = Field(default="", max_length=32)
    parent: int | None = None
    target: int | None = None
    thread_ts: str = ""
    review_id: int | None = None
    created_at: datetime = instant()
    due_at: datetime = instant()
    not_after: datetime | None = instant(nullable=True)
    state: LetterState = enum_text(LetterState, default=LetterState.WAITING, length=16)
    attempts: int = 0
    failures: int = 0
    leased_until: datetime | None = instant(nullable=True)
    leased_by: str = ""
    first_tried_at: datetime | None = instant(nullable=True)
    tried_until: datetime | None = instant(nullable=True)
    failing_since: datetime | None = instant(nullable=True)
    look_cursor: str = ""
    look_began_at: datetime | None = instant(nullable=True)
    sent_at: datetime | None = instant(nullable=True)
    sent_channel: str = ""
    sent_ts: str = ""
    last_error: str = ""


class Pace(Row, table=True):
    """Send times that several processes share in a workspace, as `RateLimit.state_of` gives them."""

    __tablename__ = "pace"
    __table_args__ = (UniqueConstraint("workspace_id"),)
    state: JsonValue = Field(default_factory=dict, sa_type=JSON)


# Addresses that pages are mailed to, and the mails.


class MailState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    """The mail server did not say whether it took it, so it is not sent again by itself."""


class MailAddress(Row, table=True):
    """An address; pages go there once the person who added it typed the code that was mailed there.

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
