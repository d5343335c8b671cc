"""How people want the messages that nobody asked for."""

from datetime import datetime, time

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from storage.tables.types import JsonValue, Row, instant


class Preference(Row, table=True):
    """One person's choices, by kind of message; times are wall times in the person's own zone.

    Who has no row gets everything at once. There are quiet hours where `quiet_from` and `quiet_to` are given.
    """

    __tablename__ = "preference"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id"),)
    user_id: str = Field(max_length=32)
    choices: JsonValue = Field(default_factory=dict, sa_type=JSON)
    digest_at: time
    quiet_from: time | None = None
    quiet_to: time | None = None
    changed_at: datetime = instant()
