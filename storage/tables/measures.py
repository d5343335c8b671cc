"""Measures of the whole program: completed stays of accounts in stages."""

from datetime import datetime

from sqlalchemy import Index, true
from sqlmodel import Field

from storage.tables.types import Row, instant


class StageStay(Row, table=True):
    """A completed stay of an account in a stage, written with the step that ended it.

    It was known so from `told_at` on; `void_at` is when it became known otherwise, None while it stands. `tier` is the
    account's at its end. `is_known` is false where an import found the stage begun or over, without a day.
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
    is_known: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    told_at: datetime = instant()
    void_at: datetime | None = instant(nullable=True)
