"""Unfinished work of people: form drafts and the last question."""

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from storage.tables.types import JsonValue, Row, instant


class Draft(Row, table=True):
    """Unsubmitted input of a form. `form` names the form and its subject."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id", "form"),)
    user_id: str = Field(max_length=32)
    form: str = Field(max_length=128)
    values: JsonValue = Field(default_factory=dict, sa_type=JSON)
    saved_at: datetime = instant()


class Conversation(Row, table=True):
    """The last answer to a person in one place, so that "and Initrode?" keeps the question; `question` is JSON."""

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id", "place"),)
    user_id: str = Field(max_length=32)
    place: str = Field(max_length=64)
    question: str
    asked_at: datetime = instant()
