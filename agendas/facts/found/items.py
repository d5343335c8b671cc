"""Frozen facts of answers about things of several accounts: an action, a blocker, an entry, each with its account."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.account import Blocker, Decision, EventFacts, ListStatus, NextAction, Stage
from agendas.facts.deals import Opportunity
from agendas.facts.evidence import Evidence
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.plays import PlayRun
from agendas.facts.reviews.review import AgendaItem
from agendas.facts.signals import NotedSignal


@dataclass(frozen=True, slots=True)
class OfAccount:
    """The properties of an account that lines and numbers need."""

    account_id: int
    name: str
    tier: int | None = None
    stage: Stage = Stage.TARGET
    status: ListStatus = ListStatus.NAMED
    segment: str = ""
    owner: str | None = None
    marketing_partner: str | None = None
    our_executive: str | None = None


class Moving(StrEnum):
    """Ways in which an account moved on a day."""

    ADVANCED = "advanced"
    CLAIMED = "claimed"
    SHOWN = "shown"
    """A stage that was only claimed is shown now."""
    REGRESSED = "regressed"
    EXPANDED = "expanded"


@dataclass(frozen=True, slots=True)
class StageMove:
    """A step of an account, and the entry that told it; the stages are None where the stage stayed."""

    way: Moving
    event: EventFacts
    from_stage: Stage | None = None
    to_stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A piece of evidence that the buyer, or a third party, left, and the entry that told of it."""

    piece: Evidence
    event: EventFacts


@dataclass(frozen=True, slots=True)
class MissingRoles:
    """Roles that an account requires and nobody is confirmed in."""

    roles: tuple[BuyingRole, ...]


Thing = (
    NextAction
    | Blocker
    | Decision
    | EventFacts
    | StageMove
    | AgendaItem
    | Act
    | Opportunity
    | PlayRun
    | NotedSignal
    | Contact
    | MissingRoles
)


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A thing with its account.

    Attributes:
        account: its account.
        thing: the thing itself.
        id: number of the event or row that made it.
        source: the event that made it, where lines show it.
        subject: text of the item that a later event is about.
        asked: user id of who is asked where a function's help is needed.
        answer: what an ask was answered with.
    """

    account: OfAccount
    thing: Thing
    id: int
    source: EventFacts | None = None
    subject: str = ""
    asked: str | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Local dates, both included, and the instants at which they begin and end; None where there is no such end."""

    first: date | None = None
    last: date | None = None
    begin: datetime | None = None
    end: datetime | None = None

    def has(self, at: datetime) -> bool:
        """Return true if the instant is within."""
        return (self.begin is None or at >= self.begin) and (self.end is None or at < self.end)

    def has_day(self, on: date | None) -> bool:
        """Return true if the day is within; without one, only in a span without ends."""
        if on is None:
            return self.first is None and self.last is None
        return (self.first is None or on >= self.first) and (self.last is None or on <= self.last)


EVER = Span()
"""All days."""


@dataclass(frozen=True, slots=True)
class Among:
    """The accounts whose things are wanted; `ids` None for all of these statuses."""

    workspace_id: str
    ids: tuple[int, ...] | None = None
    statuses: tuple[ListStatus, ...] = ()
