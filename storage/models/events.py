"""The append-only history. Nothing here is ever updated or deleted."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from storage.models.types import JsonValue, Row, enum_text, instant

OF_TRAIL = ("nominated", "edited", "list_changed", "justified", "privacy_set", "corrected")
"""The kinds of events that are entries of the audit trail too."""

IN_TRAIL = text(
    "kind IN ('nominated', 'edited', 'list_changed', 'justified', 'privacy_set', 'corrected') AND source <> 'import'"
)
"""Their rows, without those of an import, which is one entry itself. Literal, as the indexes of these rows are."""

DECIDES = "decides"
REPORTED = "told"


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
        Index("ix_event_trail", "workspace_id", "recorded_at", "id", sqlite_where=IN_TRAIL, postgresql_where=IN_TRAIL),
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
    weight: str = Field(default=DECIDES, max_length=8)
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


# Files that people gave in Slack to be imported.


class FileImportState(StrEnum):
    ASKED = "asked"
    """To be read and shown."""
    SHOWN = "shown"
    CONFIRMED = "confirmed"
    """To be written."""
    UNDO = "undo"
    """No file: the run is to be taken back."""
    DONE = "done"
    REFUSED = "refused"


class FileImport(Row, table=True):
    """A file to import. The file itself stays in Slack, and is fetched when it is needed.

    `step` counts how often it is shown. `what` is the kind of file, '' for as its header says; `dates`, `currency`,
    `crm`, `stages` (name → phase), `companies` (label → account's id) and `further` (type of further deals) are what
    the person said about it, `questions` what is asked. `naming` is what they said about naming its accounts, and
    `names_accounts` that they are named. `typed` are accounts named in words, as a file would have them.
    A process works on it until `leased_until`.
    """

    __tablename__ = "file_import"
    __table_args__ = (Index("ix_file_import_state", "state"),)
    user_id: str = Field(max_length=32)
    file_id: str = Field(max_length=32)
    file_name: str = Field(max_length=255)
    what: str = Field(max_length=16)
    state: FileImportState = enum_text(FileImportState, length=16)
    step: int = 1
    dates: str = Field(default="", max_length=16)
    currency: str = Field(default="", max_length=3)
    crm: str = Field(default="", max_length=40)
    stages: JsonValue = Field(default_factory=dict, sa_type=JSON)
    companies: JsonValue = Field(default_factory=dict, sa_type=JSON)
    further: str = Field(default="", max_length=32)
    naming: JsonValue = Field(default_factory=dict, sa_type=JSON)
    names_accounts: bool = False
    typed: str = ""
    questions: JsonValue = Field(default_factory=dict, sa_type=JSON)
    asked_at: datetime = instant()
    leased_until: datetime | None = instant(nullable=True)
    run_id: int | None = None
