"""People asked to prepare a review, and blockers and asks that somebody is nudged about."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.models.types import Row, instant


class PrepRequest(Row, table=True):
    """One person asked to prepare one planned review of a cadence, whatever instant it is moved to.

    `part` is mandatory, optional or observing; `for_user_id` is the person who is away and whom they stand in for.
    They are reminded at `remind_at`, None if they were, need not be, or stopped it (`stopped_at`).
    `letter_key` is the key of the letter that asked them.
    """

    __tablename__ = "asked"
    __table_args__ = (
        UniqueConstraint("cadence_id", "planned_on", "user_id", "for_user_id", "workspace_id"),
        Index("ix_asked_person", "workspace_id", "user_id", "planned_on"),
        Index("ix_asked_stood_in_for", "workspace_id", "for_user_id", "planned_on"),
        Index("ix_asked_letter", "workspace_id", "letter_key"),
    )
    cadence_id: int = Field(foreign_key="cadence.id")
    planned_on: date
    user_id: str = Field(max_length=32)
    for_user_id: str = Field(default="", max_length=32)
    part: str = Field(default="mandatory", max_length=16)
    asked_at: datetime = instant()
    remind_at: datetime | None = instant(nullable=True, index=True)
    reminded_at: datetime | None = instant(nullable=True)
    stopped_at: datetime | None = instant(nullable=True)
    letter_key: str = Field(default="", max_length=128)


class FollowUp(Row, table=True):
    """A blocker or an ask, by the event that opened it, that somebody is nudged about; gone once it is settled.

    `user_id` is the person whose help it needs, '' while nobody can be asked. It is in their digest from the morning
    of `next_on` on, None once it is in none any more; `nudges` counts the digests. At `next_at` it is planned again,
    because it changed, or escalated, once. `escalated_to` is '' if that was to the program's admins.
    """

    __tablename__ = "follow_up"
    __table_args__ = (UniqueConstraint("workspace_id", "event_id"),)
    event_id: int = Field(foreign_key="event.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    kind: str = Field(max_length=16)
    user_id: str = Field(max_length=32, index=True)
    next_at: datetime | None = instant(nullable=True, index=True)
    next_on: date | None = None
    nudges: int = 0
    escalated_to: str = Field(default="", max_length=32)
    escalated_at: datetime | None = instant(nullable=True)


class DaysAway(Row, table=True):
    """Days on which a person is away, both included, or everybody where `user_id` is ''.

    `stand_in` is the person asked instead, '' for nobody. Days that were taken back are not kept.
    """

    __tablename__ = "days_away"
    __table_args__ = (
        Index("ix_days_away_person", "workspace_id", "user_id", "until_on"),
        Index("ix_days_away_until", "workspace_id", "until_on"),
    )
    user_id: str = Field(default="", max_length=32)
    from_on: date
    until_on: date
    stand_in: str = Field(default="", max_length=32)
    name: str = Field(default="", max_length=80)
    said_by: str = Field(default="", max_length=32)
    said_at: datetime = instant()


class CalendarFeed(Row, table=True):
    """The calendar of a person's reviews or of a channel's, one of both given, readable with its token.

    The token itself is not kept, only `token_hash` (SHA-256, hexadecimal).
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("workspace_id", "user_id", "channel_id"),)
    user_id: str = Field(default="", max_length=32)
    channel_id: str = Field(default="", max_length=32)
    token_hash: str = Field(max_length=64, index=True)
    made_by: str = Field(max_length=32)
    made_at: datetime = instant()
