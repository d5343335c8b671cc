"""Choices among a person's accounts."""

from collections.abc import Iterable
from enum import StrEnum

from agendas.facts.account import ListStatus
from agendas.facts.reviews.review import AgendaItem, Bucket


class Choice(StrEnum):
    """A choice among a person's accounts on Home."""

    ALL = "all"
    INTERVENE = "needs_intervention"
    STALLED = "stalled"
    TIER_1 = "tier_1"
    TIER_2 = "tier_2"
    TIER_3 = "tier_3"
    OWNED = "owned"


_BUCKETS = {Choice.INTERVENE: Bucket.NEEDS_INTERVENTION, Choice.STALLED: Bucket.STALLED}
_TIERS = {Choice.TIER_1: 1, Choice.TIER_2: 2, Choice.TIER_3: 3}


def chosen(items: Iterable[AgendaItem], choice: Choice, user_id: str) -> tuple[AgendaItem, ...]:
    """Return the accounts of this choice, in the order given; `user_id` is the person who owns some of them."""
    return tuple(item for item in items if _is_in(item, choice, user_id))


def _is_in(item: AgendaItem, choice: Choice, user_id: str) -> bool:
    account = item.facts.account
    if choice is Choice.ALL:
        return True
    if choice is Choice.OWNED:
        return account.profile.owner == user_id
    if account.list_status is not ListStatus.NAMED:
        return False
    if choice in _TIERS:
        return account.tier == _TIERS[choice]
    return item.placement.bucket is _BUCKETS[choice]
