"""Accounts that were reviewed on time: as often as the rhythm of their tier asks for."""

from collections.abc import Collection, Mapping
from datetime import date

from agendas.facts.account import Rhythm
from agendas.facts.program.health import TierCoverage

DAYS = {Rhythm.WEEKLY: 7, Rhythm.BIWEEKLY: 14, Rhythm.MONTHLY: 31}
"""Days from one review to the next; the longest month counts."""
DAYS_TO_CLOSE = 2
"""Days by which a review may be later without being late: it counts once it was held, and closes up to two days after
it opened."""


def is_on_time(since: date, rhythm: Rhythm, today: date) -> bool:
    """Return true if the last held review of an account, or its naming, on the day `since` is recent enough."""
    return (today - since).days <= DAYS[rhythm] + DAYS_TO_CLOSE


def coverage(
    reviewed: Mapping[int, Collection[date]], rhythms: Mapping[int, Rhythm], today: date
) -> tuple[TierCoverage, ...]:
    """Return how many accounts of each tier were reviewed on time, by tier.

    `reviewed` holds by tier, for each account, the local day of its last held review, of its naming before the first.
    """
    return tuple(
        TierCoverage(tier, rhythms[tier], sum(is_on_time(on, rhythms[tier], today) for on in days), len(days))
        for tier, days in sorted(reviewed.items())
    )
