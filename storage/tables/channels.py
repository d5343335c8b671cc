"""Members of the channels that accounts are private to."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.types import Row, instant


class MemberList(Row, table=True):
    """A channel whose members are kept.

    `read_at` is when Slack told all of them last, None while it did not; `tried_at` when it was asked last. `error` is
    why they cannot be read, empty where they can, and has been since `failing_since`. `changes` counts what was heard
    of the channel, of which the list read last has the first `changes_read`.
    """

    __tablename__ = "member_list"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)
    channel_id: str = Field(max_length=32)
    read_at: datetime | None = instant(nullable=True)
    tried_at: datetime | None = instant(nullable=True)
    error: str = ""
    failing_since: datetime | None = instant(nullable=True)
    changes: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    changes_read: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class ChannelMember(Row, table=True):
    """A person in a channel whose members are kept."""

    __tablename__ = "channel_member"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id", "user_id"),)
    channel_id: str = Field(max_length=32)
    user_id: str = Field(max_length=32)
