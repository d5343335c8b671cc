"""Things said to the bot that are no question about accounts."""

from dataclasses import dataclass
from enum import StrEnum


class RemarkKind(StrEnum):
    """Kinds of what is said that is answered without a look into the history."""

    HELP = "help"
    HELLO = "hello"
    THANKS = "thanks"
    NEWS = "news"
    """A statement of what happened: nothing is recorded, the form filled in is offered."""
    ORDER = "order"
    """Something to do: it is not done, its form is offered."""
    VERDICT = "verdict"
    """A judgement of a person, which is declined."""
    LANGUAGE = "language"
    """Another language than those that can be read."""
    TERM = "term"
    """What a word of the trade means."""
    UNREAD = "unread"
    """Not understood."""


class Intent(StrEnum):
    """Things that can be told or ordered, each with its form."""

    MOVE = "move"
    EVIDENCE = "evidence"
    BLOCKER = "blocker"
    RESOLVE = "resolve"
    NEXT_ACTION = "next_action"
    DONE = "done"
    DECIDE = "decide"
    NOMINATE = "nominate"
    EDIT = "edit"
    TIER = "tier"
    PAUSE = "pause"
    REMOVE = "remove"
    SIGNAL = "signal"
    CONTACT = "contact"
    REVIEW = "review"
    UPDATE = "update"
    STATE = "state"
    """A state to be set, which can't be: it follows from what was recorded."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Remark:
    """A thing said, the accounts it names, and for news and orders the intents whose forms fit, best first."""

    kind: RemarkKind
    of: tuple[int, ...] = ()
    intents: tuple[Intent, ...] = ()
