"""The last answer of a conversation, on which follow-ups stand."""

from dataclasses import dataclass

from assistant.query import Query


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """What the bot answered last to this person in this place.

    Attributes:
        query: the query that was answered, or that waits for one of the accounts `offered`.
        listed: ids of the accounts that the answer named, in its order.
        items: ids of the events that the answer showed, in its order.
        offered: ids of the accounts offered where a name was not clear, best first.
    """

    query: Query
    listed: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    offered: tuple[int, ...] = ()
