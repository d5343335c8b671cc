"""What an agenda or a card needs to know of one account."""

from dataclasses import dataclass, field
from datetime import datetime

from agendas.facts import AccountState, EventFacts
from agendas.program_settings import DEFAULTS, ProgramSettings
from agendas.subjects.signals import Engagement


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """One account of one review: the state at its last held review, the state now, and what was recorded between.

    `before` is None for an account that was never in a held review. `since` is that review's cutoff. `settings` are
    those in force at `now`, `engagement` is None where nobody looked. `named_in_tier_1` is how many accounts are, 0
    where that does not matter for what the fit proposes; None of a closed review, for which nothing is proposed.
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
    settings: ProgramSettings = DEFAULTS
    engagement: Engagement | None = None
    named_in_tier_1: int | None = None
