"""The accounts that fit a filter."""

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.list_filter import NOBODY, AccountFilter, AccountStanding
from agendas.facts.review import Placement

ON_VIEW = (ListStatus.NAMED, ListStatus.PAUSED, ListStatus.CANDIDATE)
"""List statuses that the list shows unless others are asked for."""


def statuses_of(wanted: AccountFilter) -> tuple[ListStatus, ...]:
    """Return the statuses of accounts that can fit: only named accounts have a state; none where nothing can fit."""
    statuses = wanted.statuses or ((ListStatus.NAMED,) if wanted.states else ON_VIEW)
    return tuple(each for each in statuses if not wanted.states or each is ListStatus.NAMED)


def fits(wanted: AccountFilter, account: AccountState, placement: Placement | None = None) -> bool:
    """Return true if the account fits every part of the filter; `placement` is needed where it asks for states."""
    owner, partner = account.profile.owner, account.profile.marketing_partner
    people = {owner or NOBODY, partner or owner or NOBODY}
    return (
        account.list_status in statuses_of(wanted)
        and (not wanted.tiers or account.tier in wanted.tiers)
        and (not wanted.people or not people.isdisjoint(wanted.people))
        and (not wanted.segments or account.profile.segment in wanted.segments)
        and (not wanted.states or (placement is not None and AccountStanding.of(placement) in wanted.states))
    )
