"""The accounts that fit a filter."""

from collections.abc import Collection

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.list_filter import NOBODY, AccountFilter, AccountStanding
from agendas.facts.reviews.review import Placement

ON_VIEW = (ListStatus.NAMED, ListStatus.PAUSED, ListStatus.CANDIDATE)
"""List statuses that the list shows unless others are asked for."""


def statuses_of(wanted: AccountFilter) -> tuple[ListStatus, ...]:
    """Return the statuses of accounts that can fit: only named accounts have a state; none where nothing can fit.

    Stages are asked of accounts on the list unless others are asked for: nobody works on a candidate.
    """
    if wanted.states:
        return (ListStatus.NAMED,) if ListStatus.NAMED in (wanted.statuses or ON_VIEW) else ()
    return wanted.statuses or tuple(each for each in ON_VIEW if not wanted.stages or each.is_on_list)


def fits(wanted: AccountFilter, account: AccountState, placement: Placement | None = None) -> bool:
    """Return true if the account fits every part of the filter; `placement` is needed where it asks for states."""
    owner, partner = account.profile.owner, account.profile.marketing_partner
    people = {owner or NOBODY, partner or owner or NOBODY}
    return (
        account.list_status in statuses_of(wanted)
        and (not wanted.tiers or account.tier in wanted.tiers)
        and (not wanted.people or not people.isdisjoint(wanted.people))
        and (not wanted.segments or account.profile.segment in wanted.segments)
        and (not wanted.stages or account.stage in wanted.stages)
        and (not wanted.states or (placement is not None and stands_in(account, placement, wanted.states)))
    )


def stands_in(account: AccountState, placement: Placement, states: Collection[AccountStanding]) -> bool:
    """Return true for an account in one of these states; one that is stalled may be at a claimed stage too."""
    is_claimed = AccountStanding.CLAIMED in states and account.claimed_from is not None
    return is_claimed or AccountStanding.of(placement) in states
