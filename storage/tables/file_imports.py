"""Files that people gave in Slack to be imported."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index
from sqlmodel import Field

from storage.tables.types import JsonValue, Row, enum_text, instant


class FileImportState(StrEnum):
    """The progress of an import."""

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
    the person said about it, `questions` what is asked. `naming` is what they said of putting its accounts on the list,
    and `names_accounts` that they are put there. `typed` are accounts named in words, as a file would have them.
    Whoever works on it does so until `leased_until`.
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
