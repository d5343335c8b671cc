"""Health of the bot in one workspace as its admins are told, planned posts, and steps of setting up."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agendas.facts.account import Rhythm
from agendas.facts.audience import UnreadChannel
from agendas.facts.people import Function
from agendas.facts.program.mail import MailTrouble


class PauseReason(StrEnum):
    """The event of Slack for which a cadence paused by itself."""

    LEFT = "channel_left"
    DELETED = "channel_deleted"


@dataclass(frozen=True, slots=True)
class PausedChannel:
    """A channel that nothing is posted in, since when, and why as a clause."""

    channel_id: str
    reason: str
    since: datetime | None


class SlotEnd(StrEnum):
    """The end of a cadence's last planned date, or its state while the review is open."""

    OPEN = "open"
    HELD = "held"
    NOT_HELD = "not_held"
    MISSED = "missed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class CadenceHealth:
    """A cadence with its last date and what came of it, both None before the first, and the instant of the next.

    `facilitator` is '' where nobody is named or who was has left Slack. `next_at` is None while it is paused, with
    `paused_because` where it paused by itself.
    """

    channel_id: str
    zone: str
    rhythm: Rhythm
    is_executive: bool
    facilitator: str
    last_at: datetime | None
    last_end: SlotEnd | None
    next_at: datetime | None
    is_paused: bool
    paused_because: PauseReason | None = None


@dataclass(frozen=True, slots=True)
class TierCoverage:
    """Named accounts of a tier, and how many of them were reviewed on time: as often as the tier asks for."""

    tier: int
    rhythm: Rhythm
    on_time: int
    accounts: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message that may be there or not: what it is, since when, and where or for whom it was."""

    letter_id: int
    what: str
    since: datetime
    channel_id: str = ""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Doubts:
    """Number of messages that may have been sent or not, and the newest of them."""

    count: int
    shown: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """Health as seen from inside the bot.

    `database` names its kind. `waiting` counts every message still to be sent, the oldest of those whose time has come
    since `waiting_since`; `overdue` those that should be gone, the oldest since `overdue_since`. Until
    `slack_waits_until` Slack asks to wait with some of them. `refused` and `dropped`, which could not be sent while
    they were of use, are of the last seven days. `missing_permissions` are Slack's scopes, `declined_permissions`
    those that the app works without. `deactivated` are people whom Slack deactivated and who still answer for
    something. `has_stopped`: Slack refused the bot's token, and nothing is sent until it takes it again. `unread` are
    channels that accounts are private to, whose members cannot be read. `thread_heard_at` is when the first reply in
    an account's thread arrived, None before.
    """

    database: str
    last_posted_at: datetime | None
    last_posted_in: str
    waiting: int
    overdue: int
    overdue_since: datetime | None
    slack_waits_until: datetime | None
    refused: int
    doubts: Doubts
    paused: tuple[PausedChannel, ...]
    missing_permissions: tuple[str, ...]
    admins: int
    deactivated: tuple[str, ...]
    has_stopped: bool
    declined_permissions: tuple[str, ...] = ()
    unread: tuple[UnreadChannel, ...] = ()
    mails: tuple[MailTrouble, ...] = ()
    cadences: tuple[CadenceHealth, ...] = ()
    coverage: tuple[TierCoverage, ...] = ()
    dropped: int = 0
    thread_heard_at: datetime | None = None
    waiting_since: datetime | None = None


class LedgerState(StrEnum):
    """The outcome of a planned post."""

    WAITING = "waiting"
    DELAYED = "delayed"
    POSTED = "posted"
    LATE = "late"
    MISSED = "missed"
    SKIPPED = "skipped"
    MOVED = "moved"
    REFUSED = "refused"
    UNSURE = "unsure"
    DROPPED = "dropped"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """Outcome of one planned post.

    `retry_at` is when a delayed one is tried again. An unsure one is decided about by `letter_id`, by `facilitator`.
    """

    what: str
    due_at: datetime
    state: LedgerState
    done_at: datetime | None = None
    reason: str = ""
    permalink: str = ""
    review_id: int | None = None
    retry_at: datetime | None = None
    letter_id: int | None = None
    facilitator: str = ""


class SetupStep(StrEnum):
    """A step of setting up, in the order in which they are taken."""

    PERMISSIONS = "permissions"
    """Slack gave the app what it cannot work without."""
    ADMINS = "admins"
    IMPORT = "import"
    NAMED = "named"
    OWNERS = "owners"
    PEOPLE = "people"
    """Everybody who takes part has a function."""
    FUNCTIONS = "functions"
    """Each function has somebody."""
    LEADS = "leads"
    """Each function has a lead who can be asked."""
    CADENCE = "cadence"


@dataclass(frozen=True, slots=True)
class OwnerlessAccount:
    """A named account that nobody owns."""

    account_id: int
    name: str


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """State of the program's set-up.

    Args:
        cadences: channels with a cadence.
        named: named accounts.
        ownerless: those of them that nobody owns, by tier and name.
        without_function: number of people who take part and have no function.
        empty_functions: functions that nobody has.
        admins: number of active admins.
        has_imported: true once a file was imported.
        missing_permissions: Slack's scopes that the app cannot work without and does not have.
        left_out: steps that an admin decided not to take.
        without_lead: functions that nobody leads who can be asked.
    """

    cadences: int
    named: int
    ownerless: tuple[OwnerlessAccount, ...]
    without_function: int
    empty_functions: tuple[Function, ...]
    admins: int
    has_imported: bool
    missing_permissions: tuple[str, ...] = ()
    left_out: frozenset[SetupStep] = frozenset()
    without_lead: tuple[Function, ...] = ()
