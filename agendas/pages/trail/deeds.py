"""Deeds of the audit trail, each with its sentence in the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class TrailWhat(StrEnum):
    """Kind of deed, each with its sentence."""

    RIGHTS = "rights"
    SETTINGS = "settings"
    CADENCE_SET = "cadence_set"
    CADENCE_CHANGED = "cadence_changed"
    CADENCE_PAUSED = "cadence_paused"
    CADENCE_RESUMED = "cadence_resumed"
    DATE_MOVED = "date_moved"
    DATE_SKIPPED = "date_skipped"
    DATE_HELD = "date_held"
    REVIEW_OPENED = "review_opened"
    REVIEW_CLOSED = "review_closed"
    ATTENDANCE = "attendance"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_LEFT_OUT = "account_left_out"
    CHANNEL_TRIED = "channel_tried"
    POSTED_AGAIN = "posted_again"
    TAKEN_AS_POSTED = "taken_as_posted"
    STEP_LEFT_OUT = "step_left_out"
    PLAY_ADDED = "play_added"
    PLAY_CHANGED = "play_changed"
    PLAY_RETIRED = "play_retired"
    PLAY_BROUGHT_BACK = "play_brought_back"
    PREFERENCES = "preferences"
    SIGNATURE_MADE = "signature_made"
    IMPORTED = "imported"
    IMPORT_UNDONE = "import_undone"
    EXPORTED = "exported"
    REPORT_TAKEN = "report_taken"
    MAIL_ADDRESS = "mail_address"
    RESTORED = "restored"
    DAYS_AWAY = "days_away"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"
    CALENDAR_ADDRESS = "calendar_address"
    NOMINATED = "nominated"
    EDITED = "edited"
    LIST_CHANGED = "list_changed"
    JUSTIFIED = "justified"
    MADE_PRIVATE = "made_private"
    MADE_PUBLIC = "made_public"
    CORRECTED = "corrected"
    OTHER = "other"
    """Something that a later version of this program noted."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value before and after, raw; empty for none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed, ready to be said.

    Args:
        what: its sentence.
        of: the name of the person, account, play, file or step it was done to, raw.
        changes: values before and after.
        because: the reason given.
        channel_id: the channel of the reviews or messages it concerns.
        on: the day of a review, or of the entry that was corrected.
        moved_to: the instant that a review was moved to.
        zone: the zone of `moved_to`.
        counts: numbers of rows by what was done with them.
        by: the name of the person whose entry was corrected.
    """

    what: TrailWhat
    of: str = ""
    changes: tuple[FieldChange, ...] = ()
    because: str = ""
    channel_id: str = ""
    on: date | None = None
    moved_to: datetime | None = None
    zone: str = "UTC"
    counts: Mapping[str, int] = field(default_factory=dict)
    by: str = ""
