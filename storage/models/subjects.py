"""The current people, deals and plays of accounts, each row the fold of its events; and their signals."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.models.types import JsonValue, Row, instant

OF_NOBODY = text("contact_id is null and person <> ''")
"""The signals of people who are not known at their account yet."""


class ContactRow(Row, table=True):
    """A person at an account as known now; `id` is the id of the event that added them.

    `signalled_on` is the day of the person's latest signal, which is not in the events; `heard_on` that of their latest
    act according to evidence.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_account", "account_id", "id"),
        Index("ix_contact_crm", "workspace_id", "crm_id"),
    )
    account_id: int = Field(foreign_key="account.id")
    name: str
    title: str = ""
    email: str = ""
    roles: JsonValue = Field(default_factory=list, sa_type=JSON)
    suggested_roles: JsonValue = Field(default_factory=list, sa_type=JSON)
    support: str = Field(default="unknown", max_length=16)
    depth: str = Field(default="unknown", max_length=16)
    touched_on: date | None = None
    left_on: date | None = None
    crm_system: str = ""
    crm_id: str = ""
    added_at: datetime = instant()
    changed_at: datetime = instant()
    signalled_on: date | None = None
    heard_on: date | None = None


class OpportunityRow(Row, table=True):
    """A deal's current state. `key` names it within the workspace: the CRM and its id there."""

    __tablename__ = "opportunity"
    __table_args__ = (UniqueConstraint("workspace_id", "key"), Index("ix_opportunity_account", "account_id", "id"))
    account_id: int = Field(foreign_key="account.id")
    key: str = Field(max_length=255)
    name: str = ""
    stage_name: str = ""
    phase: str = Field(max_length=16)
    type: str = Field(default="new_business", max_length=32)
    amount_cents: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = ""
    closes_on: date | None = None
    next_step: str = ""
    adds_value: bool = True
    opened_at: datetime = instant()
    stage_since: datetime = instant()
    stage_since_known: bool = True
    pushes: int = 0
    closed_at: datetime | None = instant(nullable=True)
    declined_stage: str = Field(default="", max_length=16)
    opening_known: bool = True


class PlayRow(Row, table=True):
    """A play that runs or ran on an account; `id` is the id of the event that started it."""

    __tablename__ = "play_run"
    __table_args__ = (Index("ix_play_run_account", "account_id", "id"),)
    account_id: int = Field(foreign_key="account.id")
    play: str = Field(max_length=64)
    name: str
    outcome_expected: str = ""
    outcome_due_on: date
    started_at: datetime = instant()
    started_by: str
    end: str | None = Field(default=None, max_length=16)
    ended_at: datetime | None = instant(nullable=True)
    outcome: str = ""
    steps: int = 0
    motion: str = Field(default="", max_length=16)


class SignalRow(Row, table=True):
    """One signal. `source_id` is its sender's own id, which counts once; `person` what its sender calls the person.

    One that was taken back and is imported again gets another row, which takes over that id. `points` are its
    engagement points with the weight of the person `contact_id`, after the day's cap. With another person they change,
    and `counts_since` too; how it counted before stays in another row, `is_replaced`. `body` is a digest of what was
    sent, to distinguish a repeat from another signal under the same id.
    """

    __tablename__ = "signal"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source_id"),
        Index("ix_signal_account", "account_id", "happened_at", "id", "counts_since", "taken_back_at", "points"),
        Index("ix_signal_contact", "contact_id", "happened_at"),
        Index("ix_signal_of_nobody", "account_id", "person", sqlite_where=OF_NOBODY, postgresql_where=OF_NOBODY),
    )
    account_id: int = Field(foreign_key="account.id")
    source_id: str = Field(max_length=255)
    kind: str = Field(max_length=32)
    strength: str = Field(max_length=16)
    text: str = ""
    url: str = ""
    contact_id: int | None = None
    points: float = 0.0
    happened_at: datetime = instant()
    recorded_at: datetime = instant()
    counts_since: datetime = instant()
    actor: str
    source: str
    person: str = ""
    body: str = Field(default="", max_length=64)
    taken_back_at: datetime | None = instant(nullable=True)
    import_run_id: int | None = Field(default=None, index=True)
    is_replaced: bool = False


class FitRequest(Row, table=True):
    """A request for a person's scores of an account's fit; `is_open` until answered or not needed.

    `is_stopped` if the person opted out: then only an explicit request opens it again.
    """

    __tablename__ = "fit_request"
    __table_args__ = (
        UniqueConstraint("workspace_id", "account_id", "user_id"),
        Index("ix_fit_request_person", "workspace_id", "user_id", "is_open"),
        Index("ix_fit_request_due", "is_open", "asked_at"),
    )
    account_id: int = Field(foreign_key="account.id", index=True)
    user_id: str = Field(max_length=32)
    function: str = Field(max_length=32)
    asked_at: datetime = instant()
    reminded_at: datetime | None = instant(nullable=True)
    is_open: bool = True
    is_stopped: bool = False


class OwnPlay(Row, table=True):
    """A play that the workspace added to the library, or its own version of one that comes with the program."""

    __tablename__ = "own_play"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)
    key: str = Field(max_length=64)
    name: str
    definition: JsonValue = Field(default_factory=dict, sa_type=JSON)
    is_retired: bool = False
