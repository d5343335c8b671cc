"""Members of the channels that accounts are private to."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.models.types import Row, instant


class MemberList(Row, table=True):
    """A channel whose members are kept.

    `read_at` is when Slack last listed all of them, None before; `tried_at` when it was last asked. `error` is why they
    cannot be read, empty if they can, and has been so since `failing_since`. `changes` counts the events about people
    who joined or left; the list read last includes the first `changes_read` of them.
    """

    __tablename__ = "member_list"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)
    channel_id: str = Field(max_length=32)
    read_at: datetime | None = instant(nullable=True)
    tried_at: datetime | None = instant(nullable=True)
    error: str = ""
    failing_since: datetime | None = instant(nullable=True)
    changes: int = 0
    changes_read: int = 0


class ChannelMember(Row, table=True):
    __tablename__ = "channel_member"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id", "user_id"),)
    channel_id: str = Field(max_length=32)
    user_id: str = Field(max_length=32)


# Signs that the figures of the program are used.


class MarkRow(Row, table=True):
    """One person opened the executive page of a month, took an ask there, or said that the list was gone through.

    Once a day for each `kind` of sign and month; `month` is its first day and `marked_on` the day in UTC.
    """

    __tablename__ = "mark"
    __table_args__ = (
        UniqueConstraint("workspace_id", "user_id", "kind", "month", "marked_on"),
        Index("ix_mark_at", "workspace_id", "at"),
    )
    user_id: str = Field(max_length=32)
    kind: str = Field(max_length=32)
    month: date
    marked_on: date
    at: datetime = instant()
