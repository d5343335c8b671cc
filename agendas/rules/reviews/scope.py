"""Accounts that a cadence reviews."""

from collections.abc import Collection, Mapping
from typing import Any

from agendas.facts.account import AccountState, ListStatus


def in_scope(account: AccountState, scope: Mapping[str, Collection[Any]]) -> bool:
    """Return true if a named account fits every part of a cadence's scope that is not empty.

    `scope` may hold tiers, owners, segments and account_ids.
    """
    values = {
        "tiers": account.tier,
        "owners": account.profile.owner,
        "segments": account.profile.segment,
        "account_ids": account.account_id,
    }
    fits = all(not scope.get(name) or value in scope[name] for name, value in values.items())
    return account.list_status is ListStatus.NAMED and fits
