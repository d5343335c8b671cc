"""Questions that wait for a language model, and how many each person asked it."""

from datetime import date, datetime

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.models.types import JsonValue, Row, instant

# Unfinished work of people: form drafts and the last question.


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


class PendingQuestion(Row, table=True):
    """A question to be answered in `thread_ts`, or by direct message; deleted in the transaction of its answer.

    `key` is that of the event; `place` names the conversation. `readers` is the channel whose members read along, ''
    for the asker alone; `is_notes`: the text is that of a file; `viewed` is what the asker looked at. Whoever works on
    it does so until `leased_until`; `tries` counts how often it was taken up.
    """

    __tablename__ = "pending_question"
    # whoever comes late with an answer must not find another question under the same number
    __table_args__ = (UniqueConstraint("workspace_id", "key"), {"sqlite_autoincrement": True})
    user_id: str = Field(max_length=32)
    key: str = Field(max_length=255)
    text: str
    place: str = Field(max_length=64)
    channel_id: str = Field(max_length=32)
    thread_ts: str = Field(max_length=32)
    readers: str = Field(default="", max_length=32)
    is_private: bool = False
    viewed: str = Field(default="", max_length=64)
    is_notes: bool = False
    asked_at: datetime = instant()
    tries: int = 0
    leased_until: datetime | None = instant(nullable=True)


class ModelUse(Row, table=True):
    """How many questions a person gave to the model on a day of the workspace's calendar, and how many were of use.

    `was_told` once the person knows that the day's limit is reached.
    """

    __tablename__ = "model_use"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id", "day"), Index("ix_model_use_day", "day"))
    user_id: str = Field(max_length=32)
    day: date
    asked: int = 0
    was_read: int = 0
    tokens: int = 0
    was_told: bool = False


class Wording(Row, table=True):
    """The words of a question that its writer sent to the admins; `key` is their normal form, by which they count."""

    __tablename__ = "wording"
    __table_args__ = (Index("ix_wording_key", "workspace_id", "key"), Index("ix_wording_sent", "sent_at"))
    user_id: str = Field(max_length=32)
    text: str = Field(max_length=500)
    key: str = Field(max_length=255)
    sent_at: datetime = instant()
