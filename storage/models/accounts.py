"""The current state of accounts. Every row here is the fold of the account's events and is written with them."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.models.types import ByteOrderText, JsonValue, Row, instant

PRIVATE = text("private_channel <> ''")
"""Accounts that only the members of a channel may see. None in most workspaces, few in others."""

ELSEWHERE = text("posts_agenda = true")
"""Accounts whose agendas are posted in their own channel. Few."""

OWN_CHANNEL = text("channel_id <> ''")
PARTNERED = text("marketing_partner IS NOT NULL")
SPONSORED = text("our_executive IS NOT NULL")
"""Accounts with a channel, a partner or an executive of their own: of ten thousand candidates hardly any has one."""


class Account(Row, table=True):
    """One account's current state.

    `fit_score` (0 to 100, None when nothing is scored) and `fit_confidence` (0 to 1) follow from the scores in `fit`.
    `held_item_id` is its item in its last held review: where the next one starts. `frozen_at` is the last instant at
    which a review froze it: everything is recorded after that, whatever the order in which transactions end.
    `channel_id` is its own channel; with `posts_agenda` its agendas are posted there. `private_channel` is the channel
    whose members alone may see it, empty for an account that everybody sees. `motion` is the part of its justification,
    `motion_decided` the motion that a review decided, empty for that of its tier.
    """

    __tablename__ = "account"
    __table_args__ = (
        Index("ix_account_list", "workspace_id", "list_status", "tier", "name", "fit_score"),
        Index("ix_account_owner", "workspace_id", "owner"),
        Index("ix_account_private", "workspace_id", "private_channel", sqlite_where=PRIVATE, postgresql_where=PRIVATE),
        Index("ix_account_elsewhere", "posts_agenda", "id", sqlite_where=ELSEWHERE, postgresql_where=ELSEWHERE),
        Index(
            "ix_account_channel", "workspace_id", "channel_id", sqlite_where=OWN_CHANNEL, postgresql_where=OWN_CHANNEL
        ),
        Index(
            "ix_account_partner",
            "workspace_id",
            "marketing_partner",
            sqlite_where=PARTNERED,
            postgresql_where=PARTNERED,
        ),
        Index(
            "ix_account_executive", "workspace_id", "our_executive", sqlite_where=SPONSORED, postgresql_where=SPONSORED
        ),
    )
    name: str
    domain: str = ""
    aliases: JsonValue = Field(default_factory=list, sa_type=JSON)
    segment: str = ""
    owner: str | None = None
    owner_name: str = ""
    marketing_partner: str | None = None
    our_executive: str | None = None
    value_cents: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = ""
    crm_system: str = ""
    crm_id: str = ""
    channel_id: str = ""
    posts_agenda: bool = False
    list_status: str = "candidate"
    tier: int | None = None
    because: str = ""
    why_account: str = ""
    why_now: str = ""
    motion: str = ""
    named_at: datetime | None = instant(nullable=True)
    list_changed_at: datetime | None = instant(nullable=True)
    stage: str = "target"
    stage_since: datetime | None = instant(nullable=True)
    stage_since_known: bool = True
    stage_has_evidence: bool = False
    claimed_from: str | None = None
    claimed_from_is_shown: bool = False
    last_movement_at: datetime | None = instant(nullable=True)
    last_buyer_touch_at: datetime | None = instant(nullable=True)
    left_opportunity_at: datetime | None = instant(nullable=True)
    left_customer_at: datetime | None = instant(nullable=True)
    last_update_at: datetime | None = instant(nullable=True)
    last_event_at: datetime | None = instant(nullable=True)
    decision: JsonValue = Field(default=None, sa_type=JSON)
    waiting: JsonValue = Field(default=None, sa_type=JSON)
    asks: JsonValue = Field(default_factory=list, sa_type=JSON)
    fit: JsonValue = Field(default_factory=list, sa_type=JSON)
    fit_score: float | None = None
    fit_confidence: float | None = None
    narrative: JsonValue = Field(default=None, sa_type=JSON)
    product: JsonValue = Field(default_factory=list, sa_type=JSON)
    held_item_id: int | None = None
    frozen_at: datetime | None = instant(nullable=True)
    private_channel: str = Field(default="", max_length=32)
    motion_decided: str = Field(default="", max_length=16)


class AccountKey(Row, table=True):
    """A word an account answers to: its name, an alias or its domain, normalised; `kind` says which."""

    __tablename__ = "account_key"
    __table_args__ = (
        UniqueConstraint("workspace_id", "account_id", "key"),
        Index("ix_account_key_key", "workspace_id", "key"),
    )
    account_id: int = Field(index=True, foreign_key="account.id")
    key: str = Field(sa_type=ByteOrderText)
    kind: str = "name"


class BlockerRow(Row, table=True):
    """A blocker's current state; `id` is the id of the event that opened it."""

    __tablename__ = "blocker"
    __table_args__ = (Index("ix_blocker_account", "account_id", "resolved_at"),)
    account_id: int = Field(foreign_key="account.id")
    text: str
    owner: str | None = None
    needs: str | None = None
    opened_at: datetime = instant()
    acknowledged_at: datetime | None = instant(nullable=True)
    resolved_at: datetime | None = instant(nullable=True)
    resolution: str = ""


class ActionRow(Row, table=True):
    """A next action's current state; `id` is the id of the event that added it."""

    __tablename__ = "next_action"
    __table_args__ = (
        Index("ix_next_action_account", "account_id", "closed_at"),
        Index("ix_next_action_owner", "workspace_id", "owner", "status"),
    )
    account_id: int = Field(foreign_key="account.id")
    text: str
    owner: str
    due_on: date
    added_at: datetime = instant()
    status: str = "open"
    slips: int = 0
    slipped_at: datetime | None = instant(nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    outcome_expected: str = ""
    outcome: str = ""
    play_id: int | None = None
