"""Facts about one account for an agenda or a card."""

from dataclasses import dataclass, field
from datetime import datetime

from agendas.facts.account import AccountState, EventFacts, Owners
from agendas.facts.settings import DEFAULTS, ProgramSettings
from agendas.facts.signals import Engagement


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """One account of one review: the state at its last held review, the state now, and what was recorded between.

    `before` is None for an account that was never in a held review. `since` is that review's cutoff. `settings` are
    those in force at `now`, `engagement` is None where nobody looked. `tier_1_owners` are those of the accounts named
    there, none where they do not matter for what the fit proposes; None for a closed review, which proposes nothing.
    `owner_is_deactivated` in Slack: nobody waits for an update of theirs then.
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
    tier_1_owners: Owners | None = None
    owner_is_deactivated: bool = False
