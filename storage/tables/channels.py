"""Members of the channels that accounts are private to."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.tables.types import Row, instant


class MemberList(Row, table=True):
    """A channel whose members are kept; `read_at` is when Slack told all of them last, None while it did not."""

    __tablename__ = "member_list"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)
    channel_id: str = Field(max_length=32)
    read_at: datetime | None = instant(nullable=True)
    error: str = ""


class ChannelMember(Row, table=True):
    """A person in a channel whose members are kept."""

    __tablename__ = "channel_member"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id", "user_id"),)
    channel_id: str = Field(max_length=32)
    user_id: str = Field(max_length=32)
