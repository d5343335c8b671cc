"""What an agenda or a card needs to know of one account."""

from dataclasses import dataclass, field
from datetime import datetime

from agendas.facts import AccountState, EventFacts


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """One account of one review: the state at its last held review, the state now, and what was recorded between.

    `before` is None for an account that was never in a held review. `since` is that review's cutoff.
    """

    account: AccountState
    before: AccountState | None
    since: datetime | None
    now: datetime
    zone: str
    events: tuple[EventFacts, ...] = ()
    missing_updates_from: tuple[str, ...] = ()
    aged_before: bool = False
    people: dict[str, str] = field(default_factory=dict)
