"""People of the workspace: their function, right and preferences, and work that somebody left behind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum

from agendas.facts.account import Source
from agendas.facts.evidence import Evidence

# Messages in the threads of accounts, from which something is recorded.


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """A reply that a person wrote in an account's thread: its place, and its permalink, '' where that is not known.

    `by_letter`: a letter confirms to the person what was recorded, as nothing else answers an event.
    """

    channel_id: str
    thread_ts: str
    ts: str
    url: str = ""
    by_letter: bool = True

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        at = datetime.fromtimestamp(float(self.ts), UTC)
        return (Evidence("message", at, self.url, kind="message"),) if self.url else ()


@dataclass(frozen=True, slots=True)
class AccountThread:
    """The thread of an account's message. `is_heard`: a message in such a thread reached the bot before."""

    account_id: int
    name: str
    bot_user_id: str
    is_heard: bool


Owners = tuple[str | None, ...]
"""The owner of each of some accounts."""


class Function(StrEnum):
    SALES = "sales"
    MARKETING = "marketing"
    CUSTOMER_SUCCESS = "customer_success"
    PRODUCT = "product"
    FINANCE = "finance"
    EXECUTIVE = "executive"


class Right(StrEnum):
    """Right of a person: admins everything, editors record and decide, viewers ask and nominate, observers read."""

    ADMIN = "admin"
    EDITOR = "editor"
    VIEWER = "viewer"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person of the workspace. `function` is None until an admin sets it.

    Of somebody who is away, `away_until` is their last day of it, and `stand_in` who is asked instead, '' for nobody.
    """

    user_id: str
    name: str
    right: Right
    function: Function | None = None
    time_zone: str = "UTC"
    is_away: bool = False
    is_deleted: bool = False
    away_until: date | None = None
    stand_in: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """The person who leads one of our functions, None where nobody does."""

    function: Function
    person: PersonFacts | None = None

    @property
    def can_be_asked(self) -> bool:
        """True if its lead can answer, later if away: somebody who is neither deactivated nor an observer."""
        return self.person is not None and not self.person.is_deleted and self.person.right is not Right.OBSERVER


@dataclass(frozen=True, slots=True)
class Leads(Mapping[str, str]):
    """The user id of the lead of each function, by function; without those that cannot be asked.

    `unable` are the executives and marketing partners of accounts who cannot be asked: they left, or may only look.
    """

    by_function: Mapping[str, str] = field(default_factory=dict)
    unable: frozenset[str] = frozenset()

    def __getitem__(self, function: str) -> str:
        return self.by_function[function]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_function)

    def __len__(self) -> int:
        return len(self.by_function)


@dataclass(frozen=True, slots=True)
class Promised:
    account_name: str
    count: int


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Work that a person left behind; accounts by name in the order of the list.

    `promised` begins with the account of the next action that is due first; `facilitates` are the channels whose
    reviews they facilitate, `leads` the functions they lead.
    """

    user_id: str
    name: str
    owned: tuple[str, ...] = ()
    partnered: tuple[str, ...] = ()
    promised: tuple[Promised, ...] = ()
    facilitates: tuple[str, ...] = ()
    leads: tuple[Function, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.owned or self.partnered or self.promised or self.facilitates or self.leads)


@dataclass(frozen=True, slots=True)
class Author:
    """The person behind a verb. `at` is the aware UTC instant at which it is recorded, `zone` the person's own.

    One who `is_asked` is asked before the same thing is recorded a second time. `thread_message` is the reply of
    theirs that it is recorded from, None where it is from none.
    """

    workspace_id: str
    user_id: str
    source: Source
    at: datetime
    zone: str = "UTC"
    is_asked: bool = False
    thread_message: ThreadMessage | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.thread_message.evidence if self.thread_message else ()


class NoticeKind(StrEnum):
    """Kinds of direct messages that a person can have at once, in a digest, or not at all."""

    NEWS = "told"
    """What somebody else asked of the person, or decided about their account."""
    SIGNALS = "signals"
    """Strong signals of accounts that they take part for."""
    ACTIONS = "actions"
    """The person's open actions after a review."""
    QUESTIONS = "questions"
    """Scores that are asked of them, and whose act their evidence shows."""
    HEALTH = "health"
    """What keeps the bot from its work, for admins and facilitators."""
    EXECUTIVE = "executive"
    """The executive review a day before it, for executives and its facilitator."""
    PREPARATION = "preparation"
    """The question to prepare a review, its reminder, and the facilitator's brief."""
    NUDGES = "nudges"
    """Overdue actions on working mornings, and blockers and asks that wait for the person."""


class NoticeChoice(StrEnum):
    AT_ONCE = "at_once"
    DIGEST = "digest"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Wall times between which nothing is sent; they cross midnight where they end before they begin."""

    begins: time
    ends: time


DIGEST_AT = time(8, 30)
"""The digest's time of day unless the person chose another. Ours: before the day's first meeting."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """How one person wants the bot's messages; a kind without a choice comes at once.

    There are no quiet hours unless the person sets them: Slack keeps its notifications back at night by itself.
    `hears_threads`: what the person writes in accounts' threads may be offered to record.
    """

    choices: tuple[tuple[NoticeKind, NoticeChoice], ...] = ()
    digest_at: time = DIGEST_AT
    quiet: QuietHours | None = None
    hears_threads: bool = True

    def of(self, kind: NoticeKind) -> NoticeChoice:
        return dict(self.choices).get(kind, NoticeChoice.AT_ONCE)


@dataclass(frozen=True, slots=True)
class MessageWeek:
    """Messages that the bot sends a person by itself in a week: at most `cap`, so far `count` with those on their way.

    `held` says how many wait or waited for another time, by the code of the reason.
    """

    cap: int
    count: int
    held: tuple[tuple[str, int], ...] = ()
