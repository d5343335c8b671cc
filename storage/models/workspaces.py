"""Workspaces, their people and channels, and the audit trail of settings."""

from datetime import date, datetime, time

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.types import NOT_VALIDATED, JsonValue, Row, instant

# How people want the messages that nobody asked for.


class Preference(Row, table=True):
    """One person's choices, by kind of message; times are wall times in the person's own zone.

    Who has no row gets everything at once, and offers to record what they write in accounts' threads. There are quiet
    hours where `quiet_from` and `quiet_to` are given.
    """

    __tablename__ = "preference"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id"),)
    user_id: str = Field(max_length=32)
    choices: JsonValue = Field(default_factory=dict, sa_type=JSON)
    digest_at: time
    quiet_from: time | None = None
    quiet_to: time | None = None
    hears_threads: bool = True
    changed_at: datetime = instant()


class Workspace(SQLModel, table=True):
    """A Slack workspace the bot is installed in. `id` is the team id; the token is encrypted, empty in token mode.

    `renewed_at` is the last time that a token was got or found good. `settings` holds the program's settings that
    differ from their defaults, `phases` which phase each of the CRM's stage names means; `signals_secret` signs what
    the webhook takes.
    """

    model_config = NOT_VALIDATED
    __tablename__ = "workspace"
    id: str = Field(primary_key=True, max_length=32)
    name: str = ""
    url: str = ""
    time_zone: str = "UTC"
    bot_user_id: str = ""
    bot_id: str = ""
    bot_token: str = ""
    scopes: str = ""
    installed_by: str = ""
    installed_at: datetime = instant()
    renewed_at: datetime | None = instant(nullable=True)
    is_active: bool = True
    settings: JsonValue = Field(default_factory=dict, sa_type=JSON)
    phases: JsonValue = Field(default_factory=dict, sa_type=JSON)
    signals_secret: str = ""
    thread_heard_at: datetime | None = instant(nullable=True)


class InstallAttempt(SQLModel, table=True):
    """An installation under way; `state` is the secret that Slack hands back, once. Its workspace is not known yet."""

    model_config = NOT_VALIDATED
    __tablename__ = "install_attempt"
    state: str = Field(primary_key=True, max_length=64)
    started_at: datetime = instant(index=True)


class Person(Row, table=True):
    """A person seen in a workspace.

    `home_team_id` differs from the workspace for people of other companies, and for some of its own organisation.
    `met_at` is when they met the bot, and were sent their first words; None until then. `direct_channel` is the id of
    their direct conversation with the bot, '' until it is known. Their next digest on a working morning is made at
    `morning_at`, None where nothing of theirs is open.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id"),)
    user_id: str = Field(max_length=32)
    home_team_id: str = ""
    name: str = ""
    email: str = Field(default="", index=True)
    time_zone: str = "UTC"
    function: str | None = None
    right: str = "viewer"
    is_guest: bool = False
    is_external: bool = False
    is_bot: bool = False
    is_deleted: bool = False
    seen_at: datetime = instant()
    met_at: datetime | None = instant(nullable=True)
    direct_channel: str = Field(default="", max_length=32)
    morning_at: datetime | None = instant(nullable=True, index=True)


class FunctionLead(Row, table=True):
    """The one person who leads a function: who is asked where the function is."""

    __tablename__ = "function_lead"
    __table_args__ = (UniqueConstraint("workspace_id", "function"),)
    function: str = Field(max_length=32)
    user_id: str = Field(max_length=32)


class Channel(Row, table=True):
    """A Slack channel the bot posts to. `trouble` is Slack's error that paused it, empty when all is well.

    In trouble it is tried again from `try_at` on, with the one letter `trial`. Those who can help were last notified of
    the trouble `told_of` at `told_at`.
    """

    __tablename__ = "channel"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"), Index("ix_channel_try_at", "try_at"))
    channel_id: str = Field(max_length=32)
    name: str = ""
    is_private: bool = False
    is_shared: bool = False
    trouble: str = ""
    trouble_at: datetime | None = instant(nullable=True)
    try_at: datetime | None = instant(nullable=True)
    trial: int | None = None
    told_of: str = ""
    told_at: datetime | None = instant(nullable=True)


OF_AN_ACCOUNT = text("account_id IS NOT NULL")


class AuditEntry(Row, table=True):
    """A change of settings, people, cadences or what a review discusses: who, when, what was before and after.

    `account_id` is the account that it is about, None if it concerns the whole program.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_at", "workspace_id", "at", "id"),
        Index("ix_audit_entry_actor", "workspace_id", "actor", "at", "id"),
        Index("ix_audit_entry_subject", "workspace_id", "subject", "id"),
        Index("ix_audit_entry_account", "workspace_id", "account_id", "at", "id"),
        Index(
            "ix_audit_entry_accounts",
            "workspace_id",
            "at",
            "id",
            sqlite_where=OF_AN_ACCOUNT,
            postgresql_where=OF_AN_ACCOUNT,
        ),
    )
    at: datetime = instant()
    actor: str
    subject: str
    account_id: int | None = None
    before: JsonValue = Field(default=None, sa_type=JSON)
    after: JsonValue = Field(default=None, sa_type=JSON)


# Members of the channels that accounts are private to.


class MemberList(Row, table=True):
    """A channel whose members are kept.

    `read_at` is when Slack last listed all of them, None before; `tried_at` when it was last asked. `error` is why they
    cannot be read, empty if they can, and has been so since `failing_since`. `changes` counts the events about people
    who joined or left; the list read last includes the first `changes_read` of them.
    """

    __tablename__ = "member_list"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)
    channel_id: str = Field(max_length=32)
    read_at: datetime | None = instant(nullable=True)
    tried_at: datetime | None = instant(nullable=True)
    error: str = ""
    failing_since: datetime | None = instant(nullable=True)
    changes: int = 0
    changes_read: int = 0


class ChannelMember(Row, table=True):
    __tablename__ = "channel_member"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id", "user_id"),)
    channel_id: str = Field(max_length=32)
    user_id: str = Field(max_length=32)


# Signs that the figures of the program are used.


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
