"""Frozen facts of answers: what is found, with the event that is its source."""

from dataclasses import dataclass
from datetime import date, datetime

from agendas.facts.account import EventFacts
from agendas.facts.answered_items import FoundItem
from agendas.facts.people import PersonFacts
from agendas.facts.reviews import OpenReview
from agendas.facts.signals import NotedSignal


@dataclass(frozen=True, slots=True)
class NextReview:
    """Next meeting of a channel's cadence; `next_at` is None while it is paused, or without a cadence.

    `open_review` is the channel's review that is open now.
    """

    channel_id: str
    next_at: datetime | None
    zone: str
    is_paused: bool = False
    open_review: OpenReview | None = None


@dataclass(frozen=True, slots=True)
class NotifiedEvent:
    """An event that a person is notified of, in its present state.

    `open` is the action, blocker or ask that the person can settle. It is None for a decision about their account, and
    for a blocker or an ask that was resolved or answered: `subject` is then its text. `is_for_stand_in`: the reader is
    the person's stand-in.
    """

    event: EventFacts
    account_name: str
    person: str
    open: FoundItem | None = None
    subject: str = ""
    is_for_stand_in: bool = False


@dataclass(frozen=True, slots=True)
class NotifiedSignal:
    """A strong signal for a person; their stand-in reads it where `is_for_stand_in`."""

    noted: NotedSignal
    person: str
    is_for_stand_in: bool = False

    @property
    def account_name(self) -> str:
        return self.noted.account_name


@dataclass(frozen=True, slots=True)
class FirstWords:
    """A person who meets the bot: the admins who can give a function, and accounts to ask about, their own first."""

    person: PersonFacts
    admins: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskToday:
    """What questions can be suggested about: late actions, the person's account most in need (or ''), and reviews."""

    has_late: bool
    stuck: str
    has_reviews: bool
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingWork:
    """Work that waits for a person.

    Args:
        actions: open next actions, of which `late` are past their date.
        asks: open asks of the person that did not become a next action.
        blockers: open blockers that the person owns, or that need their function.
        samples: accounts to ask about, the person's own first.
    """

    actions: int = 0
    late: int = 0
    asks: int = 0
    blockers: int = 0
    scores: int = 0
    reviews: tuple[OpenReview, ...] = ()
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldFact:
    """The current value of one field of an account, or a thing that it has.

    Attributes:
        code: its name, by which the words know how to say it.
        value: the value, None where none is recorded.
        since: the day or instant since when it is so, or on which it happened; None where that is not known.
        is_moment: true where `since` is the day on which it happened.
        at_least: true where it may have been so for longer: an import found it.
        source: the event that recorded it.
        by: user id of the author, where there is no event.
        because: the reason that was given.
    """

    code: str
    value: object = None
    since: date | datetime | None = None
    is_moment: bool = False
    at_least: bool = False
    source: EventFacts | None = None
    by: str = ""
    because: str = ""
