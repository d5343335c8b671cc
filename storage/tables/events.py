"""The append-only history. Nothing here is ever updated or deleted."""

from datetime import datetime

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from storage.tables.types import JsonValue, Row, instant

OF_TRAIL = ("nominated", "edited", "list_changed", "justified", "privacy_set", "corrected")
"""The kinds of events that are entries of the audit trail too."""

IN_TRAIL = text(
    "kind IN ('nominated', 'edited', 'list_changed', 'justified', 'privacy_set', 'corrected') AND source <> 'import'"
)
"""Their rows, without those of an import, which is one entry itself. Literal, as the indexes of these rows are."""

DECIDES = "decides"
TOLD = "told"


class Event(Row, table=True):
    """One fact about an account: when it happened, when it was recorded, by whom, from where, with what evidence.

    `weight` tells whether the account's place follows from it: "decides", "told" or "beside". All that was recorded
    before there were weights decides.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_account", "account_id", "id"),
        Index("ix_event_account_recorded", "account_id", "recorded_at", "id"),
        Index("ix_event_weight", "account_id", "weight", "id", "recorded_at"),
        Index("ix_event_kind", "workspace_id", "kind", "recorded_at"),
        Index(
            "ix_event_trail",
            "workspace_id",
            "recorded_at",
            "id",
            sqlite_where=IN_TRAIL,
            postgresql_where=IN_TRAIL,
        ),
        Index(
            "ix_event_trail_actor",
            "workspace_id",
            "actor",
            "recorded_at",
            "id",
            sqlite_where=IN_TRAIL,
            postgresql_where=IN_TRAIL,
        ),
    )
    account_id: int = Field(foreign_key="account.id")
    kind: str = Field(max_length=32)
    change: JsonValue = Field(default=None, sa_type=JSON)
    evidence: JsonValue = Field(default_factory=list, sa_type=JSON)
    happened_at: datetime = instant()
    recorded_at: datetime = instant()
    actor: str
    source: str
    weight: str = Field(default=DECIDES, max_length=8, sa_column_kwargs={"server_default": DECIDES})
    review_id: int | None = Field(default=None, index=True)
    import_run_id: int | None = Field(default=None, index=True)


class ImportRun(Row, table=True):
    """One applied import file; its events point here, so that it can be undone."""

    __tablename__ = "import_run"
    file_name: str
    what: str
    actor: str
    applied_at: datetime = instant()
    undone_at: datetime | None = instant(nullable=True)
    counts: JsonValue = Field(default_factory=dict, sa_type=JSON)
