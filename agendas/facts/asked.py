"""Facts of an account that were asked for: one field, or one thing that it has, with who told it and since when."""

from dataclasses import dataclass
from datetime import date, datetime

from agendas.facts.account import EventFacts


@dataclass(frozen=True, slots=True)
class FieldFact:
    """One field of an account, or a thing that it has, as it stands.

    Attributes:
        field: its code, by which the words know how to say it.
        value: the value, None where none is recorded.
        since: the day or instant since when it stands, or on which it happened; None where that is not known.
        is_moment: true where `since` is the day on which it happened.
        at_least: true where it may stand longer: an import found it.
        source: the event that told it.
        by: user id of the author, where there is no event.
        because: the reason that was given.
    """

    field: str
    value: object = None
    since: date | datetime | None = None
    is_moment: bool = False
    at_least: bool = False
    source: EventFacts | None = None
    by: str = ""
    because: str = ""
