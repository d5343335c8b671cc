"""Cadences, their changed occurrences, and the reviews that came of them."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.models.types import JsonValue, Row, enum_text, instant


class Cadence(Row, table=True):
    """The times at which a channel reviews accounts. `next_at` is the instant the tick looks for; None while paused.

    `paused_because` is the event for which it paused by itself, empty where a person paused it. `holidays_of` is the
    country and its part whose public holidays have no review (`DE`, `DE-BY`), `day_names` names days off by date.
    All accounts in the scope of one that `is_private` become private to its channel. `kind` is accounts or executive;
    `told_on` is the planned date of which executives were notified last, after a restore a day that means `maybe`; the
    same holds for `prepared_on` (people were asked to prepare) and `briefed_on` (the facilitator was briefed).

    People are asked to prepare `prep_minutes` before a review, 0 for never, on a working day: for the next one at
    `prepare_at`, which moves on while it is not known of everybody whether to ask them. Updates end `cutoff_minutes`
    before it; `profile` says how much people are reminded. `parts` are user ids by part, of people who take part
    without accounts. `sections` are those of its agendas in order, none for the usual ones. `chosen` are accounts that
    somebody took into the review planned `on` a day, or left out of it, before it opens: the user id by account id,
    under its part.
    """

    __tablename__ = "cadence"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)
    channel_id: str = Field(max_length=32)
    rhythm: str
    anchor_on: date
    local_time: time
    zone: str
    days_off: JsonValue = Field(default_factory=list, sa_type=JSON)
    day_names: JsonValue = Field(default_factory=dict, sa_type=JSON)
    holidays_of: str = Field(default="", max_length=32)
    scope: JsonValue = Field(default_factory=dict, sa_type=JSON)
    is_private: bool = False
    minutes: int = 45
    facilitator: str = ""
    close_after_minutes: int = 1440
    is_paused: bool = False
    paused_because: str = Field(default="", max_length=32)
    next_at: datetime | None = instant(nullable=True, index=True)
    next_on: date | None = None
    kind: str = Field(default="accounts", max_length=16)
    told_on: date | None = None
    prep_minutes: int = 1440
    cutoff_minutes: int = 120
    profile: str = Field(default="standard", max_length=16)
    parts: JsonValue = Field(default_factory=dict, sa_type=JSON)
    sections: JsonValue = Field(default_factory=list, sa_type=JSON)
    chosen: JsonValue = Field(default_factory=dict, sa_type=JSON)
    prepare_at: datetime | None = instant(nullable=True, index=True)
    prepared_on: date | None = None
    briefed_on: date | None = None
    created_at: datetime = instant()


class CadenceChange(Row, table=True):
    """One occurrence skipped (`moved_to` empty) or moved."""

    __tablename__ = "cadence_change"
    __table_args__ = (UniqueConstraint("cadence_id", "planned_on", "workspace_id"),)
    cadence_id: int = Field(foreign_key="cadence.id")
    planned_on: date
    moved_to: datetime | None = instant(nullable=True)
    because: str = ""
    actor: str = ""
    at: datetime = instant()


class ReviewState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    MISSED = "missed"
    """It was too late to post."""
    SKIPPED = "skipped"


class Review(Row, table=True):
    """One occurrence, held or not. `slot` makes it happen once: cadence and planned date, or the request for it.

    `settings` are the program's own settings as of its opening: later changes count from the next review. So are
    `sections`, those of its agendas in order, `roster`, who was asked to prepare it: [user id, part, user id stood in
    for or ''], and `updates_ended_at`.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("workspace_id", "slot"),
        Index("ix_review_channel", "workspace_id", "channel_id", "planned_at"),
        Index("ix_review_closing", "state", "closes_at"),
    )
    cadence_id: int | None = Field(default=None, foreign_key="cadence.id", index=True)
    channel_id: str = Field(max_length=32)
    slot: str
    planned_on: date
    planned_at: datetime = instant()
    opened_at: datetime = instant()
    closes_at: datetime | None = instant(nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    closed_by: str = ""
    state: ReviewState = enum_text(ReviewState, default=ReviewState.OPEN)
    was_held: bool | None = None
    late_minutes: int = 0
    minutes: int = 45
    facilitator: str = ""
    zone: str = "UTC"
    reason: str = ""
    attended: JsonValue = Field(default_factory=list, sa_type=JSON)
    settings: JsonValue = Field(default_factory=dict, sa_type=JSON)
    kind: str = Field(default="accounts", max_length=16)
    sections: JsonValue = Field(default_factory=list, sa_type=JSON)
    roster: JsonValue = Field(default_factory=list, sa_type=JSON)
    updates_ended_at: datetime | None = instant(nullable=True)


class ReviewItem(Row, table=True):
    """One account in one review: the facts frozen when it opened and when it closed, as JSON of AccountState.

    `excused_reviews` counts the held reviews in a row, up to this one, that opened with a confirmed date against a
    stall: it excuses the first ones and is spent then.
    `times_left_out` counts the reviews of the channel in a row, up to the one before, that left the account out.
    `question` is the one that its agenda asks, as a code with its numbers: [code, number, number]; none for most.
    """

    __tablename__ = "review_item"
    __table_args__ = (
        UniqueConstraint("review_id", "account_id", "workspace_id"),
        Index("ix_review_item_account", "account_id", "review_id"),
    )
    review_id: int = Field(foreign_key="review.id")
    account_id: int = Field(foreign_key="account.id")
    position: int
    part: str
    minutes: int = 0
    times_left_out: int = 0
    bucket: str
    reasons: JsonValue = Field(default_factory=list, sa_type=JSON)
    is_aged: bool = False
    excused_reviews: int = 0
    before_item_id: int | None = None
    question: JsonValue = Field(default_factory=list, sa_type=JSON)
    opened_state: JsonValue = Field(default=None, sa_type=JSON)
    closed_state: JsonValue = Field(default=None, sa_type=JSON)
