"""Frozen facts of answers: what is found, with the event that is its source."""

from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import Blocker, Decision, EventFacts, NextAction
from agendas.facts.people import PersonFacts
from agendas.facts.review import OpenReview


@dataclass(frozen=True, slots=True)
class AccountBlocker:
    """An open blocker of an account; `source` is the event that opened it.

    `asked` is the lead of the function that it needs, where that is who is asked.
    """

    account_id: int
    account_name: str
    blocker: Blocker
    source: EventFacts | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class AccountAction:
    """An open next action of an account; `source` is the event that added it."""

    account_id: int
    account_name: str
    action: NextAction
    source: EventFacts | None = None


@dataclass(frozen=True, slots=True)
class AccountAsk:
    """An open ask of an intervention, with its account."""

    account_id: int
    account_name: str
    ask: Decision


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """An event with its account's name, and the text of the blocker or action that it is about, if any."""

    account_name: str
    event: EventFacts
    subject: str = ""


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
class Told:
    """An event of which a person is told, as it stands now.

    `open` is the action, blocker or ask that the person can settle; None for what was decided about their account.
    """

    event: EventFacts
    account_name: str
    reader: str
    open: AccountAction | AccountBlocker | Decision | None = None


@dataclass(frozen=True, slots=True)
class FirstWords:
    """A person who meets the bot: the admins who can give a function, and accounts to ask about, their own first."""

    person: PersonFacts
    admins: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that waits for a person.

    Args:
        actions: open next actions, of which `late` are past their date.
        late: see above.
        asks: open asks of the person that no next action stands for.
        blockers: open blockers that the person owns, or that need their function.
        scores: accounts that wait for the person's score.
        reviews: reviews that are open.
        samples: accounts to ask about, the person's own first.
    """

    actions: int = 0
    late: int = 0
    asks: int = 0
    blockers: int = 0
    scores: int = 0
    reviews: tuple[OpenReview, ...] = ()
    samples: tuple[str, ...] = ()
