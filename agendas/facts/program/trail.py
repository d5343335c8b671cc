"""The audit trail: subjects of its entries, and deeds as its page tells them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.account import EventFacts
from agendas.facts.events import Profile


class TrailSubject(StrEnum):
    """Subject of an entry of the audit trail, stored before the id of the one meant: `person:U123`."""

    PERSON = "person"
    SETTINGS = "settings"
    CADENCE = "cadence"
    REVIEW = "review"
    CHANNEL = "channel"
    LETTER = "letter"
    SETUP = "setup"
    PLAY = "play"
    PREFERENCES = "preferences"
    SIGNATURE = "signals secret"
    IMPORT = "import"
    EXPORT = "export"
    RESTORE = "restore"


class DoubtDecision(StrEnum):
    """Decision about a message of which Slack did not say whether it was posted."""

    POST_AGAIN = "post again"
    IT_IS_THERE = "it is there"


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
    REVIEW_OPENED = "review_opened"
    REVIEW_CLOSED = "review_closed"
    ACCOUNT_ADDED = "account_added"
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
    RESTORED = "restored"
    NOMINATED = "nominated"
    EDITED = "edited"
    LIST_CHANGED = "list_changed"
    JUSTIFIED = "justified"
    CORRECTED = "corrected"
    OTHER = "other"
    """Something that a later version of this program noted."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value before and after; empty for none. Words of people are raw."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """A stored entry: its subject, None for one of a later version; `of` is the id of the one meant, '' for none."""

    subject: TrailSubject | None
    of: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class TrailDeed:
    """One deed, ready to be said.

    Args:
        what: its sentence.
        of: the name of the person, account, play, file or step it was done to.
        changes: values before and after.
        because: the reason given.
        channel_id: the channel of the reviews or messages it concerns.
        on: the date of a review, or of the entry that was corrected.
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


@dataclass(frozen=True, slots=True)
class AccountDeed:
    """An event that is part of the audit trail, with what its sentence needs from before it.

    `before` is the profile that an edit replaced, `corrected` the entry that a correction takes back.
    """

    event: EventFacts
    account_name: str
    before: Profile | None = None
    corrected: EventFacts | None = None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line of the page: when, who by name, and the deed."""

    at: datetime
    who: str
    deed: TrailDeed


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """The entries asked for: of one account, of one person, and on local dates from `first` to `last`, all or some."""

    account_id: int | None = None
    user_id: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class TrailFacts:
    """One page of the audit trail, newest first.

    `account_name` and `person_name` say what was asked for. `more_value` is carried by the button for older entries,
    empty when there are none; `is_first` is false for a page that continues another.
    """

    lines: tuple[TrailLine, ...]
    wanted: TrailFilter
    zone: str
    today: date
    account_name: str = ""
    person_name: str = ""
    more_value: str = ""
    is_first: bool = True
