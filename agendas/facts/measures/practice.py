"""Habits of the team over the last 100 days, beyond what the states of accounts hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.interventions.touches import ExecutiveTouch
from agendas.facts.people import Function


class Mark(StrEnum):
    """Sign that the program's figures are used: the executive page opened, an ask taken, the list reviewed."""

    PAGE_OPENED = "page_opened"
    ASK_TAKEN = "ask_taken"
    LIST_REVIEWED = "list_reviewed"


@dataclass(frozen=True, slots=True)
class ProgramMark:
    """One such sign by one person of this function; `month` is the first day of the month that the page told of."""

    kind: Mark
    user_id: str
    month: date
    at: datetime
    function: Function | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """Habits of the team in the 100 days before the end of a period, of accounts that the reader may see.

    Args:
        said_no: (account id, instant) of the accounts that were removed or rejected, oldest first.
        tiers_decided: (account id, instant) of the changes of tier that a review decided, oldest first.
        writers: functions of those who recorded or decided something in each held review, by the review's id.
        buyer_acts: instants of what the buyer did, by account, of accounts with a play of these days.
        updates: instants at which our people recorded something, by account, of accounts that became MQA meanwhile.
        touches: meetings of an executive of ours with one of theirs, latest first.
        marks: signs that the figures are used, oldest first.
    """

    said_no: tuple[tuple[int, datetime], ...] = ()
    tiers_decided: tuple[tuple[int, datetime], ...] = ()
    writers: Mapping[int, frozenset[Function]] = field(default_factory=dict)
    buyer_acts: Mapping[int, tuple[datetime, ...]] = field(default_factory=dict)
    updates: Mapping[int, tuple[datetime, ...]] = field(default_factory=dict)
    touches: tuple[ExecutiveTouch, ...] = ()
    marks: tuple[ProgramMark, ...] = ()
