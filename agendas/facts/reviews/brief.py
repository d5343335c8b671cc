"""Frozen facts of a facilitator's brief before a review."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.reviews.preparing import Away
from agendas.facts.reviews.question import Question
from agendas.facts.reviews.review import AgendaItem


class Instead(StrEnum):
    """Reason why somebody else than the facilitator is briefed."""

    STANDS_IN = "stands_in"
    """They stand in for the facilitator, who is away."""
    AWAY = "away"
    """The facilitator is away without a stand-in: admins are told."""
    GONE = "gone"
    """The facilitator is deactivated or cannot be reached: admins are told."""
    NOBODY = "nobody"
    """The cadence has no facilitator: admins are told."""


class Change(StrEnum):
    """Kind of change of an account since its last held review, in the order told."""

    REGRESSED = "regressed"
    STALLED = "stalled"
    EXPANDED = "expanded"
    ADVANCED = "advanced"
    CLAIMED = "claimed"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class NotUpdated:
    """A person who owes updates, with the number of accounts, and whether the facilitator reminded them."""

    user_id: str
    accounts: int
    is_reminded: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """An open action or ask past its day; `who` is '' where nobody has it, and away until a day or here."""

    account_name: str
    text: str
    who: str
    days_late: int
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """A planned review an hour before it begins, as its facilitator may see it.

    `items` are in order of need, with their parts and minutes; `chosen_by` are those who chose an account's part, by
    account id. `matters` are the accounts where a decision matters most, each with its one question. `reader` is
    the person briefed.
    """

    cadence_id: int
    channel_id: str
    planned_on: date
    at: datetime
    zone: str
    minutes: int
    items: tuple[AgendaItem, ...]
    changes: Mapping[Change, tuple[str, ...]] = field(default_factory=dict)
    not_updated: tuple[NotUpdated, ...] = ()
    away: tuple[Away, ...] = ()
    promised: tuple[Promise, ...] = ()
    matters: tuple[tuple[AgendaItem, Question], ...] = ()
    chosen_by: Mapping[int, str] = field(default_factory=dict)
    facilitator: str = ""
    instead: Instead | None = None
    reader: str = ""
