"""Find accounts without a narrative, or with one that is too old."""

from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import AccountState
from agendas.facts.program.settings import ProgramSettings
from agendas.text.days import days_between

OWN_NARRATIVE_TIERS = (1, 2)
"""Tiers worked one to one and one to few: each account has a pressure of its own. Tier 3 is told the same as others.

A narrative may stand in any tier, and gets old there.
"""


@dataclass(frozen=True, slots=True)
class NarrativeGap:
    """No narrative, where `written_at` is None; else one that is older than it may be."""

    written_at: datetime | None
    days: int
    limit_days: int


def narrative_gap(account: AccountState, settings: ProgramSettings, *, now: datetime, zone: str) -> NarrativeGap | None:
    """Return the gap in the account's narrative, None when there is none."""
    limit_days = settings.number("list.narrative")
    if account.narrative is None:
        return NarrativeGap(None, 0, limit_days) if account.tier in OWN_NARRATIVE_TIERS else None
    days = days_between(account.narrative.written_at, now, zone)
    return NarrativeGap(account.narrative.written_at, days, limit_days) if days > limit_days else None
