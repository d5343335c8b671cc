"""The audit trail: subjects of its entries, and a page of them as it was read."""

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
    REPORT = "report"
    MAIL = "mail address"
    RESTORE = "restore"
    DAYS_AWAY = "days away"
    CALENDAR = "calendar"
    HAND_OVER = "handed over"


class DoubtDecision(StrEnum):
    """Decision about a message of which Slack did not say whether it was posted."""

    POST_AGAIN = "post again"
    IT_IS_THERE = "it is there"


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """A stored entry: its subject, None for one of a later version; `of` is the id of the one meant, '' for none."""

    subject: TrailSubject | None
    of: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class AccountChange:
    """An event that is part of the audit trail, with what its sentence needs from before it.

    `before` is the profile that an edit replaced, `corrected` the entry that a correction takes back.
    """

    event: EventFacts
    before: Profile | None = None
    corrected: EventFacts | None = None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry: when, the user id or name of who did it, '' for the program itself, and what it tells."""

    at: datetime
    actor: str
    told: AuditFacts | AccountChange


@dataclass(frozen=True, slots=True)
class Named:
    """Names of those that entries tell of, by their ids; those that are gone or not to be seen are missing."""

    people: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[int, str] = field(default_factory=dict)
    """The channel id of each cadence."""
    reviews: Mapping[int, tuple[str, date]] = field(default_factory=dict)
    """(channel id, day it is held for) of each review."""
    runs: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    """Numbers of rows of each import, by what was done with them."""


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """The entries asked for: of one account, of one person, on local dates from `first` to `last`; all without these.

    `of_accounts`: only what is about accounts.
    """

    account_id: int | None = None
    user_id: str = ""
    first: date | None = None
    last: date | None = None
    of_accounts: bool = False


@dataclass(frozen=True, slots=True)
class TrailFacts:
    """One page of the audit trail, newest first.

    `more_value` is carried by the button for older entries, empty when there are none; `is_first` is false for a page
    that continues another. `admins` can tell more to a reader who sees only what is about accounts.
    """

    lines: tuple[TrailLine, ...]
    named: Named
    wanted: TrailFilter
    zone: str
    today: date
    more_value: str = ""
    is_first: bool = True
    admins: tuple[str, ...] = ()
