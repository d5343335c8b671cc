"""What a text was read as: a question, or a remark, which is anything else that is said to the bot."""

from dataclasses import dataclass, field
from enum import StrEnum

from agendas.facts.query import Query
from assistant.names import Choice


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
    """A thing said, the accounts it names, for news and orders the intents whose forms fit, best first.

    `term` is the word whose meaning is asked, for the remark of that kind, and `other_term` its like where both are:
    "stalled or steady"; `outside` what was asked for that Cadence does not do, for what is not understood.
    """

    kind: RemarkKind
    of: tuple[int, ...] = ()
    intents: tuple[Intent, ...] = ()
    term: str = ""
    other_term: str = field(default="", repr=False)
    outside: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read: a query, or a remark, never both.

    Attributes:
        query: the question; also where a name in it is not clear, then without that account.
        remark: what was said that is no question.
        choices: names that may be several accounts; while there is one, the question is not answered but asked about.
        offers: up to three readings offered as buttons beside what was not understood, the nearest first.
        taken: names that were misspelt: the words typed, and the id of the one account that they were taken for.
        unread: words that were not understood, as typed.
        is_by_model: true where a language model took part, which is said under the answer.
        is_follow_up: true where it stands on the answer before, and would be read otherwise alone.
    """

    query: Query | None = None
    remark: Remark | None = None
    choices: tuple[Choice, ...] = ()
    offers: tuple[Query, ...] = ()
    taken: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()
    is_by_model: bool = False
    is_follow_up: bool = field(default=False, compare=False)
