"""Signs that the figures of the program are used."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.types import Row, instant


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
