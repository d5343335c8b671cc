"""Measures of the whole program: stays of accounts in stages, and what past months and reviews said."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.models.types import JsonValue, Row, enum_text, instant


class StageStay(Row, table=True):
    """A completed stay of an account in a stage, written with the step that ended it.

    It was known so from `told_at` on; `void_at` is when it became known otherwise, None while it stands. `tier` is the
    account's at its end. `to_stage` is empty where the account left the list. `is_known` is false where an import
    found the stage begun or over, without a day.
    """

    __tablename__ = "stage_stay"
    __table_args__ = (
        Index("ix_stage_stay_account", "account_id", "void_at"),
        Index("ix_stage_stay_ended", "workspace_id", "ended_at"),
    )
    account_id: int = Field(foreign_key="account.id")
    stage: str = Field(max_length=16)
    tier: int | None = None
    began_at: datetime = instant()
    ended_at: datetime = instant()
    to_stage: str = Field(max_length=16)
    is_known: bool = True
    told_at: datetime = instant()
    void_at: datetime | None = instant(nullable=True)


class Progress(StrEnum):
    """Progress of what is kept of a past month or review: a row that failed too often is left, and used nowhere."""

    OPEN = "open"
    DONE = "done"
    LEFT = "left"


OPEN = text("progress = 'open'")
"""Rows still to be worked out. Few."""


class ProgramMonth(Row, table=True):
    """A local calendar month, whose accounts are kept as they were at its end, a part at a time, from `due_at` on.

    `done_until` is the id of the last account that was kept or found off the list. `settings` are those of its end.
    """

    __tablename__ = "program_month"
    __table_args__ = (
        UniqueConstraint("workspace_id", "ended_at"),
        Index("ix_program_month_open", "progress", "due_at", sqlite_where=OPEN, postgresql_where=OPEN),
    )
    first: date
    last: date
    zone: str
    began_at: datetime = instant()
    ended_at: datetime = instant()
    due_at: datetime = instant()
    progress: Progress = enum_text(Progress, default=Progress.OPEN, length=8)
    done_until: int = 0
    settings: JsonValue = Field(default_factory=dict, sa_type=JSON)


class AccountMonth(Row, table=True):
    """A named or paused account as it was at a month's end: its state as JSON of AccountState, and its place then."""

    __tablename__ = "account_month"
    __table_args__ = (
        UniqueConstraint("month_id", "account_id", "workspace_id"),
        Index("ix_account_month_account", "account_id"),
    )
    month_id: int = Field(foreign_key="program_month.id")
    account_id: int = Field(foreign_key="account.id")
    list_status: str = Field(max_length=16)
    tier: int | None = None
    bucket: str = Field(max_length=32)
    state: JsonValue = Field(default=None, sa_type=JSON)
    placement: JsonValue = Field(default=None, sa_type=JSON)


class ProgramFigures(Row, table=True):
    """Figures of the program over a period, of all accounts and of those that are not private, for the trend.

    None until they are worked out. `others` is None where no account was private: both are the same then.
    """

    __tablename__ = "program_figures"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "ended_at"),
        Index("ix_program_figures_open", "progress", "id", sqlite_where=OPEN, postgresql_where=OPEN),
    )
    kind: str = Field(max_length=8)
    on: date
    zone: str
    began_at: datetime = instant()
    ended_at: datetime = instant()
    progress: Progress = enum_text(Progress, default=Progress.OPEN, length=8)
    figures: JsonValue = Field(default=None, sa_type=JSON)
    others: JsonValue = Field(default=None, sa_type=JSON)
